import type { KitRegister } from '#contract/wire/register.ts';
import { keepJsonFile } from '#provisioning/json-file.ts';
import type { KeptKit } from './kit-files.ts';

/** The register of kits for central, made anew from what was issued. */
export const KIT_REGISTER = 'register.json';

export function writeKitRegister(authority: string, kept: readonly KeptKit[]): Promise<void> {
  return keepJsonFile(authority, KIT_REGISTER, registerOf(kept));
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
