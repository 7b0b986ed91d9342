import { readFile } from 'node:fs/promises';

export type TextRead =
  | { readonly ok: true; readonly text: string; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly says: string };

/** A text file that a person has named. */
export async function readText(file: string): Promise<TextRead> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    return { ok: false, says: `${file} tidak dapat dibaca, periksa namanya / cannot be read: ${error.message}` };
  }
  try {
    return { ok: true, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), bytes };
  } catch {
    const todo = 'simpan dari Excel sebagai "CSV UTF-8" / it is not UTF-8';
    return { ok: false, says: `${file} bukan teks UTF-8: ${todo}` };
  }
}
