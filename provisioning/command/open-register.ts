import { loadRegister, type StoredRegister } from '#provisioning/register/register-file.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { unreadRegister } from './folder.ts';

export type OpenedRegister =
  | { readonly ok: true; readonly stored: StoredRegister }
  /** How the command ends, and what it says. */
  | { readonly ok: false; readonly told: readonly [ExitCode, string] };

/** The register of TPS in the working folder, for a command that cannot do without it. */
export async function openRegister(folder: string): Promise<OpenedRegister> {
  const loaded = await loadRegister(folder);
  if (!loaded.ok) return { ok: false, told: unreadRegister(folder, loaded) };
  if (loaded.stored !== null) return { ok: true, stored: loaded.stored };
  const says = `belum ada daftar TPS di ${folder}: tps-provision import / nothing was imported yet`;
  return { ok: false, told: [EXIT.noInput, says] };
}
