import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readRegister } from '#provisioning/authority/kit-register.ts';

/** Folder of the certificate authority in that of `tps-provision`. */
export const AUTHORITY_FOLDER = 'authority';

/** TPS for which kits were issued: those in the authority's register of kits. */
export function issuedTps(folder: string): ReadonlySet<string> {
  const authority = join(folder, AUTHORITY_FOLDER);
  if (!existsSync(join(authority, 'register.json'))) return new Set();
  return new Set(readRegister(authority).map(({ tps }) => tps));
}
