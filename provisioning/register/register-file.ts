import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { replaceFile, type Written } from '#provisioning/durable-file.ts';
import { TpsRegister } from './tps-register.ts';

/** The register as it is kept in the folder of `tps-provision`. */
export const REGISTER_FILE = 'daftar-tps.json';

const FORMAT = 1;

const StoredRegister = z
  .strictObject({
    schema: z.literal(FORMAT),
    /** The file it was imported from: its name, the sha256 of its bytes in lower-case hex, and when (ISO 8601). */
    source: z
      .strictObject({ file: z.string(), sha256: z.string().regex(/^[0-9a-f]{64}$/), importedAt: z.iso.datetime() })
      .readonly(),
    register: TpsRegister,
  })
  .readonly();
export type StoredRegister = z.infer<typeof StoredRegister>;

export type LoadedRegister =
  | { readonly ok: true; readonly stored: StoredRegister | null }
  /** newer: another version of this program wrote it, which is no damage. */
  | { readonly ok: false; readonly code: 'newer' | 'damaged' | 'unreadable'; readonly reason: string };

/** The register of that folder; null where none was imported yet. */
export async function loadRegister(folder: string): Promise<LoadedRegister> {
  let text: string;
  try {
    text = await readFile(join(folder, REGISTER_FILE), 'utf8');
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    return error.code === 'ENOENT'
      ? { ok: true, stored: null }
      : { ok: false, code: 'unreadable', reason: error.message };
  }
  return parsed(text);
}

export function saveRegister(folder: string, stored: Omit<StoredRegister, 'schema'>): Promise<Written> {
  const { source, register } = stored;
  return replaceFile(folder, REGISTER_FILE, `${JSON.stringify({ schema: FORMAT, source, register }, null, 1)}\n`);
}

function parsed(text: string): LoadedRegister {
  const json = parsedJson(text);
  const newer = z.looseObject({ schema: z.int().min(FORMAT + 1) }).safeParse(json);
  if (newer.success) {
    return { ok: false, code: 'newer', reason: `format ${newer.data.schema}, this program knows ${FORMAT}` };
  }
  const read = StoredRegister.safeParse(json);
  if (read.success) return { ok: true, stored: read.data };
  return { ok: false, code: 'damaged', reason: z.prettifyError(read.error) };
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
