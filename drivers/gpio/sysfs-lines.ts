import { Gpio } from 'onoff';
import { reasonOf } from '../looking.ts';
import { gpioBase } from './gpio-base.ts';
import type { KernelLines } from './header.ts';

/** Lines through the kernel's sysfs: of the chip with that label, or where none is named of a Raspberry Pi's header. */
export function sysfsLines(chip?: string): KernelLines {
  return {
    output(bcm) {
      const gpio = new Gpio(lineOf(bcm, chip), 'low');
      return { write: (isOn) => gpio.writeSync(isOn ? 1 : 0), close: () => gpio.unexport() };
    },
    input(bcm, onLevel, onGone) {
      const gpio = new Gpio(lineOf(bcm, chip), 'in', 'both', { activeLow: true });
      const read = gpio.readSync.bind(gpio);
      // onoff reads the level where nobody can catch what that throws: a line that is gone must not end the agent.
      gpio.readSync = () => {
        try {
          return read();
        } catch (error) {
          onGone(reasonOf(error));
          return 0;
        }
      };
      try {
        mustBeKey(gpio);
        gpio.watch((error, value) => {
          if (error) onGone(error.message);
          else onLevel(value === 1);
        });
      } catch (error) {
        gpio.unexport();
        throw error;
      }
      return { probe: () => void read(), close: () => gpio.unexport() };
    },
  };
}

/** onoff says nothing where a line that was exported before cannot be set up, as long as udev has not given it to the agent's group. */
function mustBeKey(gpio: Gpio): void {
  if (gpio.edge() !== 'both' || !gpio.activeLow()) throw new Error('it cannot be set up as a key yet');
}

/** Looked up each time: a chip that comes back may be numbered anew. */
function lineOf(bcm: number, chip?: string): number {
  const base = chip === undefined ? gpioBase() : gpioBase([chip]);
  if (base === null) throw new Error(`/sys/class/gpio has no chip ${chip ?? 'of a Raspberry Pi'}`);
  return base + bcm;
}
