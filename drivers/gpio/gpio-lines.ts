import { Gpio } from 'onoff';
import type { Button } from '../buttons/buttons.ts';
import type { KeyLines } from '../buttons/line-buttons.ts';
import { gpioBase } from './gpio-base.ts';

/** One line that is switched on and off. */
export interface OutputLine {
  set(isOn: boolean): void;
  /** Off, and the line is given back. */
  close(): void;
}

/** The lines of a header by their BCM numbers; throws where the machine has no such lines, which is a fault of its installation. */
export interface Header {
  output(bcm: number): OutputLine;
  /** Keys to ground, pulled up: a pressed key reads low. */
  keys(numbers: Readonly<Record<Button, number>>): KeyLines;
}

export function openHeader(): Header {
  const base = gpioBase();
  if (base === null) throw new Error('there are no GPIO lines here: /sys/class/gpio has no chip of a Raspberry Pi');
  return { output: (bcm) => outputLine(base + bcm), keys: (numbers) => keyLines(numbers, base) };
}

function outputLine(line: number): OutputLine {
  const gpio = new Gpio(line, 'low');
  return {
    set: (isOn) => gpio.writeSync(isOn ? 1 : 0),
    close() {
      gpio.writeSync(0);
      gpio.unexport();
    },
  };
}

function keyLines(numbers: Readonly<Record<Button, number>>, base: number): KeyLines {
  const keys = Object.entries(numbers).map(([button, bcm]) => {
    return { button: button as Button, gpio: new Gpio(base + bcm, 'in', 'both', { activeLow: true }) };
  });
  return {
    onEdge(listener) {
      const watches = keys.map(({ button, gpio }) => {
        const hear = (error: Error | null | undefined, value: 0 | 1) => {
          if (!error) listener(button, value === 1);
        };
        gpio.watch(hear);
        return () => gpio.unwatch(hear);
      });
      return () => {
        for (const stop of watches) stop();
      };
    },
    async close() {
      for (const { gpio } of keys) gpio.unexport();
    },
  };
}
