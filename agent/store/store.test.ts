import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Receipt } from '#contract/wire/receipt.ts';
import { PowerCut, powerCutDisk } from '#test/power-cut-disk.ts';
import { sampleRecord } from '#test/sample-record.ts';
import type { Disk } from './disk.ts';
import { openStore, type Store } from './store.ts';

const Evening = z.strictObject({ pages: z.array(z.int()) });
type Evening = z.infer<typeof Evening>;
const KIT = 'palembang-0001';
const TPS = '1671010001001';
const hex = (n: number) => n.toString(16).padStart(64, '0');

function tryOpen(disk: Disk) {
  const fresh = { pages: [] };
  return openStore({ disk, folder: '/data/latihan', kit: KIT, tps: TPS, mode: 'latihan', evening: Evening, fresh });
}

async function open(disk: Disk): Promise<Store<Evening>> {
  const opened = await tryOpen(disk);
  if (!opened.ok) throw new Error(opened.reason);
  return opened.store;
}

function confirm(store: Store<Evening>, sequence: number) {
  const previous = sequence === 1 ? null : hex(sequence - 1);
  const signed = { jws: `jws ${sequence}`, digest: hex(sequence) };
  return store.confirm(sampleRecord({ sequence, previous }), signed, () => ({ pages: [] }));
}

function receiptOf(sequence: number): Receipt {
  return { kind: 'record', kit: KIT, sequence, digest: hex(sequence), committedAt: '2024-11-27T12:00:00.000Z' };
}

describe('the store', () => {
  it('begins with nothing, and counts its starts', async () => {
    const disk = powerCutDisk();
    const first = await open(disk);
    expect([first.state(), first.records(), first.head(), first.run]).toEqual([{ pages: [] }, [], null, 1]);
    expect((await open(disk)).run).toBe(2);
  });

  it('applies changes one after another, however they are called', async () => {
    const store = await open(powerCutDisk());
    const adding = [1, 2, 3].map((page) => store.update((evening) => ({ pages: [...evening.pages, page] })));
    expect(await Promise.all(adding)).toEqual([{ ok: true }, { ok: true }, { ok: true }]);
    expect(store.state().pages).toEqual([1, 2, 3]);
  });

  it('shows a change only once it is on the disk', async () => {
    const store = await open(powerCutDisk());
    const seen: number[] = [];
    store.onWritten(() => seen.push(store.state().pages.length));
    const written = store.update(() => ({ pages: [1] }));
    expect(store.state().pages).toEqual([]);
    await written;
    expect(seen).toEqual([1]);
  });

  it('puts a record into the outbox and changes the evening in one write', async () => {
    const disk = powerCutDisk();
    const store = await open(disk);
    await store.update(() => ({ pages: [1, 2, 3] }));
    expect(await confirm(store, 1)).toEqual({ ok: true });
    const again = await open(disk);
    expect(again.state()).toEqual({ pages: [] });
    expect(again.head()).toEqual({ sequence: 1, digest: hex(1) });
    expect(again.records()[0]).toMatchObject({ jws: 'jws 1', version: 1, answer: { kind: 'waiting' } });
  });

  it('never gives one number to two records', async () => {
    const store = await open(powerCutDisk());
    const both = await Promise.all([confirm(store, 1), confirm(store, 1)]);
    expect(both).toMatchObject([{ ok: true }, { ok: false, code: 'not-next' }]);
    expect(await confirm(store, 3)).toMatchObject({ ok: false, code: 'not-next' });
    expect(store.records()).toHaveLength(1);
  });

  it('keeps receipts, ignores one for another digest, and writes nothing for a repeated one', async () => {
    const disk = powerCutDisk();
    const store = await open(disk);
    await confirm(store, 1);
    await store.keepReceipt({ ...receiptOf(1), digest: hex(9) } as Receipt, 'wrong');
    expect(store.records()[0]?.answer.kind).toBe('waiting');
    await store.keepReceipt(receiptOf(1), 'signed receipt');
    await store.keepReceipt({ kind: 'picture', kit: KIT, sha256: hex(5) }, 'signed receipt');
    let writes = 0;
    store.onWritten(() => {
      writes += 1;
    });
    await store.keepReceipt(receiptOf(1), 'signed receipt');
    expect(writes).toBe(0);
    const again = await open(disk);
    expect(again.records()[0]?.answer).toMatchObject({ kind: 'received', receipt: 'signed receipt' });
    expect(again.receivedPictures()).toEqual([hex(5)]);
  });

  it('says that the disk is full, stores nothing of it, and goes on when there is room again', async () => {
    const disk = powerCutDisk();
    const store = await open(disk);
    disk.failAt(1, 'ENOSPC');
    expect(await confirm(store, 1)).toMatchObject({ ok: false, code: 'disk-full' });
    expect(store.records()).toEqual([]);
    expect(disk.names.filter((name) => name.endsWith('.writing'))).toEqual([]);
    expect(await confirm(store, 1)).toEqual({ ok: true });
  });

  it('keeps the records when the evening is of a shape it does not know', async () => {
    const disk = powerCutDisk();
    await confirm(await open(disk), 1);
    const newer = await openStore({
      disk,
      folder: '/data/latihan',
      kit: KIT,
      tps: TPS,
      mode: 'latihan',
      evening: z.strictObject({ sheets: z.int() }),
      fresh: { sheets: 0 },
    });
    expect(newer).toMatchObject({ ok: true, evening: 'lost' });
    expect(newer.ok && newer.store.records()).toHaveLength(1);
  });

  it('refuses the folder of another kit, TPS or mode: nothing begun there may go out under other names', async () => {
    const disk = powerCutDisk();
    await open(disk);
    const own = { disk, folder: '/data/latihan', evening: Evening, fresh: { pages: [] } };
    const named = { ...own, kit: KIT, tps: TPS, mode: 'latihan' } as const;
    expect(await openStore({ ...named, mode: 'resmi' })).toMatchObject({ ok: false, code: 'foreign' });
    expect(await openStore({ ...named, kit: 'other-kit' })).toMatchObject({ ok: false, code: 'foreign' });
    expect(await openStore({ ...named, tps: '1671010001002' })).toMatchObject({ ok: false, code: 'foreign' });
  });

  it('has every record and receipt it answered for after a power cut at any moment', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 3, max: 60 }), fc.integer(), async (cutAfter, seed) => {
        const disk = powerCutDisk();
        const store = await open(disk);
        disk.cutAfter(cutAfter);
        const kept = { records: 0, receipts: 0 };
        try {
          for (let sequence = 1; sequence <= 6; sequence += 1) {
            if (!(await confirm(store, sequence)).ok) break;
            kept.records = sequence;
            if (!(await store.keepReceipt(receiptOf(sequence), 'r')).ok) break;
            kept.receipts = sequence;
          }
        } catch (error) {
          if (!(error instanceof PowerCut)) throw error;
        }
        let state = seed >>> 0;
        const after = await open(
          disk.restart(() => {
            state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
            return state / 2 ** 32;
          }),
        );
        const received = after.records().filter(({ answer }) => answer.kind === 'received').length;
        expect(after.records().map(({ sequence }) => sequence)).toEqual(
          [...Array(after.records().length).keys()].map((n) => n + 1),
        );
        expect([kept.records, kept.records + 1]).toContain(after.records().length);
        expect([kept.receipts, kept.receipts + 1]).toContain(received);
      }),
      { numRuns: 200 },
    );
  });
});
