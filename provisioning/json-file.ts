import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import { replaceFile, type Written } from './durable-file.ts';

/** What the working folder keeps as JSON. */

/** A file cannot be what this program wrote. */
export class DamagedFile extends Error {}

/** A file that has to be written cannot be. */
export class UnwritableFile extends Error {}

/** null where there is no such file. Rejects with DamagedFile where it is damaged: who took it for missing would make it anew. */
export async function readJsonFile<T>(file: string, schema: z.ZodType<T>): Promise<T | null> {
  try {
    return schema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw new DamagedFile(`${file}: ${error instanceof Error ? error.message : error}`, { cause: error });
  }
}

/** Puts a whole file in place, as `replaceFile` does. */
export function writeJsonFile(folder: string, name: string, content: object): Promise<Written> {
  return replaceFile(folder, name, `${JSON.stringify(content, null, 1)}\n`);
}

/** The same, where nothing can go on without it: rejects with UnwritableFile. */
export async function keepJsonFile(folder: string, name: string, content: object): Promise<void> {
  const written = await writeJsonFile(folder, name, content);
  if (!written.ok) throw new UnwritableFile(`${join(folder, name)}: ${written.reason}`);
}
