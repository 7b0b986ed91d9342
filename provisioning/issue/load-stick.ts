import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ENROLMENT_STICK } from '#contract/wire/enrolment-stick.ts';
import { KITS } from '#provisioning/authority/kit-files.ts';
import { syncFolder, writeDurably } from '#provisioning/durable-file.ts';
import { ENROLMENT_FILE } from './enrol-kit.ts';

export type LoadedStick =
  | { readonly ok: true; readonly folder: string }
  /** other: a bundle lies on it already. not-whole: the stick does not hold what was written to it. */
  | { readonly ok: false; readonly code: 'other' | 'not-whole'; readonly reason: string };

/** Lays a kit's bundle and private key on a stick, and reads them back. Rejects with the system's error where it cannot be written. */
export async function loadStick(
  authority: string,
  {
    kit,
    label,
    stick,
    replace,
  }: { readonly kit: string; readonly label: string; readonly stick: string; readonly replace: boolean },
): Promise<LoadedStick> {
  const folder = join(stick, ENROLMENT_STICK.folder);
  if (existsSync(folder) && !replace) return { ok: false, code: 'other', reason: `${folder} is there already` };
  const kept = (name: string) => readFile(join(authority, KITS, kit, name), 'utf8');
  const files = {
    [ENROLMENT_STICK.label]: label,
    [ENROLMENT_STICK.enrolment]: await kept(ENROLMENT_FILE),
    [ENROLMENT_STICK.key]: await kept('kit.key'),
  };
  const temporary = `${folder}.menulis`;
  await rm(temporary, { recursive: true, force: true });
  await mkdir(temporary, { recursive: true });
  for (const [name, text] of Object.entries(files)) await writeDurably(join(temporary, name), text);
  if (replace) await rm(folder, { recursive: true, force: true });
  await rename(temporary, folder);
  await syncFolder(stick);
  for (const [name, text] of Object.entries(files)) {
    if ((await readFile(join(folder, name), 'utf8')) !== text) {
      return { ok: false, code: 'not-whole', reason: `${name} reads back otherwise than it was written` };
    }
  }
  return { ok: true, folder };
}
