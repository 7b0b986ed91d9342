import { constants, type FileHandle, mkdir, open, readFile, rename, rm, stat, statfs } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/**
 * The few things the store asks of a disk, small enough that a disk which loses power in the middle
 * of any of them can stand in for it. Every call rejects with the system's error (`code`: ENOSPC, EIO …).
 */
export interface Disk {
  /** Makes a folder, and those above it, where they are missing. */
  makeFolder(folder: string): Promise<void>;
  /** The file's bytes; null where there is none. */
  read(file: string): Promise<Uint8Array | null>;
  /** Starts an empty file, in place of any of that name. */
  create(file: string): Promise<DiskFile>;
  /** Gives a file another name, in place of any that has it. Survives a power cut only after `syncFolder`. */
  rename(from: string, to: string): Promise<void>;
  remove(file: string): Promise<void>;
  /** Forces the names in a folder to the disk. */
  syncFolder(folder: string): Promise<void>;
  /** Bytes an ordinary program may still write. */
  free(folder: string): Promise<number>;
}

export interface DiskFile {
  write(bytes: Uint8Array): Promise<void>;
  /** Forces what was written to the disk. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** Why a write was refused or failed; nothing of it counts as stored. */
export type DiskFault = {
  readonly ok: false;
  readonly code: 'disk-full' | 'disk-fault';
  readonly reason: string;
};

export const nodeDisk: Disk = {
  async makeFolder(folder) {
    const first = await mkdir(folder, { recursive: true, mode: 0o700 });
    if (first === undefined) return;
    const above = dirname(resolve(first));
    for (let made = resolve(folder); made !== above; made = dirname(made)) await syncFolder(dirname(made));
  },
  async read(file) {
    try {
      return await readFile(file);
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return null;
      throw error;
    }
  },
  async create(file) {
    const handle = await open(file, 'w', 0o600);
    return { write: (bytes) => writeAll(handle, bytes), sync: () => handle.sync(), close: () => handle.close() };
  },
  rename,
  remove: (file) => rm(file, { force: true }),
  syncFolder,
  async free(folder) {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  },
};

/**
 * Puts a whole file in place so that after a power cut at any moment either the old or the new one
 * is there, and once this resolves, the new one.
 */
export async function replaceFile(disk: Disk, folder: string, name: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${folder}/${name}.writing`;
  try {
    const file = await disk.create(temporary);
    try {
      await file.write(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await disk.rename(temporary, `${folder}/${name}`);
  } catch (error) {
    // Half a file must not go on filling a full disk; the first fault is the one to tell.
    await disk.remove(temporary).catch(() => undefined);
    throw error;
  }
  await disk.syncFolder(folder);
}

/** Whether something is mounted at this folder: it lies on another device than the folder above it. */
export async function isMountPoint(folder: string): Promise<boolean> {
  try {
    const [own, above] = [await stat(folder), await stat(dirname(resolve(folder)))];
    return own.dev !== above.dev;
  } catch {
    return false;
  }
}

/** Turns a disk's error into a value; anything that is not a disk's error is a bug and is thrown on. */
export function diskFault(error: unknown): DiskFault {
  const code = codeOf(error);
  if (code === null) throw error;
  const reason = error instanceof Error ? error.message : String(error);
  return { ok: false, code: code === 'ENOSPC' || code === 'EDQUOT' ? 'disk-full' : 'disk-fault', reason };
}

function codeOf(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}

async function writeAll(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  let written = 0;
  while (written < bytes.length) {
    written += (await handle.write(bytes, written, bytes.length - written)).bytesWritten;
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, constants.O_RDONLY | constants.O_DIRECTORY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
