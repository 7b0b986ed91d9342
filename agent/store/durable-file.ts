import { createHash } from 'node:crypto';
import type { Adapter } from 'lowdb';
import { z } from 'zod';
import { type Disk, type DiskFault, diskFault, replaceFile } from './disk.ts';

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

export type OpenedFile<T> =
  | { readonly ok: true; readonly file: DurableFile<T> }
  /** Files are there and none is whole: to begin anew would sign other records under used numbers. */
  | { readonly ok: false; readonly code: 'unreadable'; readonly reason: string }
  | DiskFault;

const Header = z.strictObject({ generation: z.int().positive(), sha256: z.string() });

type Slot =
  | { readonly kind: 'empty' }
  | { readonly kind: 'whole'; readonly generation: number; readonly document: unknown }
  | { readonly kind: 'damaged'; readonly reason: string };

/** Reads both slots and chooses the newest whole one; `schema` says what a document of it must be. */
export async function openDurableFile<T>(
  disk: Disk,
  folder: string,
  name: string,
  schema: z.ZodType<T>,
): Promise<OpenedFile<T>> {
  try {
    await disk.makeFolder(folder);
    const slots = [await readSlot(disk, folder, name, 0), await readSlot(disk, folder, name, 1)] as const;
    const newest = newestOf(slots);
    if (newest === null) {
      const damaged = slots.find((slot) => slot.kind === 'damaged');
      if (damaged) return { ok: false, code: 'unreadable', reason: damaged.reason };
      return { ok: true, file: { adapter: adapterOf<T>(disk, folder, name, 0, null), recovery: { kind: 'fresh' } } };
    }
    const parsed = schema.safeParse(newest.document);
    if (!parsed.success) return { ok: false, code: 'unreadable', reason: parsed.error.message };
    const recovery = await recover(disk, folder, name, newest.generation, slots);
    return { ok: true, file: { adapter: adapterOf(disk, folder, name, newest.generation, parsed.data), recovery } };
  } catch (error) {
    return diskFault(error);
  }
}

/** The newest whole document, read beside a process that may be writing the next; null where none was ever written. Changes nothing. */
export async function readDurableFile<T>(
  disk: Disk,
  folder: string,
  name: string,
  schema: z.ZodType<T>,
): Promise<
  | { readonly ok: true; readonly document: T | null }
  | { readonly ok: false; readonly code: 'unreadable'; readonly reason: string }
  | DiskFault
> {
  try {
    const slots = [await readSlot(disk, folder, name, 0), await readSlot(disk, folder, name, 1)] as const;
    const newest = newestOf(slots);
    if (newest === null) {
      const damaged = slots.find((slot) => slot.kind === 'damaged');
      return damaged ? { ok: false, code: 'unreadable', reason: damaged.reason } : { ok: true, document: null };
    }
    const parsed = schema.safeParse(newest.document);
    if (!parsed.success) return { ok: false, code: 'unreadable', reason: parsed.error.message };
    return { ok: true, document: parsed.data };
  } catch (error) {
    return diskFault(error);
  }
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
  const file = slotName(name, generation + 1);
  const other = slots[(generation + 1) % 2];
  if (other?.kind === 'damaged') {
    await disk.rename(`${folder}/${file}`, `${folder}/${file}.damaged`);
    return { kind: 'damaged', generation, file, reason: other.reason };
  }
  if (other?.kind === 'empty' && generation > 1) {
    return { kind: 'damaged', generation, file, reason: `${file} is missing` };
  }
  return { kind: 'whole', generation };
}

function slotName(name: string, generation: number): string {
  return `${name}.${generation % 2}.json`;
}

function checksum(generation: number, body: string): string {
  return createHash('sha256').update(`${generation}\n${body}`).digest('hex');
}
