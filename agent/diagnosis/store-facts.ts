import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type Configuration, storeFolder } from '#agent/configuration.ts';
import { type Disk, isMountPoint } from '#agent/store/disk.ts';
import { picturesFolder, readStore, type StoreContents } from '#agent/store/store.ts';
import type { Mode } from '#contract/wire/record.ts';

/** How a store stands: what it holds by number, never what it says. */
export interface StoreFacts {
  readonly mode: Mode;
  /** Bytes that may still be written where it lies; null where that cannot be told. */
  readonly freeBytes: number | null;
  /** Its disk is a partition of its own. */
  readonly ownPartition: boolean;
  readonly files: readonly FileFacts[];
  readonly pictures: { readonly count: number; readonly bytes: number };
  readonly holds: Holding | { readonly fault: string; readonly reason: string };
}

export interface FileFacts {
  readonly name: string;
  readonly bytes: number;
  readonly changed: string;
}

export interface Holding {
  readonly kit: string;
  readonly tps: string;
  /** Which start of the program it was. */
  readonly run: number;
  /** Where the work in progress stands; null where that cannot be told. */
  readonly state: string | null;
  readonly records: Readonly<Record<'waiting' | 'received' | 'refused', number>>;
  /** Codes of the centre's refusals. */
  readonly refusals: readonly string[];
  readonly receivedPictures: number;
}

/** Of a saved evening only the name of its state. */
const SomeEvening = z.object({ phase: z.object({ name: z.string().max(40) }) });

/** Null where the kit has none of that mode. */
export async function storeFacts(configuration: Configuration, mode: Mode, disk: Disk): Promise<StoreFacts | null> {
  const folder = storeFolder({ ...configuration, mode });
  const files = await filesIn(folder);
  if (files === null) return null;
  const read = await readStore(disk, folder);
  const pictures = (await filesIn(picturesFolder(folder))) ?? [];
  return {
    mode,
    freeBytes: await disk.free(folder).catch(() => null),
    ownPartition: await isMountPoint(configuration.data),
    files,
    pictures: { count: pictures.length, bytes: pictures.reduce((sum, { bytes }) => sum + bytes, 0) },
    holds: read.ok ? holdingOf(read.contents) : { fault: read.code, reason: read.reason },
  };
}

function holdingOf(contents: StoreContents | null): StoreFacts['holds'] {
  if (!contents) return { fault: 'empty', reason: 'nothing was ever stored here' };
  const { kit, tps, run, evening, records, receivedPictures } = contents;
  const some = SomeEvening.safeParse(evening);
  const inAnswer = (kind: 'waiting' | 'received' | 'refused') => records.filter(({ answer }) => answer.kind === kind);
  return {
    ...{ kit, tps, run },
    state: some.success ? some.data.phase.name : null,
    records: {
      waiting: inAnswer('waiting').length,
      received: inAnswer('received').length,
      refused: inAnswer('refused').length,
    },
    refusals: records.flatMap(({ answer }) => (answer.kind === 'refused' ? [answer.code] : [])),
    receivedPictures: receivedPictures.length,
  };
}

/** The files of a folder; null where there is no such folder. */
async function filesIn(folder: string): Promise<readonly FileFacts[] | null> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => null);
  if (entries === null) return null;
  const names = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  const facts = await Promise.all(names.sort().map((name) => factsOf(folder, name)));
  return facts.flat();
}

/** None of a file that was removed meanwhile. */
async function factsOf(folder: string, name: string): Promise<readonly FileFacts[]> {
  const found = await stat(join(folder, name)).catch(() => null);
  return found ? [{ name, bytes: found.size, changed: found.mtime.toISOString() }] : [];
}
