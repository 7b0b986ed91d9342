import { createHash } from 'node:crypto';
import type { Adapter } from 'lowdb';
import { z } from 'zod';
import { type Disk, type DiskFault, diskFault, replaceFile } from './disk.ts';
import { type Format, type Newer, parseAs } from './format.ts';

/**
 * One JSON document that survives power cuts, as an adapter of lowdb. Two slots, `<name>.0.json` and
 * `<name>.1.json`, are written in turn, so the generation before is always kept whole. The first
 * line of a slot is its generation and the checksum of all that follows; the document is the rest.
 */
export interface DurableFile<T> {
  readonly adapter: Adapter<T>;
  readonly recovery: Recovery;
}

export type Recovery =
  /** Nothing was ever stored here. */
  | { readonly kind: 'fresh' }
  /** The last write, and the one before it, are whole. */
  | { readonly kind: 'whole'; readonly generation: number }
  /**
   * One slot is missing or damaged; what is in use is the newest that is whole, but the last write
   * may have been in the other. The damaged file is kept under another name.
   */
  | { readonly kind: 'damaged'; readonly generation: number; readonly file: string; readonly reason: string };

export type OpenedFile<T> = { readonly ok: true; readonly file: DurableFile<T> } | Unreadable | Newer | DiskFault;

/** Files are there and none is whole: to begin anew would sign other records under used numbers. */
export type Unreadable = { readonly ok: false; readonly code: 'unreadable'; readonly reason: string };

const Header = z.strictObject({ generation: z.int().positive(), sha256: z.string() });

type Slot =
  | { readonly kind: 'empty' }
  | { readonly kind: 'whole'; readonly generation: number; readonly document: unknown }
  | { readonly kind: 'damaged'; readonly reason: string };

/**
 * Reads both slots and chooses the newest whole one. Where it has an older format, both are kept as they are under
 * the name of that format before anything is written.
 */
export async function openDurableFile<T>(
  disk: Disk,
  folder: string,
  name: string,
  format: Format<T>,
): Promise<OpenedFile<T>> {
  try {
    await disk.makeFolder(folder);
    const newest = await readNewest(disk, folder, name, format);
    if (!newest.ok) return newest;
    const { generation, document, slots, from } = newest;
    if (from < format.number) await keepOlder(disk, folder, name, from);
    const recovery = await recover(disk, folder, name, generation, slots);
    return { ok: true, file: { adapter: adapterOf(disk, folder, name, generation, document), recovery } };
  } catch (error) {
    return diskFault(error);
  }
}

/** The newest whole document, read beside a process that may be writing the next; null where none was ever written. Changes nothing. */
export async function readDurableFile<T>(
  disk: Disk,
  folder: string,
  name: string,
  format: Format<T>,
): Promise<{ readonly ok: true; readonly document: T | null } | Unreadable | Newer | DiskFault> {
  try {
    return await readNewest(disk, folder, name, format);
  } catch (error) {
    return diskFault(error);
  }
}

/** Gives an unreadable file's slots other names, for who wants to look at them; a new one can then be begun. */
export async function putAside(disk: Disk, folder: string, name: string): Promise<void> {
  for (const file of [slotName(name, 0), slotName(name, 1)]) {
    if ((await disk.read(`${folder}/${file}`)) !== null) await renameDamaged(disk, folder, file);
  }
  await disk.syncFolder(folder);
}

/**
 * Undoes a migration, for a program that goes back to `format`: what was kept before the migration gets its place
 * again. What was written since lies in the files that are put aside, and nowhere else. Answers whether there was
 * anything to undo; a power cut in the middle leaves it to be undone again.
 */
export async function bringBackOlder(
  disk: Disk,
  folder: string,
  name: string,
  format: Format<unknown>,
): Promise<boolean> {
  const newest = await readNewest(disk, folder, name, format);
  if (newest.ok || newest.code !== 'newer') return false;
  const slots = [slotName(name, 0), slotName(name, 1)];
  const kept = await Promise.all(slots.map((file) => disk.read(`${folder}/${olderName(file, format.number)}`)));
  if (kept.every((older) => older === null)) return false;
  for (const [n, file] of slots.entries()) {
    const newer = await disk.read(`${folder}/${file}`);
    const aside = `${file}.newer`;
    if (newer && (await disk.read(`${folder}/${aside}`)) === null) await replaceFile(disk, folder, aside, newer);
    const older = kept[n];
    if (older) await replaceFile(disk, folder, file, older);
    else await disk.remove(`${folder}/${file}`);
  }
  await disk.syncFolder(folder);
  return true;
}

async function keepOlder(disk: Disk, folder: string, name: string, number: number): Promise<void> {
  for (const file of [slotName(name, 0), slotName(name, 1)]) {
    const bytes = await disk.read(`${folder}/${file}`);
    const kept = olderName(file, number);
    if (bytes && (await disk.read(`${folder}/${kept}`)) === null) await replaceFile(disk, folder, kept, bytes);
  }
}

function olderName(file: string, number: number): string {
  return `${file}.format-${number}`;
}

type Newest<T> =
  | {
      readonly ok: true;
      /** 0 and null: nothing was ever written. */
      readonly generation: number;
      readonly document: T | null;
      readonly slots: readonly [Slot, Slot];
      /** The format in which it lies. */
      readonly from: number;
    }
  | Unreadable
  | Newer;

async function readNewest<T>(disk: Disk, folder: string, name: string, format: Format<T>): Promise<Newest<T>> {
  const slots = [await readSlot(disk, folder, name, 0), await readSlot(disk, folder, name, 1)] as const;
  const newest = newestOf(slots);
  if (newest === null) {
    const damaged = slots.find((slot) => slot.kind === 'damaged');
    if (damaged) return { ok: false, code: 'unreadable', reason: damaged.reason };
    return { ok: true, generation: 0, document: null, slots, from: format.number };
  }
  const parsed = parseAs(format, newest.document);
  if (!parsed.ok) return parsed;
  return { ok: true, generation: newest.generation, document: parsed.document, slots, from: parsed.from };
}

function adapterOf<T>(disk: Disk, folder: string, name: string, newest: number, document: T | null): Adapter<T> {
  let generation = newest;
  return {
    read: async () => document,
    /** Resolves once the document is on the disk. After a fault the slot that failed is the next to be written. */
    async write(next) {
      const body = JSON.stringify(next);
      const header = JSON.stringify({ generation: generation + 1, sha256: checksum(generation + 1, body) });
      await replaceFile(disk, folder, slotName(name, generation + 1), Buffer.from(`${header}\n${body}\n`));
      generation += 1;
    },
  };
}

async function readSlot(disk: Disk, folder: string, name: string, slot: number): Promise<Slot> {
  const file = slotName(name, slot);
  const bytes = await disk.read(`${folder}/${file}`);
  if (bytes === null) return { kind: 'empty' };
  const damaged: Slot = { kind: 'damaged', reason: `${file} is not what was written (${bytes.length} bytes)` };
  try {
    const [head = '', body = '', ...rest] = new TextDecoder('utf-8', { fatal: true }).decode(bytes).split('\n');
    const { generation, sha256 } = Header.parse(JSON.parse(head));
    const whole = rest.length === 1 && rest[0] === '' && generation % 2 === slot;
    if (!whole || sha256 !== checksum(generation, body)) return damaged;
    return { kind: 'whole', generation, document: JSON.parse(body) };
  } catch {
    return damaged;
  }
}

function newestOf(slots: readonly Slot[]): Extract<Slot, { kind: 'whole' }> | null {
  return slots
    .filter((slot) => slot.kind === 'whole')
    .reduce<Extract<Slot, { kind: 'whole' }> | null>(
      (best, slot) => (best === null || slot.generation > best.generation ? slot : best),
      null,
    );
}

async function recover(
  disk: Disk,
  folder: string,
  name: string,
  generation: number,
  slots: readonly [Slot, Slot],
): Promise<Recovery> {
  if (generation === 0) return { kind: 'fresh' };
  const file = slotName(name, generation + 1);
  const other = slots[(generation + 1) % 2];
  if (other?.kind === 'damaged') {
    await renameDamaged(disk, folder, file);
    return { kind: 'damaged', generation, file, reason: other.reason };
  }
  if (other?.kind === 'empty' && generation > 1) {
    return { kind: 'damaged', generation, file, reason: `${file} is missing` };
  }
  return { kind: 'whole', generation };
}

function renameDamaged(disk: Disk, folder: string, file: string): Promise<void> {
  return disk.rename(`${folder}/${file}`, `${folder}/${file}.damaged`);
}

function slotName(name: string, generation: number): string {
  return `${name}.${generation % 2}.json`;
}

function checksum(generation: number, body: string): string {
  return createHash('sha256').update(`${generation}\n${body}`).digest('hex');
}
