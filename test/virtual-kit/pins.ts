import { setTimeout as sleep } from 'node:timers/promises';
import type { Button } from '#drivers/buttons/buttons.ts';
import type { Lamp, LightPattern } from '#drivers/lights/lights.ts';
import { glowOf } from '#drivers/lights/testing/glow-of.ts';
import { connectLines } from './lines.ts';
import type { Qmp } from './qmp.ts';

/** Lines of the machine's GPIO chip, and what is soldered to them. Line 3 is the machine's own power key. */
export const GPIO = {
  chip: '9030000.pl061',
  keys: { PINDAI: 0, YA: 1, ULANG: 2 },
  lamps: { green: 4, amber: 5, red: 6 },
  buzzer: 7,
} as const satisfies { chip: string; keys: Record<Button, number>; lamps: Record<Lamp, number>; buzzer: number };

/** The kit's header, seen from outside: keys to ground, and lamps. */
export interface Pins {
  /** Presses a key, for longer than the agent is ever busy in emulation: a press that has come and gone meanwhile leaves no trace. */
  press(button: Button): Promise<void>;
  /** Calls `listener` whenever a key goes down. */
  onDown(listener: (button: Button) => void): void;
  /** What the lamps show, looked at for as long as it takes to tell. */
  lamps(): Promise<LightPattern>;
  close(): void;
}

const PRESS_MS = 1_000;
/** As `glowOf` wants it. */
const LOOK_MS = 2_400;
const LOOK_EVERY_MS = 25;
/** Where the chip is, and in its data register all eight lines: ARM DDI 0190B, 3.3.1. */
const ALL_LINES = 0x0903_0000 + (0xff << 2);

/** Through QEMU's protocol for tests of devices, which sets inputs and reads registers. */
export async function openPins(path: string, qmp: Qmp): Promise<Pins> {
  const lines = await connectLines(path);
  const chip = await pathOfChip(qmp);
  let last: Promise<unknown> = Promise.resolve();

  /** Answers come in the order of the questions. */
  function ask(question: string): Promise<string> {
    const answered = last.then(() => {
      const answer = lines.next((line) => line.startsWith('OK') || line.startsWith('FAIL'));
      lines.send(question);
      return answer;
    });
    last = answered.catch(() => undefined);
    return answered;
  }

  async function set(line: number, isHigh: boolean): Promise<void> {
    const answer = await ask(`set_irq_in ${chip} unnamed-gpio-in ${line} ${isHigh ? 1 : 0}`);
    if (!answer.startsWith('OK')) throw new Error(`line ${line} cannot be set: ${answer}`);
  }

  async function levels(): Promise<number> {
    const [, value = ''] = (await ask(`readl 0x${ALL_LINES.toString(16)}`)).split(' ');
    return Number(value);
  }

  async function lamps(): Promise<LightPattern> {
    const seen: number[] = [];
    for (const end = Date.now() + LOOK_MS; Date.now() < end; await sleep(LOOK_EVERY_MS)) seen.push(await levels());
    const glow = (lamp: Lamp) => glowOf(seen.map((all) => (all >> GPIO.lamps[lamp]) & 1));
    return { green: glow('green'), amber: glow('amber'), red: glow('red') };
  }

  // Pulled up: a key that nobody presses reads high.
  for (const line of Object.values(GPIO.keys)) await set(line, true);
  const listeners: ((button: Button) => void)[] = [];
  return {
    async press(button) {
      await set(GPIO.keys[button], false);
      for (const listener of listeners) listener(button);
      await sleep(PRESS_MS);
      await set(GPIO.keys[button], true);
    },
    onDown: (listener) => void listeners.push(listener),
    lamps,
    close: lines.close,
  };
}

async function pathOfChip(qmp: Qmp): Promise<string> {
  const place = '/machine/unattached';
  const parts = (await qmp.ask('qom-list', { path: place })) as readonly { name: string; type: string }[];
  const chip = parts.find(({ type }) => type === 'child<pl061>');
  if (!chip) throw new Error('this machine has no PL061');
  return `${place}/${chip.name}`;
}
