import { z } from 'zod';
import type { Disk } from '#agent/store/disk.ts';
import { followStore, restoreFromCopy, type SecondCopy } from '#agent/store/second-copy.ts';
import { openStore, type Store } from '#agent/store/store.ts';
import { digestOf } from '#contract/wire/signature.ts';
import type { Random } from '#synthesis/random.ts';
import { type CardAndStick, cardAndStick, STICK } from './card-and-stick.ts';
import { PowerCut, type PowerCutDisk, powerCutDisk } from './power-cut-disk.ts';
import { sampleRecord } from './sample-record.ts';

const OWNER = { kit: 'palembang-0001', tps: '1671010001001', mode: 'latihan' } as const;
const CARD = '/data/latihan';
const Evening = z.strictObject({ confirmed: z.int() });
type Evening = z.infer<typeof Evening>;

/** What was found after the power had gone some times in one evening. */
export interface CutEvening {
  readonly cuts: number;
  /** Records the store had answered for, and those of them that were not there after some later start. */
  readonly confirmed: number;
  readonly lost: number;
  /** Sequence numbers or digests that stood there more than once, or with a gap before them. */
  readonly twice: number;
  /** Receipts the store had answered for, and was without after a later start. */
  readonly receiptsLost: number;
  /** Pictures named by a record and not to be had. */
  readonly picturesLost: number;
  /** Starts at which the store could not be opened, or the evening did not say what the records say. */
  readonly badStarts: number;
}

export interface CopiedEvening extends CutEvening {
  /** Records the stick was said to hold when the card was exchanged. */
  readonly broughtBack: number;
}

/** What the store answered `ok` for. */
interface Promised {
  readonly records: Map<number, string>;
  readonly receipts: Set<number>;
}

/**
 * Scans, confirms and receives receipts on a disk whose power goes in the middle of random operations,
 * `cuts` times, now and then once more while the store is being opened; what the store answered for must
 * be there at every later start. `through` is what the store sees of the disk.
 */
export async function cutEvening(
  random: Random,
  cuts: number,
  through: (disk: Disk) => Disk = (disk) => disk,
): Promise<CutEvening> {
  let disk = powerCutDisk();
  const promised: Promised = { records: new Map(), receipts: new Set() };
  const sum: Harm = { lost: 0, twice: 0, receiptsLost: 0, picturesLost: 0, badStarts: 0 };
  for (let cut = 0; cut <= cuts; cut += 1) {
    if (cut > 0 && random.chance(0.3)) disk = await cutWhileOpening(disk, through, random);
    const store = await openedOn(through(disk));
    if (!store) {
      sum.badStarts += 1;
      break;
    }
    add(sum, await harmAt(store, promised));
    if (cut === cuts) break;
    disk.cutAfter(random.whole(0, 60));
    await liveUntilCut(store, promised, random);
    disk = disk.restart(() => random.unit());
  }
  return { cuts, confirmed: promised.records.size, ...sum };
}

/** The same with a second copy on a stick, and now and then the kit is started with a new card. */
export async function copiedEvening(random: Random, cuts: number): Promise<CopiedEvening> {
  let broughtBack = 0;
  let disk = cardAndStick();
  const promised: Promised = { records: new Map(), receipts: new Set() };
  const sum: Harm = { lost: 0, twice: 0, receiptsLost: 0, picturesLost: 0, badStarts: 0 };
  for (let cut = 0; cut <= cuts; cut += 1) {
    if (cut > 0 && random.chance(0.3)) {
      disk.cutAfter(random.whole(0, 20));
      await restoredOn(disk);
      disk = disk.restart(() => random.unit());
    }
    const store = await restoredOn(disk);
    if (!store) {
      sum.badStarts += 1;
      break;
    }
    add(sum, await harmAt(store, promised));
    if (cut === cuts) break;
    const onStick = await liveWithCopy(disk, store, promised, random);
    disk = disk.restart(() => random.unit());
    if (!random.chance(0.3)) continue;
    disk = disk.withNewCard();
    // What the stick was not said to hold may be gone with the card.
    for (const sequence of promised.records.keys()) if (sequence > onStick) promised.records.delete(sequence);
    promised.receipts.clear();
    broughtBack += promised.records.size;
  }
  return { cuts, confirmed: promised.records.size, broughtBack, ...sum };
}

type Harm = { -readonly [What in Exclude<keyof CutEvening, 'cuts' | 'confirmed'>]: number };

function add(sum: Harm, more: Harm): void {
  for (const what of Object.keys(sum) as (keyof Harm)[]) sum[what] += more[what];
}

async function harmAt(store: Store<Evening>, promised: Promised): Promise<Harm> {
  const harm: Harm = { lost: 0, twice: 0, receiptsLost: 0, picturesLost: 0, badStarts: 0 };
  const held = store.records();
  for (const [sequence, digest] of promised.records) if (held[sequence - 1]?.digest !== digest) harm.lost += 1;
  for (const sequence of promised.receipts) {
    if (held[sequence - 1]?.answer.kind !== 'received') harm.receiptsLost += 1;
  }
  harm.twice += held.filter(({ sequence }, n) => sequence !== n + 1).length;
  harm.twice += held.length - new Set(held.map(({ digest }) => digest)).size;
  for (const { pictures } of held) {
    for (const { sha256 } of pictures) if (!(await store.pictures.read(sha256)).ok) harm.picturesLost += 1;
  }
  if (store.state().confirmed !== held.length) harm.badStarts += 1;
  return harm;
}

async function cutWhileOpening(
  disk: PowerCutDisk,
  through: (disk: Disk) => Disk,
  random: Random,
): Promise<PowerCutDisk> {
  disk.cutAfter(random.whole(0, 10));
  await openedOn(through(disk));
  return disk.restart(() => random.unit());
}

async function liveUntilCut(
  store: Store<Evening>,
  promised: Promised,
  random: Random,
  rest: () => Promise<void> = async () => undefined,
): Promise<void> {
  try {
    for (;;) {
      await doSomething(store, promised, random);
      if (random.chance(0.5)) await rest();
    }
  } catch (error) {
    if (!(error instanceof PowerCut)) throw error;
  }
}

/** Answers how many records the stick was last said to hold. */
async function liveWithCopy(
  disk: CardAndStick,
  store: Store<Evening>,
  promised: Promised,
  random: Random,
): Promise<number> {
  let onStick = 0;
  const copy = followStore({
    ...{ disk, store, folder: STICK, photosOf: () => [] },
    ...{ isMounted: async () => true, lookEveryMs: 60_000 },
  });
  copy.onChange(() => {
    if (copy.state().kind === 'whole') onStick = store.records().length;
  });
  disk.cutAfter(random.whole(0, 120));
  await liveUntilCut(store, promised, random, () => caughtUp(copy));
  await copy.close();
  return onStick;
}

async function doSomething(store: Store<Evening>, promised: Promised, random: Random): Promise<void> {
  const waiting = store.records().find(({ answer }) => answer.kind === 'waiting');
  if (waiting && random.chance(0.5)) {
    const { sequence, digest } = waiting;
    const receipt = { kind: 'record', kit: OWNER.kit, sequence, digest, committedAt: '2024-11-27T12:00:00Z' } as const;
    answeredFor(await store.keepReceipt(receipt, 'receipt'));
    promised.receipts.add(sequence);
    return;
  }
  const put = await store.pictures.put(Uint8Array.from({ length: random.whole(1, 9_000) }, () => random.whole(0, 255)));
  answeredFor(put);
  if (!put.ok) return;
  const { sha256, bytes } = put.picture;
  const head = store.head();
  const sequence = (head?.sequence ?? 0) + 1;
  const record = sampleRecord({ sequence, previous: head?.digest ?? null, pages: [{ page: 1, sha256, bytes }] });
  const jws = `${sequence}.${random.whole(0, 1e9)}`;
  const digest = digestOf(jws);
  answeredFor(await store.confirm(record, { jws, digest }, ({ confirmed }) => ({ confirmed: confirmed + 1 })));
  promised.records.set(sequence, digest);
}

/** A fault of the disk is the power that went: nothing else fails here. */
function answeredFor(answer: { readonly ok: boolean }): void {
  if (!answer.ok) throw new PowerCut('the store was refused');
}

/** Until the stick holds all, or cannot. */
function caughtUp(copy: SecondCopy): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (copy.state().kind === 'behind') return;
      stop();
      resolve();
    };
    const stop = copy.onChange(look);
    look();
  });
}

/** What the kit does at its start, its stick being in. */
async function restoredOn(disk: CardAndStick): Promise<Store<Evening> | null> {
  const restored = await restoreFromCopy({ disk, main: CARD, copy: STICK, owner: OWNER, photosOf: () => [] });
  return restored.kind === 'fault' ? null : openedOn(disk);
}

async function openedOn(disk: Disk): Promise<Store<Evening> | null> {
  const setting = { disk, folder: CARD, ...OWNER, evening: Evening, fresh: { confirmed: 0 } };
  const opened = await openStore(setting);
  return opened.ok ? opened.store : null;
}
