import { Low } from 'lowdb';
import { z } from 'zod';
import type { Receipt } from '#contract/wire/receipt.ts';
import { Mode, type ResultRecord } from '#contract/wire/record.ts';
import type { Signed } from '#contract/wire/signature.ts';
import { type Disk, type DiskFault, diskFault } from './disk.ts';
import {
  bringBackOlder,
  type OpenedFile,
  openDurableFile,
  putAside,
  type Recovery,
  readDurableFile,
  type Unreadable,
} from './durable-file.ts';
import { firstFormat, type Newer } from './format.ts';
import { answered, OutboxRecord } from './outbox-record.ts';
import { openPictures, type Pictures } from './pictures.ts';

/**
 * The kit's memory: the evening's work in progress, every signed record with what central answered,
 * and the pictures. One store a mode; one process and one writer a store. What a promise here answers
 * `ok` is on the disk. What it refuses counts as not stored, and nothing is sent of it.
 *
 *     const opened = await openStore({ disk: nodeDisk, folder, kit, tps, mode, evening, fresh })
 *     opened.store.state()                                the evening, as it lies on the disk
 *     await opened.store.update((evening) => next)        changes the evening
 *     await opened.store.pictures.put(jpeg)               before anything names the picture
 *     compose(… opened.store.head() …) → sign             agent/record
 *     await opened.store.confirm(record, signed, (evening) => next)
 *
 * `Evening` is the caller's own type, given as a zod schema of plain JSON. `confirm` puts the record
 * into the outbox and changes the evening in one write.
 */
export interface Store<Evening> {
  readonly mode: Mode;
  /** Number of this start of the agent, from 1; grows at every opening. */
  readonly run: number;
  readonly pictures: Pictures;
  state(): Evening;
  /** In order of their sequence numbers. */
  records(): readonly OutboxRecord[];
  /** Digests of the pictures central holds whole. */
  receivedPictures(): readonly string[];
  /** All of it but the pictures, as it lies on the disk. */
  contents(): StoreContents;
  /** The last signed record, after which the next must follow; null before the first. */
  head(): ChainHead | null;
  update(change: (evening: Evening) => Evening): Promise<Written>;
  /** Refuses a record that does not follow the head, so that no number is used twice. */
  confirm(record: ResultRecord, signed: Signed, change: (evening: Evening) => Evening): Promise<Confirmed>;
  /** Keeps what central answered; the receipt has been verified by the caller. */
  keepReceipt(receipt: Receipt, jws: string): Promise<Written>;
  /** Calls back after every write that reached the disk; answers how to stop that. */
  onWritten(listener: () => void): () => void;
  /** Resolves once every write begun before has ended. */
  settled(): Promise<void>;
}

export interface ChainHead {
  readonly sequence: number;
  readonly digest: string;
}

export type Written = { readonly ok: true } | DiskFault;
export type Confirmed = Written | { readonly ok: false; readonly code: 'not-next'; readonly reason: string };

export interface StoreSetting<Evening> {
  readonly disk: Disk;
  readonly folder: string;
  readonly kit: string;
  readonly tps: string;
  readonly mode: Mode;
  readonly evening: z.ZodType<Evening>;
  /** The evening before anything has happened. */
  readonly fresh: Evening;
}

export type OpenedStore<Evening> =
  /** lost: the records are whole, but the evening is not one `evening` accepts, and begins afresh. */
  | {
      readonly ok: true;
      readonly store: Store<Evening>;
      readonly recovery: Recovery;
      readonly evening: 'kept' | 'fresh' | 'lost';
    }
  /** foreign: the folder belongs to another kit, TPS or mode. */
  | { readonly ok: false; readonly code: 'unreadable' | 'foreign'; readonly reason: string }
  | Newer
  | DiskFault;

/** All of a store but its pictures. */
export type StoreContents = Content<unknown>;

interface Content<Evening> {
  readonly schema: 1;
  readonly kit: string;
  readonly tps: string;
  readonly mode: Mode;
  readonly run: number;
  readonly evening: Evening;
  readonly records: readonly OutboxRecord[];
  readonly receivedPictures: readonly string[];
}

export async function openStore<Evening>(setting: StoreSetting<Evening>): Promise<OpenedStore<Evening>> {
  const { disk, folder, kit, tps, mode } = setting;
  const opened = await openStoreFile(disk, folder);
  if (!opened.ok) return opened;
  const pictures = await openPictures(disk, picturesFolder(folder));
  if (!pictures.ok) return pictures;
  const { adapter, recovery } = opened.file;
  const owner = { kit, tps, mode };
  const fresh = { schema: 1, ...owner, run: 0, evening: setting.fresh, records: [], receivedPictures: [] } as const;
  const low = new Low<Content<unknown>>(adapter, fresh);
  await low.read();
  const { data } = low;
  if (data.kit !== kit || data.tps !== tps || data.mode !== mode) {
    const whose = `${folder} holds the ${data.mode} work of ${data.kit} at TPS ${data.tps}`;
    return { ok: false, code: 'foreign', reason: `${whose}: correct the configuration, or name another folder` };
  }
  const kept = setting.evening.safeParse(low.data.evening);
  const first = { ...low.data, evening: kept.success ? kept.data : setting.fresh };
  const writer = writerOf(low, first);
  const started = await writer.write((content) => ({ ...content, run: content.run + 1 }));
  if (!started.ok) return started;
  const evening = recovery.kind === 'fresh' ? 'fresh' : kept.success ? 'kept' : 'lost';
  return { ok: true, store: storeOf(writer, pictures.pictures), recovery, evening };
}

/** What a store holds, read beside the agent that may be writing it; null where there is none. Changes nothing. */
export async function readStore(
  disk: Disk,
  folder: string,
): Promise<{ readonly ok: true; readonly contents: StoreContents | null } | Unreadable | Newer | DiskFault> {
  const read = await readDurableFile(disk, folder, STORE_NAME, STORE_FORMAT);
  return read.ok ? { ok: true, contents: read.document } : read;
}

/** The store's file in a folder, as it is written whole by who copies it. */
export function openStoreFile(disk: Disk, folder: string): Promise<OpenedFile<StoreContents>> {
  return openDurableFile(disk, folder, STORE_NAME, STORE_FORMAT);
}

/** Goes back to the format of this program, where a newer one has migrated the store; see `bringBackOlder`. */
export function undoStoreMigration(disk: Disk, folder: string): Promise<boolean> {
  return bringBackOlder(disk, folder, STORE_NAME, STORE_FORMAT);
}

/** Makes room for another where a store's file is unreadable; what was there is kept under other names. */
export function putStoreAside(disk: Disk, folder: string): Promise<void> {
  return putAside(disk, folder, STORE_NAME);
}

/** Folder of the pictures beside a store. */
export function picturesFolder(folder: string): string {
  return `${folder}/pictures`;
}

const STORE_NAME = 'store';

const StoredContent: z.ZodType<Content<unknown>> = z
  .strictObject({
    schema: z.literal(1),
    kit: z.string(),
    tps: z.string(),
    mode: Mode,
    run: z.int().nonnegative(),
    evening: z.unknown(),
    records: z.array(OutboxRecord).readonly(),
    receivedPictures: z.array(z.string()).readonly(),
  })
  .readonly();

/** A change of anything that is stored, the evening too, is a new format and a migration from the one before. */
const STORE_FORMAT = firstFormat(StoredContent);

function storeOf<Evening>(writer: Writer<Content<Evening>>, pictures: Pictures): Store<Evening> {
  const { mode, run } = writer.content();
  return {
    mode,
    run,
    pictures,
    state: () => writer.content().evening,
    records: () => writer.content().records,
    receivedPictures: () => writer.content().receivedPictures,
    contents: writer.content,
    head: () => headOf(writer.content().records),
    update: (change) => writer.write((content) => ({ ...content, evening: change(content.evening) })),
    async confirm(record, signed, change) {
      let refusal: Confirmed | null = null;
      const written = await writer.write((content) => {
        refusal = follows(headOf(content.records), record);
        if (refusal) return content;
        const records = [...content.records, enqueued(record, signed)];
        return { ...content, records, evening: change(content.evening) };
      });
      return refusal ?? written;
    },
    keepReceipt: (receipt, jws) => writer.write((content) => withReceipt(content, receipt, jws)),
    onWritten: writer.onWritten,
    async settled() {
      await writer.write((content) => content);
    },
  };
}

function headOf(records: readonly OutboxRecord[]): ChainHead | null {
  const last = records.at(-1);
  return last ? { sequence: last.sequence, digest: last.digest } : null;
}

function follows(head: ChainHead | null, record: ResultRecord): Confirmed | null {
  if (record.sequence === (head?.sequence ?? 0) + 1 && record.previous === (head?.digest ?? null)) return null;
  const reason = `record ${record.sequence} does not follow record ${head?.sequence ?? 0}`;
  return { ok: false, code: 'not-next', reason };
}

function enqueued(record: ResultRecord, signed: Signed): OutboxRecord {
  const { sequence, form, version } = record;
  const pictures = record.pages.map(({ sha256, bytes }) => ({ sha256, bytes }));
  return { sequence, digest: signed.digest, jws: signed.jws, form, version, pictures, answer: { kind: 'waiting' } };
}

function withReceipt<Evening>(content: Content<Evening>, receipt: Receipt, jws: string): Content<Evening> {
  switch (receipt.kind) {
    case 'record':
    case 'refused': {
      const records = content.records.map((record) => answered(record, receipt, jws) ?? record);
      return records.every((record, n) => record === content.records[n]) ? content : { ...content, records };
    }
    case 'picture': {
      if (content.receivedPictures.includes(receipt.sha256)) return content;
      return { ...content, receivedPictures: [...content.receivedPictures, receipt.sha256] };
    }
    case 'picture-wants':
      return withoutPicture(content, receipt.sha256);
    case 'record-wants':
    case 'listening':
      return content;
  }
}

/** Central lacks a picture it once said it holds: it is to be sent again. */
function withoutPicture<Evening>(content: Content<Evening>, sha256: string): Content<Evening> {
  if (!content.receivedPictures.includes(sha256)) return content;
  return { ...content, receivedPictures: content.receivedPictures.filter((received) => received !== sha256) };
}

/** Changes one after another; between them `content` is what lies on the disk, never what is being written. */
interface Writer<T> {
  content(): T;
  /** A change that answers the same content writes nothing. */
  write(change: (content: T) => T): Promise<Written>;
  onWritten(listener: () => void): () => void;
}

function writerOf<Evening>(low: Low<Content<unknown>>, first: Content<Evening>): Writer<Content<Evening>> {
  let durable = first;
  let last: Promise<unknown> = Promise.resolve();
  const listeners = new Set<() => void>();

  async function writeNow(change: (content: Content<Evening>) => Content<Evening>): Promise<Written> {
    const next = change(durable);
    if (next === durable) return { ok: true };
    low.data = next;
    try {
      await low.write();
    } catch (error) {
      low.data = durable;
      return diskFault(error);
    }
    durable = next;
    for (const listener of listeners) listener();
    return { ok: true };
  }

  return {
    content: () => durable,
    write(change) {
      const written = last.then(() => writeNow(change));
      last = written.catch(() => undefined);
      return written;
    },
    onWritten(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
