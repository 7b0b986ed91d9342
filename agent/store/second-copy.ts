import { type Disk, type DiskFault, diskFault } from './disk.ts';
import type { DurableFile } from './durable-file.ts';
import type { OutboxRecord } from './outbox-record.ts';
import { openPictures, type Pictures } from './pictures.ts';
import { openStoreFile, picturesFolder, putStoreAside, readStore, type Store, type StoreContents } from './store.ts';

/**
 * A second copy of the store on a USB stick: the same file and the same pictures, written with the same
 * discipline, after the first and never in its way. It catches up by itself when the stick was away.
 */
export interface SecondCopy {
  state(): CopyState;
  /** Calls back after every change of the state; answers how to stop that. */
  onChange(listener: () => void): () => void;
  /** Lets the present write finish. */
  close(): Promise<void>;
}

export type CopyState =
  /** Everything that is confirmed lies on the stick too, and was read back. */
  | { readonly kind: 'whole' }
  | { readonly kind: 'behind' }
  /** No stick is mounted at the folder. */
  | { readonly kind: 'absent' }
  /** foreign: the stick holds the work of another kit, TPS or mode, or records that are not this kit's chain. */
  | {
      readonly kind: 'fault';
      readonly code: DiskFault['code'] | 'unreadable' | 'foreign' | 'newer';
      readonly reason: string;
    };

export interface CopySetting {
  readonly disk: Disk;
  readonly store: Pick<Store<unknown>, 'contents' | 'pictures' | 'onWritten'>;
  /** Folder on the stick. */
  readonly folder: string;
  /** Whether a stick is mounted: what is written into an empty mount point fills the main disk. */
  readonly isMounted: () => Promise<boolean>;
  readonly photosOf: PhotosOf;
  /** How often a stick that came or went is looked for, ms. */
  readonly lookEveryMs: number;
}

/** Digests of the pictures an evening in progress names; the store does not know what an evening is. */
export type PhotosOf = (evening: unknown) => readonly string[];

export function followStore(setting: CopySetting): SecondCopy {
  const listeners = new Set<() => void>();
  let state: CopyState = { kind: 'behind' };
  let stick: Stick | null = null;
  let working: Promise<void> | null = null;
  let again = false;

  function become(next: CopyState): void {
    const isNews = JSON.stringify(next) !== JSON.stringify(state);
    state = next;
    if (isNews) for (const listener of listeners) listener();
  }

  async function bring(): Promise<CopyState> {
    if (!(await setting.isMounted())) {
      stick = null;
      return { kind: 'absent' };
    }
    try {
      const opened: OpenedStick = stick ? { ok: true, stick } : await openStick(setting);
      if (!opened.ok) return faulty(opened);
      stick = opened.stick;
      const fault = await writeTo(stick, setting);
      if (fault) return faulty(fault);
      // Something may have been confirmed while it was written.
      return { kind: stick.written === setting.store.contents() ? 'whole' : 'behind' };
    } catch (error) {
      return faulty(diskFault(error));
    }
  }

  /** Begins anew with the stick at the next look, whichever it is then. */
  function faulty({ code, reason }: Exclude<OpenedStick, { ok: true }>): CopyState {
    stick = null;
    return { kind: 'fault', code, reason };
  }

  async function work(): Promise<void> {
    do {
      again = false;
      become(await bring());
    } while (again);
    working = null;
  }

  function look(isNew: boolean): void {
    if (isNew && state.kind === 'whole') become({ kind: 'behind' });
    again = true;
    working ??= work();
  }

  const stopWatching = setting.store.onWritten(() => look(true));
  const looking = setInterval(() => look(false), setting.lookEveryMs);
  look(false);
  return {
    state: () => state,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      stopWatching();
      clearInterval(looking);
      await working;
    },
  };
}

/** A stick that is open, what of the store lies on it, and which pictures do. */
interface Stick {
  readonly file: DurableFile<StoreContents>;
  readonly pictures: Pictures;
  readonly held: Set<string>;
  written: StoreContents | null;
}

type OpenedStick =
  | { readonly ok: true; readonly stick: Stick }
  | {
      readonly ok: false;
      readonly code: DiskFault['code'] | 'unreadable' | 'foreign' | 'newer';
      readonly reason: string;
    };

async function openStick({ disk, folder, store }: CopySetting): Promise<OpenedStick> {
  const opened = await openStoreFile(disk, folder);
  if (!opened.ok) return opened;
  const held = await opened.file.adapter.read();
  if (held && !isEarlier(held, store.contents())) {
    return {
      ok: false,
      code: 'foreign',
      reason: `the stick holds the ${held.mode} work of ${held.kit} at TPS ${held.tps}`,
    };
  }
  const pictures = await openPictures(disk, picturesFolder(folder));
  if (!pictures.ok) return pictures;
  return { ok: true, stick: { file: opened.file, pictures: pictures.pictures, held: new Set(), written: null } };
}

/** Pictures first, as everywhere: what names them comes after. */
async function writeTo(stick: Stick, { disk, folder, store, photosOf }: CopySetting): Promise<DiskFault | null> {
  const contents = store.contents();
  for (const sha256 of picturesOf(contents, photosOf)) {
    if (stick.held.has(sha256)) continue;
    const fault = await copyPicture(store.pictures, stick.pictures, sha256);
    if (fault) return fault;
    stick.held.add(sha256);
  }
  if (stick.written === contents) return null;
  await stick.file.adapter.write(contents);
  const back = await readStore(disk, folder);
  if (!back.ok || back.contents?.records.length !== contents.records.length) {
    return { ok: false, code: 'disk-fault', reason: 'the stick does not give back what was written' };
  }
  stick.written = contents;
  return null;
}

/** A picture that is lost where it is read is no fault of the disk that was to have it. */
async function copyPicture(from: Pictures, to: Pictures, sha256: string): Promise<DiskFault | null> {
  const read = await from.read(sha256);
  if (!read.ok) return null;
  const put = await to.put(read.bytes);
  return put.ok ? null : put;
}

/** What the records name and what the evening in progress does. */
function picturesOf({ records, evening }: StoreContents, photosOf: PhotosOf): readonly string[] {
  return [...records.flatMap(({ pictures }) => pictures.map(({ sha256 }) => sha256)), ...photosOf(evening)];
}

/** Starts the copy may have missed while the stick was away: their numbers must not be used again. */
const STARTS_AHEAD = 1_000;

export interface Restoring {
  readonly disk: Disk;
  /** Folder of the store that may be lost or behind. */
  readonly main: string;
  /** Folder of the copy. */
  readonly copy: string;
  readonly owner: Pick<StoreContents, 'kit' | 'tps' | 'mode'>;
  readonly photosOf: PhotosOf;
}

export type Restored =
  /** Nothing had to be brought back. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'restored'; readonly records: number }
  | { readonly kind: 'fault'; readonly reason: string };

/**
 * Before the store is opened: where the main disk has lost it, or holds less than the copy (the card was
 * exchanged), the copy is brought back, or numbers that were used would be used again. A main store that
 * holds as much or more stays as it is; so it does where the two are no beginning of one another.
 */
export async function restoreFromCopy(order: Restoring): Promise<Restored> {
  const { disk, main, copy, owner } = order;
  const second = await readStore(disk, copy);
  if (!second.ok || !second.contents || !isOwned(second.contents, owner)) return { kind: 'nothing' };
  const first = await readStore(disk, main);
  // A newer program's store is not this one's to judge; opening it says so.
  if (!first.ok && first.code === 'newer') return { kind: 'nothing' };
  if (!first.ok && first.code !== 'unreadable') return { kind: 'fault', reason: first.reason };
  const mine = first.ok ? first.contents : null;
  const isBehind =
    mine === null || (isEarlier(mine, second.contents) && mine.records.length < second.contents.records.length);
  if (!isBehind) return { kind: 'nothing' };
  try {
    if (!first.ok) await putStoreAside(disk, main);
    return await bringBack(order, second.contents);
  } catch (error) {
    return { kind: 'fault', reason: diskFault(error).reason };
  }
}

async function bringBack({ disk, main, copy, photosOf }: Restoring, contents: StoreContents): Promise<Restored> {
  const [from, to] = [await openPictures(disk, picturesFolder(copy)), await openPictures(disk, picturesFolder(main))];
  if (!from.ok || !to.ok) return { kind: 'fault', reason: 'the pictures cannot be opened' };
  for (const sha256 of picturesOf(contents, photosOf)) {
    const fault = await copyPicture(from.pictures, to.pictures, sha256);
    if (fault) return { kind: 'fault', reason: fault.reason };
  }
  const opened = await openStoreFile(disk, main);
  if (!opened.ok) return { kind: 'fault', reason: opened.reason };
  await opened.file.adapter.write({ ...contents, run: contents.run + STARTS_AHEAD });
  return { kind: 'restored', records: contents.records.length };
}

function isOwned(contents: StoreContents, owner: Restoring['owner']): boolean {
  return contents.kit === owner.kit && contents.tps === owner.tps && contents.mode === owner.mode;
}

/** The records of one are the first ones of the other, or all of them. */
function isEarlier(one: StoreContents, other: StoreContents): boolean {
  const isNext = ({ digest }: OutboxRecord, n: number) => other.records[n]?.digest === digest;
  return isOwned(one, other) && one.records.every(isNext);
}
