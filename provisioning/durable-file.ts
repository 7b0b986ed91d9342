import { constants, mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

export type Written = { readonly ok: true } | { readonly ok: false; readonly reason: string };

/**
 * Puts a whole file in place, for its owner's eyes only: after a power cut at any moment either the old
 * or the new one is there, and once this resolves, the new one. The folder is made where it is missing.
 */
export async function replaceFile(folder: string, name: string, text: string): Promise<Written> {
  const temporary = join(folder, `${name}.writing`);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeDurably(temporary, text);
    await rename(temporary, join(folder, name));
    await syncFolder(folder);
    return { ok: true };
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    await rm(temporary, { force: true }).catch(() => undefined);
    return { ok: false, reason: error.message };
  }
}

/** Writes a file, for its owner's eyes only, and forces it to the disk; its name is only after `syncFolder`. */
export async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(path, 'w', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Forces the names in a folder to the disk. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, constants.O_RDONLY | constants.O_DIRECTORY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
