import { join } from 'node:path';
import { type Disk, type DiskFault, diskFault } from '#agent/store/disk.ts';
import type { OutboxPicture, OutboxRecord } from '#agent/store/outbox-record.ts';
import { readPicture } from '#agent/store/pictures.ts';
import { picturesFolder, readStore, type StoreContents } from '#agent/store/store.ts';
import { type ByteSource, bundleHead, openBundle } from '#contract/wire/bundle.ts';
import type { Signer } from '#contract/wire/signature.ts';

export interface ExportOrder {
  readonly disk: Disk;
  /** Folder of the store. */
  readonly store: string;
  readonly signer: Signer;
  /** undelivered: what central has not answered for; everything: for an auditor. */
  readonly what: 'undelivered' | 'everything';
  /** Folder the bundle is laid into. */
  readonly to: string;
  /** Opens the bundle to read it back. */
  readonly readBack: (file: string) => Promise<ByteSource & { close(): Promise<void> }>;
}

export type Exported =
  | {
      readonly ok: true;
      readonly file: string;
      readonly records: number;
      readonly pictures: number;
      /** Pictures the disk could not give. */
      readonly lost: readonly string[];
    }
  /** nothing: no record, or none that central has not answered for. not-whole: the stick does not hold what was written to it. */
  | { readonly ok: false; readonly code: 'nothing' | 'unreadable' | 'newer' | 'not-whole'; readonly reason: string }
  | DiskFault;

/**
 * Lays what a kit holds into one signed file, beside an agent that may be running: nothing of the store
 * is changed. Answers `ok` once the file is on the stick and has been read back whole.
 */
export async function exportBundle(order: ExportOrder): Promise<Exported> {
  const read = await readStore(order.disk, order.store);
  if (!read.ok) return read;
  const { contents } = read;
  const records = contents?.records.filter((record) => order.what === 'everything' || isOpen(record, contents)) ?? [];
  if (!contents || records.length === 0) return { ok: false, code: 'nothing', reason: `nothing in ${order.store}` };
  try {
    return await write(order, contents, records);
  } catch (error) {
    return diskFault(error);
  }
}

function isOpen({ answer, pictures }: OutboxRecord, { receivedPictures }: StoreContents): boolean {
  return answer.kind !== 'received' || pictures.some(({ sha256 }) => !receivedPictures.includes(sha256));
}

async function write(order: ExportOrder, contents: StoreContents, records: readonly OutboxRecord[]): Promise<Exported> {
  const { disk, store, signer, to } = order;
  const named = new Map(records.flatMap(({ pictures }) => pictures).map((picture) => [picture.sha256, picture]));
  const wanted = [...named.values()].filter(({ sha256 }) => {
    return order.what === 'everything' || !contents.receivedPictures.includes(sha256);
  });
  const held: OutboxPicture[] = [];
  for (const picture of wanted) if ((await pictureIn(disk, store, picture)).ok) held.push(picture);
  const { kit, tps, mode } = contents;
  const manifest = { schema: 1, kit, tps, mode, records: records.map(({ digest }) => digest), pictures: held } as const;
  const name = `${kit}-${mode}-${records.at(-1)?.sequence ?? 0}.bundel`;
  const head = await bundleHead(
    manifest,
    records.map(({ jws }) => jws),
    signer,
  );
  const temporary = join(to, `${name}.menulis`);
  try {
    await layDown(order, temporary, head, held);
    await disk.rename(temporary, join(to, name));
    await disk.syncFolder(to);
  } catch (error) {
    await disk.remove(temporary).catch(() => undefined);
    throw error;
  }
  const fault = await faultOf(order, join(to, name));
  if (fault) return { ok: false, code: 'not-whole', reason: fault };
  const lost = wanted.filter((picture) => !held.includes(picture)).map(({ sha256 }) => sha256);
  return { ok: true, file: join(to, name), records: records.length, pictures: held.length, lost };
}

async function layDown(
  { disk, store }: ExportOrder,
  to: string,
  head: string,
  pictures: readonly OutboxPicture[],
): Promise<void> {
  const file = await disk.create(to);
  try {
    await file.write(Buffer.from(head));
    for (const picture of pictures) {
      const read = await pictureIn(disk, store, picture);
      if (read.ok) await file.write(read.bytes);
    }
    await file.sync();
  } finally {
    await file.close();
  }
}

function pictureIn(disk: Disk, store: string, { sha256 }: OutboxPicture) {
  return readPicture(disk, picturesFolder(store), sha256);
}

async function faultOf({ readBack, signer }: ExportOrder, file: string): Promise<string | null> {
  const source = await readBack(file);
  try {
    const opened = await openBundle(source, { by: 'certificates', certificates: signer.certificates });
    return opened.ok ? null : `${opened.code}: ${opened.reason}`;
  } finally {
    await source.close();
  }
}
