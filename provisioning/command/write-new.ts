import { writeFile } from 'node:fs/promises';

/** Writes a file of that name; one that is there is not overwritten unless it is told. Answers what is wrong, or null. */
export async function writeNew(file: string, content: string | Uint8Array, replace = false): Promise<string | null> {
  try {
    await writeFile(file, content, { flag: replace ? 'w' : 'wx', mode: 0o600 });
    return null;
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    if (error.code === 'EEXIST') return `${file} sudah ada; sebut nama lain / exists: name another file`;
    return `${file} tidak dapat ditulis / cannot be written: ${error.message}`;
  }
}
