import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * The team's data folder (official form, real handwriting, registers) lies beside the checkout and
 * never in it. Tests that need a file of it skip, and say so, when it is not there.
 */
const FOLDER = process.env['TPS_KIT_SHARED'] ?? fileURLToPath(new URL('../../shared', import.meta.url));

/** Path of a file below shared/data, or null where this machine has none. */
export function sharedData(path: string): string | null {
  const file = `${FOLDER}/data/${path}`;
  if (existsSync(file)) return file;
  console.warn(`skipped what needs shared data: ${path} is not on this machine`);
  return null;
}
