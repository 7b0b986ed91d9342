import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { buzzerContract } from '../buzzer/buzzer.contract.ts';
import type { Tune } from '../buzzer/buzzer.ts';
import { lightsContract } from '../lights/lights.contract.ts';
import type { LightPattern } from '../lights/lights.ts';
import { glowOf } from '../lights/testing/glow-of.ts';
import { gpioBase } from './gpio-base.ts';

const CHILD = fileURLToPath(new URL('./testing/sysfs-child.ts', import.meta.url));
/** A mount namespace needs a privilege that not every machine gives: without it the real drivers are not tried. */
const MAY_MOUNT = spawnSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'tmpfs', '/sys/class']).status === 0;
if (!MAY_MOUNT) console.warn('GPIO drivers are not tried here: no mount namespace (run as root)');

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

/** The real drivers on a sysfs tree of their own, told from here what to do. */
async function machine(header: 'with-header' | 'without-header' = 'with-header') {
  const child = spawn('unshare', ['--mount', process.execPath, CHILD, header], { stdio: ['pipe', 'pipe', 'inherit'] });
  children.push(child);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  await lines.next();
  let last: Promise<unknown> = Promise.resolve();
  const tell = <T>(deed: string, value?: unknown): Promise<T> => {
    const answered = last.then(async () => {
      child.stdin.write(`${JSON.stringify({ do: deed, value })}\n`);
      return JSON.parse((await lines.next()).value ?? 'null') as T;
    });
    last = answered;
    return answered;
  };
  return { tell, watch: (ms: number) => tell<Record<string, readonly number[]>>('watch', ms) };
}

describe.skipIf(!MAY_MOUNT)('on the lines of a Raspberry Pi', () => {
  lightsContract('the lamps', async () => {
    const { tell, watch } = await machine();
    const lights = {
      show: (pattern: LightPattern) => void tell('show', pattern),
      isThere: () => true,
      close: () => tell<void>('close'),
    };
    const seen = async (): Promise<LightPattern> => {
      const levels = await watch(2_400);
      return { green: glowOf(levels['green']), amber: glowOf(levels['amber']), red: glowOf(levels['red']) };
    };
    return { lights, seen };
  });

  buzzerContract('the buzzer', async () => {
    const { tell, watch } = await machine();
    const begun: Tune[] = [];
    const heard: boolean[] = [];
    const buzzer = {
      play(tune: Tune) {
        begun.push(tune);
        void tell('play', tune);
        void watch(15).then((levels) => heard.push(levels['buzzer']?.includes(1) ?? false));
      },
      isThere: () => true,
      close: () => tell<void>('close'),
    };
    return {
      buzzer,
      async heard() {
        await watch(1);
        return begun.filter((_, n) => heard[n]);
      },
    };
  });

  it('are used once the header is there, and missed before; lines that cannot be watched are told as missing keys', async () => {
    const { tell, watch } = await machine('without-header');
    await tell('show', { green: 'off', amber: 'off', red: 'on' });
    expect(await tell('there')).toEqual({ lamps: false, buzzer: false, keys: [] });
    await tell('plug');
    await vi.waitFor(async () => expect(await tell('there')).toEqual({ lamps: true, buzzer: true, keys: [] }), {
      timeout: 20_000,
      interval: 100,
    });
    const levels = await watch(600);
    expect([levels['red']?.at(-1), levels['green']?.at(-1)]).toEqual([1, 0]);
  });

  it('sound for as long as a tune says, and then are silent', async () => {
    const { tell, watch } = await machine();
    await tell('play', [
      { on: 200, off: 200 },
      { on: 200, off: 0 },
    ]);
    const levels = (await watch(900))['buzzer'] ?? [];
    const sounding = levels.filter((level) => level === 1).length / levels.length;
    expect(sounding).toBeGreaterThan(0.3);
    expect(sounding).toBeLessThan(0.6);
    expect(levels.at(-1)).toBe(0);
  });
});

describe('the number of the first line', () => {
  const folders: string[] = [];
  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
  });
  const tree = (chips: Readonly<Record<string, { readonly label: string; readonly base: string }>>) => {
    const root = mkdtempSync(join(tmpdir(), 'tps-kit-gpio-'));
    folders.push(root);
    for (const [chip, files] of Object.entries(chips)) {
      mkdirSync(join(root, chip));
      for (const [name, text] of Object.entries(files)) writeFileSync(join(root, chip, name), `${text}\n`);
    }
    return root;
  };

  it.each([
    ['pinctrl-bcm2835', 0],
    ['pinctrl-bcm2711', 512],
    ['pinctrl-rp1', 571],
  ])('is that of the header’s chip: %s begins at %i', (label, base) => {
    const other = { label: 'raspberrypi-exp-gpio', base: '570' };
    expect(gpioBase(undefined, tree({ gpiochip100: other, gpiochip512: { label, base: String(base) } }))).toBe(base);
  });

  it('is none where there is no such chip', () => {
    expect(gpioBase(undefined, tree({ gpiochip0: { label: 'pl061', base: '504' } }))).toBeNull();
    expect(gpioBase(undefined, '/no/such/folder')).toBeNull();
  });

  it('is that of another chip where one is named', () => {
    expect(gpioBase(['pl061'], tree({ gpiochip0: { label: 'pl061', base: '504' } }))).toBe(504);
  });
});
