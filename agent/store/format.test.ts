import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { PowerCut, type PowerCutDisk, powerCutDisk } from '#test/power-cut-disk.ts';
import type { Disk } from './disk.ts';
import { bringBackOlder, openDurableFile } from './durable-file.ts';
import { type Format, firstFormat } from './format.ts';

/** Three programs, each of which writes the format of its time. */
const First = z.strictObject({ schema: z.literal(1), text: z.string() });
const Second = z.strictObject({ schema: z.literal(2), lines: z.array(z.string()) });
const Third = z.strictObject({ schema: z.literal(3), lines: z.array(z.string()), count: z.int() });
const toSecond = (older: unknown) => ({ schema: 2, lines: First.parse(older).text.split('\n') });
const toThird = (older: unknown) => {
  const { lines } = Second.parse(older);
  return { schema: 3, lines, count: lines.length };
};
const FIRST: Format<z.infer<typeof First>> = firstFormat(First);
const THIRD: Format<z.infer<typeof Third>> = { number: 3, schema: Third, migrations: [toSecond, toThird] };

async function open<T>(disk: Disk, format: Format<T>) {
  const opened = await openDurableFile(disk, '/store', 'note', format);
  if (!opened.ok) throw new Error(opened.reason);
  return opened.file.adapter;
}

async function writtenByFirst(disk: Disk): Promise<void> {
  const adapter = await open(disk, FIRST);
  for (const text of ['a', 'a\nb']) await adapter.write({ schema: 1, text });
}

describe('a stored document of an older format', () => {
  it('is led step by step to the newest, and kept as it was beside it', async () => {
    const disk = powerCutDisk();
    await writtenByFirst(disk);
    const before = await disk.read('/store/note.0.json');
    const adapter = await open(disk, THIRD);
    expect(await adapter.read()).toEqual({ schema: 3, lines: ['a', 'b'], count: 2 });
    await adapter.write({ schema: 3, lines: ['a', 'b', 'c'], count: 3 });
    await adapter.write({ schema: 3, lines: ['d'], count: 1 });
    expect(await disk.read('/store/note.0.json.format-1')).toEqual(before);
    expect(await (await open(disk, THIRD)).read()).toEqual({ schema: 3, lines: ['d'], count: 1 });
  });

  it('is refused in words by a program older than it, which touches nothing', async () => {
    const disk = powerCutDisk();
    await (await open(disk, THIRD)).write({ schema: 3, lines: ['a'], count: 1 });
    const before = [...disk.names];
    const refused = await openDurableFile(disk, '/store', 'note', FIRST);
    expect(refused).toMatchObject({ ok: false, code: 'newer', reason: expect.stringContaining('format 3') });
    expect(disk.names).toEqual(before);
  });

  it('comes back to the older program as it was, and what the newer wrote is put aside', async () => {
    const disk = powerCutDisk();
    await writtenByFirst(disk);
    await (await open(disk, THIRD)).write({ schema: 3, lines: ['new'], count: 1 });
    expect(await bringBackOlder(disk, '/store', 'note', FIRST)).toBe(true);
    expect(await (await open(disk, FIRST)).read()).toEqual({ schema: 1, text: 'a\nb' });
    expect(disk.names.filter((name) => name.endsWith('.newer')).length).toBeGreaterThan(0);
    expect(await bringBackOlder(disk, '/store', 'note', FIRST)).toBe(false);
  });

  it('is never taken away from a newer program that has nothing older beside it', async () => {
    const disk = powerCutDisk();
    await (await open(disk, THIRD)).write({ schema: 3, lines: ['a'], count: 1 });
    expect(await bringBackOlder(disk, '/store', 'note', FIRST)).toBe(false);
    expect(await (await open(disk, THIRD)).read()).toEqual({ schema: 3, lines: ['a'], count: 1 });
  });

  it('is led forward and brought back whole, wherever the power goes', async () => {
    const cuts = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(cuts, fc.integer(), async (cutsAfter, seed) => {
        let disk = powerCutDisk();
        await writtenByFirst(disk);
        const chance = chanceOf(seed);
        for (const cutAfter of cutsAfter) disk = await cutIn(disk, cutAfter, chance, forward);
        for (const cutAfter of cutsAfter) disk = await cutIn(disk, cutAfter, chance, back);
        await back(disk);
        expect(await (await open(disk, FIRST)).read()).toEqual({ schema: 1, text: 'a\nb' });
      }),
      { numRuns: 300 },
    );
  });
});

async function forward(disk: Disk): Promise<void> {
  const adapter = await open(disk, THIRD);
  expect((await adapter.read())?.lines.slice(0, 2)).toEqual(['a', 'b']);
  await adapter.write({ schema: 3, lines: ['a', 'b', 'c'], count: 3 });
}

async function back(disk: Disk): Promise<void> {
  await bringBackOlder(disk, '/store', 'note', FIRST);
}

/** Lets the power go in the middle of some work, or after it; answers the disk as the next start finds it. */
async function cutIn(
  disk: PowerCutDisk,
  cutAfter: number,
  chance: () => number,
  work: (disk: Disk) => Promise<void>,
): Promise<PowerCutDisk> {
  disk.cutAfter(cutAfter);
  await work(disk).catch((error) => {
    if (!(error instanceof PowerCut) && !String(error).includes('power is off')) throw error;
  });
  return disk.restart(chance);
}

function chanceOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
