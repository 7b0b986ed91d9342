import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { KitRegister } from '#contract/wire/register.ts';
import { replaceFile } from '#provisioning/durable-file.ts';
import { type KeptKit, keptKits } from './kit-files.ts';

/** The register of kits for central, made anew from what was issued. */
export const KIT_REGISTER = 'register.json';

export async function writeKitRegister(authority: string): Promise<void> {
  const register = registerOf(await keptKits(authority));
  const written = await replaceFile(authority, KIT_REGISTER, `${JSON.stringify(register, null, 1)}\n`);
  if (!written.ok) throw new Error(written.reason);
}

/** The kits that count for a TPS. */
export function readRegister(authority: string): KitRegister['kits'] {
  return KitRegister.parse(JSON.parse(readFileSync(join(authority, KIT_REGISTER), 'utf8'))).kits;
}

function registerOf(kept: readonly KeptKit[]): KitRegister {
  return {
    schema: 1,
    kits: kept
      .filter(({ revocation }) => revocation === null)
      .map(({ issued: { kit, tps, thumbprint } }) => ({ kit, tps, thumbprint })),
    revoked: kept.flatMap(({ issued: { kit, tps, thumbprint }, revocation }) =>
      revocation === null ? [] : [{ kit, tps, thumbprint, at: revocation.at, reason: revocation.reason }],
    ),
  };
}
