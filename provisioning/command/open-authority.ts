import { join } from 'node:path';
import { type OpenAuthority, unlockAuthority } from '#provisioning/authority/authority.ts';
import { type IssueSettings, loadSettings } from '#provisioning/issue/settings.ts';
import { AUTHORITY_FOLDER } from '#provisioning/register/issued-tps.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { readPassphrase } from './passphrase.ts';

export type OpenedAuthority =
  | { readonly ok: true; readonly authority: OpenAuthority }
  | { readonly ok: false; readonly exit: ExitCode; readonly says: string };

/** Opens the authority in the working folder with the passphrase in a file, or one that is typed. */
export async function openAuthority(folder: string, passphraseFile: string | undefined): Promise<OpenedAuthority> {
  const passphrase = await readPassphrase(passphraseFile, 'Kata sandi kunci penerbit / of the issuing key');
  if (!passphrase.ok) return { ok: false, exit: EXIT.noInput, says: passphrase.says };
  const unlocked = unlockAuthority(join(folder, AUTHORITY_FOLDER), passphrase.passphrase);
  if (unlocked.ok) return unlocked;
  return unlocked.code === 'no-authority'
    ? { ok: false, exit: EXIT.noInput, says: noAuthority(folder) }
    : { ok: false, exit: EXIT.refused, says: 'kata sandi salah; tidak ada yang berubah / wrong passphrase' };
}

export type OpenedSettings =
  | { readonly ok: true; readonly settings: IssueSettings }
  | { readonly ok: false; readonly exit: ExitCode; readonly says: string };

/** What `init` set for all kits. */
export async function openSettings(folder: string): Promise<OpenedSettings> {
  const loaded = await loadSettings(folder);
  if (loaded.ok) return loaded;
  return loaded.code === 'none'
    ? { ok: false, exit: EXIT.noInput, says: noAuthority(folder) }
    : {
        ok: false,
        exit: EXIT.damaged,
        says: `pengaturan rusak; ambil cadangannya / restore the copy: ${loaded.reason}`,
      };
}

export function noAuthority(folder: string): string {
  return `belum ada otoritas di ${folder}: tps-provision init / there is no authority yet`;
}
