import { createHash } from 'node:crypto';
import { type Disk, type DiskFault, diskFault, replaceFile } from './disk.ts';

/**
 * Pictures are files named by what is in them, so a record that names a digest names these bytes and
 * no others, and the same picture is never kept twice. Nothing is ever removed.
 */
export interface Pictures {
  /** Resolves once the picture is on the disk; put it before the record that names it. */
  put(bytes: Uint8Array): Promise<PutPicture>;
  /** The picture's bytes, checked against its name. */
  read(sha256: string): Promise<ReadPicture>;
  /** Where a picture of that digest lies or would lie. */
  file(sha256: string): string;
}

export interface StoredPicture {
  readonly sha256: string;
  readonly bytes: number;
  readonly file: string;
}

export type PutPicture = { readonly ok: true; readonly picture: StoredPicture } | DiskFault;

export type ReadPicture =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly code: 'missing' | 'damaged' | 'disk-full' | 'disk-fault'; readonly reason: string };

/** Space kept from pictures so that records can always be written, bytes. */
export const RECORD_RESERVE_BYTES = 32 * 1024 * 1024;

export async function openPictures(
  disk: Disk,
  folder: string,
): Promise<{ readonly ok: true; readonly pictures: Pictures } | DiskFault> {
  try {
    await disk.makeFolder(folder);
  } catch (error) {
    return diskFault(error);
  }
  return {
    ok: true,
    pictures: {
      file: (sha256) => fileIn(folder, sha256),
      read: (sha256) => readPicture(disk, folder, sha256),
      put: (bytes) => putPicture(disk, folder, bytes),
    },
  };
}

async function putPicture(disk: Disk, folder: string, bytes: Uint8Array): Promise<PutPicture> {
  const sha256 = digest(bytes);
  const picture: StoredPicture = { sha256, bytes: bytes.length, file: fileIn(folder, sha256) };
  if ((await readPicture(disk, folder, sha256)).ok) return { ok: true, picture };
  try {
    // Whoever removed the folder took the pictures in it; what comes now is kept all the same.
    await disk.makeFolder(folder);
    const free = await disk.free(folder);
    if (free < bytes.length + RECORD_RESERVE_BYTES) {
      const reason = `${free} bytes are free, and ${RECORD_RESERVE_BYTES} of them are kept for records`;
      return { ok: false, code: 'disk-full', reason };
    }
    await replaceFile(disk, folder, nameOf(sha256), bytes);
    return { ok: true, picture };
  } catch (error) {
    return diskFault(error);
  }
}

/** A picture of a folder, read beside the agent that may be writing others. */
export async function readPicture(disk: Disk, folder: string, sha256: string): Promise<ReadPicture> {
  const file = fileIn(folder, sha256);
  try {
    const bytes = await disk.read(file);
    if (bytes === null) return { ok: false, code: 'missing', reason: `${file} is not there` };
    if (digest(bytes) === sha256) return { ok: true, bytes };
    return { ok: false, code: 'damaged', reason: `${file} does not hold what its name says` };
  } catch (error) {
    return diskFault(error);
  }
}

function fileIn(folder: string, sha256: string): string {
  return `${folder}/${nameOf(sha256)}`;
}

function nameOf(sha256: string): string {
  return `${sha256}.jpg`;
}

function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
