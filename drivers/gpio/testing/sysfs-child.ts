import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { buzzerOnLine } from '../../buzzer/line-buzzer.ts';
import { lightsOnLines } from '../../lights/line-lights.ts';
import { LOOKING } from '../../looking.ts';
import { openHeader } from '../header.ts';
import { sysfsLines } from '../sysfs-lines.ts';

/**
 * A machine with a Raspberry Pi's sysfs tree, in a mount namespace of its own (`unshare --mount node …`): plain files
 * stand for lines, so the real drivers and onoff write to them as to hardware. Obeys one JSON line after another:
 * it answers each with one. Files cannot be watched, so keys are not among what it can stand for.
 */
const ROOT = '/sys/class/gpio';
const BASE = 512;
const NUMBERS = { green: 17, amber: 27, red: 22, buzzer: 18 } as const;

const KEYS = { PINDAI: 5, YA: 6, ULANG: 13 } as const;

execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', '/sys/class']);
if (process.argv[2] === 'with-header') plug();

const header = openHeader(sysfsLines(), { ...LOOKING, tell: () => undefined });
const lights = lightsOnLines({
  ...{ green: header.output(NUMBERS.green), amber: header.output(NUMBERS.amber), red: header.output(NUMBERS.red) },
});
const buzzer = buzzerOnLine(header.output(NUMBERS.buzzer));
const keys = header.keys(KEYS);
console.log('ready');

for await (const line of createInterface({ input: process.stdin })) {
  const { do: deed, value } = JSON.parse(line);
  if (deed === 'show') lights.show(value);
  if (deed === 'play') buzzer.play(value);
  if (deed === 'close') await Promise.all([lights.close(), buzzer.close()]);
  if (deed === 'plug') plug();
  console.log(JSON.stringify(await answerTo(deed, value)));
}

async function answerTo(deed: string, value: number): Promise<unknown> {
  if (deed === 'there') return { lamps: lights.isThere(), buzzer: buzzer.isThere(), keys: present() };
  return deed === 'watch' ? watched(value) : null;
}

/** Keys that can be heard. */
function present(): readonly string[] {
  return Object.keys(KEYS).filter((key) => !keys.absent().some((absent) => absent === key));
}

function plug(): void {
  for (const file of ['export', 'unexport']) write(file, '');
  for (const bcm of [...Object.values(NUMBERS), ...Object.values(KEYS)]) {
    for (const file of ['value', 'direction', 'active_low', 'edge']) write(`gpio${BASE + bcm}/${file}`, '0');
  }
  write('gpiochip512/base', String(BASE));
  write('gpiochip512/ngpio', '58');
  // Last: the chip is looked for by it.
  write('gpiochip512/label', 'pinctrl-bcm2711');
}

/** The level of every line, sampled over so many ms. */
async function watched(ms: number): Promise<Readonly<Record<string, readonly number[]>>> {
  const seen = Object.fromEntries(Object.keys(NUMBERS).map((name) => [name, [] as number[]]));
  for (const end = performance.now() + ms; performance.now() < end; ) {
    for (const [name, bcm] of Object.entries(NUMBERS)) {
      seen[name]?.push(Number(readFileSync(`${ROOT}/gpio${BASE + bcm}/value`, 'utf8').slice(0, 1)));
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return seen;
}

function write(file: string, text: string): void {
  const path = `${ROOT}/${file}`;
  mkdirSync(path.slice(0, path.lastIndexOf('/')), { recursive: true });
  writeFileSync(path, text);
}
