import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** One command at a time writes to the working folder. */
export type FolderLock =
  | { readonly ok: true; release(): Promise<void> }
  /** Held by the running process of that number. */
  | { readonly ok: false; readonly process: number };

const LOCK = 'sedang-dipakai';

/** Takes the lock; one that a killed command left behind is taken over. */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const file = join(folder, LOCK);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (;;) {
    try {
      await writeFile(file, String(process.pid), { flag: 'wx' });
      return { ok: true, release: () => rm(file, { force: true }) };
    } catch (error) {
      if (!(error instanceof Error) || !('code' in error) || error.code !== 'EEXIST') throw error;
    }
    const holder = Number(await readFile(file, 'utf8').catch(() => ''));
    if (isRunning(holder)) return { ok: false, process: holder };
    await rm(file, { force: true });
  }
}

function isRunning(holder: number): boolean {
  if (!Number.isInteger(holder) || holder <= 0) return false;
  try {
    process.kill(holder, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
