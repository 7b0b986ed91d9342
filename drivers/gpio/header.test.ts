import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { buttonsContract } from '../buttons/buttons.contract.ts';
import type { Button } from '../buttons/buttons.ts';
import { SETTLE_MS } from '../buttons/keys.ts';
import { watchLines } from '../buttons/line-buttons.ts';
import { gripOf } from '../buttons/testing/grip-of.ts';
import { lightsOnLines } from '../lights/line-lights.ts';
import { chip, KEYS } from './testing/chip.ts';

const SOON = { timeout: 5_000, interval: 10 };

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

function buttonsOn({ header }: ReturnType<typeof chip>) {
  const buttons = watchLines(header.keys(KEYS));
  closing.push(() => buttons.close());
  const heard: Button[] = [];
  buttons.onPress((button) => heard.push(button));
  return { buttons, heard };
}

async function push({ move }: ReturnType<typeof chip>, button: Button): Promise<void> {
  move(button, true);
  await sleep(SETTLE_MS + 30);
  move(button, false);
}

buttonsContract('keys on a header', async () => {
  const at = chip();
  return { buttons: watchLines(at.header.keys(KEYS)), push: (button) => push(at, button), grip: () => gripOf(at.move) };
});

describe('a header', () => {
  it('whose one line is taken by another works with the rest, and says which is missing', async () => {
    const at = chip([KEYS.YA]);
    const { buttons, heard } = buttonsOn(at);
    expect([buttons.absent(), at.told.filter((line) => line.includes('not there'))]).toEqual([
      ['YA'],
      ['GPIO line 6 is not there: EBUSY: resource busy or locked, write'],
    ]);
    await push(at, 'PINDAI');
    expect(heard).toEqual(['PINDAI']);
  });

  it('that is not there at first is used once it comes', async () => {
    const at = chip();
    at.plug(false);
    const { buttons, heard } = buttonsOn(at);
    expect(buttons.absent()).toEqual(['PINDAI', 'YA', 'ULANG']);
    at.plug(true);
    await vi.waitFor(() => expect(buttons.absent()).toEqual([]), SOON);
    await push(at, 'YA');
    expect(heard).toEqual(['YA']);
  });

  it('that goes while a key is held leaves no key down, and hears all of them when it is back', async () => {
    const at = chip();
    const { buttons, heard } = buttonsOn(at);
    at.move('PINDAI', true);
    await sleep(SETTLE_MS + 30);
    at.plug(false);
    await vi.waitFor(() => expect(buttons.absent()).toEqual(['PINDAI', 'YA', 'ULANG']), SOON);
    at.plug(true);
    await vi.waitFor(() => expect(buttons.absent()).toEqual([]), SOON);
    for (const button of ['YA', 'PINDAI'] as const) await push(at, button);
    expect([heard, buttons.stuck()]).toEqual([['PINDAI', 'YA', 'PINDAI'], []]);
  });

  it('that goes under a lamp is no fault of the kit; back again, the lamp shows what it should by then', async () => {
    const at = chip();
    const lights = lightsOnLines({
      green: at.header.output(17),
      amber: at.header.output(27),
      red: at.header.output(22),
    });
    closing.push(() => lights.close());
    lights.show({ green: 'on', amber: 'off', red: 'off' });
    expect([lights.isThere(), at.levels.get(17)]).toEqual([true, true]);
    at.plug(false);
    lights.show({ green: 'off', amber: 'off', red: 'on' });
    expect(lights.isThere()).toBe(false);
    at.plug(true);
    await vi.waitFor(() => expect(lights.isThere()).toBe(true), SOON);
    await vi.waitFor(() => expect([at.levels.get(17), at.levels.get(22)]).toEqual([false, true]), SOON);
  });

  it('that is gone can be closed', async () => {
    const at = chip();
    const lamp = at.header.output(17);
    const { buttons } = buttonsOn(at);
    at.plug(false);
    lamp.close();
    await buttons.close();
    expect(lamp.isThere()).toBe(false);
  });
});
