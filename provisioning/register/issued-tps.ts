import { join } from 'node:path';
import { keptKits } from '#provisioning/authority/kit-files.ts';

/** Folder of the certificate authority in that of `tps-provision`. */
export const AUTHORITY_FOLDER = 'authority';

/** TPS whose kit is issued and counts. Not read from the register of kits, which a run that was killed may not have written yet. */
export async function issuedTps(folder: string): Promise<ReadonlySet<string>> {
  const kept = await keptKits(join(folder, AUTHORITY_FOLDER));
  return new Set(kept.filter(({ revocation }) => revocation === null).map(({ issued }) => issued.tps));
}
