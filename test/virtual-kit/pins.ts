import { setTimeout as sleep } from 'node:timers/promises';
import type { Button } from '#drivers/buttons/buttons.ts';
import { LAMPS, type Lamp } from '#drivers/lights/lights.ts';
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
  /** Presses a key for a while that no contact bounces, ms. */
  press(button: Button, forMs?: number): Promise<void>;
  hold(button: Button, isDown: boolean): Promise<void>;
  /** What every lamp shows now. */
  lamps(): Promise<Readonly<Record<Lamp, boolean>>>;
  buzzes(): Promise<boolean>;
  close(): void;
}

const PRESS_MS = 400;
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

  const level = async (line: number) => {
    const [, value = ''] = (await ask(`readl 0x${ALL_LINES.toString(16)}`)).split(' ');
    return ((Number(value) >> line) & 1) === 1;
  };

  // Pulled up: a key that nobody presses reads high.
  for (const line of Object.values(GPIO.keys)) await set(line, true);
  const hold = (button: Button, isDown: boolean) => set(GPIO.keys[button], !isDown);
  return {
    hold,
    async press(button, forMs = PRESS_MS) {
      await hold(button, true);
      await sleep(forMs);
      await hold(button, false);
    },
    async lamps() {
      const levels = await Promise.all(LAMPS.map(async (lamp) => [lamp, await level(GPIO.lamps[lamp])] as const));
      return Object.fromEntries(levels) as Record<Lamp, boolean>;
    },
    buzzes: () => level(GPIO.buzzer),
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
