import { describe, expect, it, vi } from 'vitest';
import type { Disk } from '#agent/store/disk.ts';
import { PINS, sampleOfficers } from '#contract/officers/testing/sample-officers.ts';
import { simulateClock } from '#drivers/clock/simulated-clock.ts';
import { powerCutDisk } from '#test/power-cut-disk.ts';
import { type ScriptedSheet, scriptedKit, sheet } from './testing/scripted-kit.ts';
import { BESAR, DAFTAR, pageEvidence, SMALL_FORMS, signed, written } from './testing/small-forms.ts';

const PICTURE = Uint8Array.of(0xff, 0xd8, 0xff, 1);
const LIST = sheet(DAFTAR, 1, pageEvidence(DAFTAR, 1, { 'hadir.1': signed(3) }), () => PICTURE, PICTURE);
const RESULT = sheet(
  ...([BESAR, 1, pageEvidence(BESAR, 1, { l: written(120), p: written(130), j: written(250) })] as const),
  ...([() => PICTURE, PICTURE] as const),
);
const WALL: ScriptedSheet = {
  jpeg: Uint8Array.of(0xff, 0xd8, 0xff, ...Buffer.from('a wall')),
  reading: { kind: 'refused', code: 'page-not-found' },
};
const SOON = { timeout: 5_000, interval: 2 };
const DAY = new Date('2024-11-27T13:00:00Z');
const unsigned = () => Promise.reject(new Error('nothing is signed here'));

async function kit(sheets: readonly ScriptedSheet[], officers: Awaited<ReturnType<typeof sampleOfficers>> = []) {
  const kept: Uint8Array[] = [];
  const disk = recording(powerCutDisk(), kept);
  const clock = simulateClock(DAY);
  const at = await scriptedKit({
    ...{ disk, folder: 'data', forms: SMALL_FORMS, sheets, officers, clock, sign: unsigned },
  });
  const scan = async () => {
    const { turn } = at.session.view();
    at.buttons.press('PINDAI');
    const done = ({ turn: now, state }: { turn: number; state: string }) => now > turn && state === 'menunggu';
    await vi.waitFor(() => expect(done(at.session.view())).toBe(true), SOON);
  };
  /** Whether these bytes have ever been on the disk. */
  const holds = (bytes: Uint8Array) => kept.some((written) => Buffer.from(written).includes(Buffer.from(bytes)));
  return { ...at, clock, scan, holds };
}

/** A disk of which everything that is ever written is known. */
function recording(disk: Disk, kept: Uint8Array[]): Disk {
  return {
    ...disk,
    async create(file) {
      const handle = await disk.create(file);
      const write = (bytes: Uint8Array) => {
        kept.push(bytes);
        return handle.write(bytes);
      };
      return { ...handle, write };
    },
  };
}

describe('a picture that shows personal data', () => {
  it('reaches the disk sealed, and the screen never', async () => {
    const at = await kit([LIST]);
    await at.scan();
    const { draft, pictures } = at.session.view();
    const photo = draft?.pages[0]?.photo ?? '';
    expect([draft?.restricted, pictures, at.session.picture(photo, null)]).toEqual([true, [], null]);
    expect(at.holds(LIST.jpeg)).toBe(false);
    expect(at.holds(Buffer.from('sealed '))).toBe(true);
    await at.session.close();
  });

  it('may be one that shows no known page: it is sealed as well', async () => {
    const at = await kit([WALL]);
    await at.scan();
    expect(at.session.view().notice).toMatchObject({ kind: 'page-refused' });
    expect([at.holds(WALL.jpeg), at.holds(Buffer.from('sealed '))]).toEqual([false, true]);
    await at.session.close();
  });

  it('is not one of a result form, which anybody may see', async () => {
    const at = await kit([RESULT]);
    await at.scan();
    expect([at.holds(RESULT.jpeg), at.holds(Buffer.from('sealed '))]).toEqual([true, false]);
    expect(at.session.view().pictures).toHaveLength(1);
    await at.session.close();
  });
});

describe('logging in', () => {
  it('takes a badge and the PIN of its holder, and then the kit works', async () => {
    const at = await kit([RESULT], await sampleOfficers());
    at.buttons.press('PINDAI');
    at.barcode.scan('KPPS-2\r');
    expect(at.session.view()).toMatchObject({ badge: 'kpps-2', officer: null, state: 'menunggu' });
    const order = { officer: 'kpps-2', pin: PINS['kpps-2'], as: 'log-in' } as const;
    expect(await at.session.enterPin(order)).toEqual({ outcome: 'done', waitMs: 0 });
    expect(at.session.view()).toMatchObject({ badge: null, officer: 'kpps-2' });
    await at.scan();
    expect(at.session.view().draft?.pages).toHaveLength(1);
    await at.session.close();
  });

  it('knows a stranger’s badge for one', async () => {
    const at = await kit([], await sampleOfficers());
    at.barcode.scan('8991234567890\r');
    expect(at.session.view().badge).toBe('stranger');
    await at.session.close();
  });

  it('makes who guesses wait, and keeps no PIN anywhere on the disk', async () => {
    const at = await kit([], await sampleOfficers());
    const guess = (pin: string) => at.session.enterPin({ officer: 'kpps-1', pin, as: 'log-in' });
    for (const pin of ['900001', '900002']) expect(await guess(pin)).toEqual({ outcome: 'wrong', waitMs: 0 });
    expect(await guess('900003')).toEqual({ outcome: 'wrong', waitMs: 10_000 });
    expect(await guess(PINS['kpps-1'])).toEqual({ outcome: 'wait', waitMs: 10_000 });
    at.clock.advance(10_000);
    expect(await guess(PINS['kpps-1'])).toMatchObject({ outcome: 'done' });
    expect(JSON.stringify(at.store.contents())).not.toMatch(/90000[123]|111111/);
    await at.session.close();
  });
});
