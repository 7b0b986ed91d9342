import type { AccountRole } from '#contract/accounts-register.ts';
import { levelOf } from '#contract/region.ts';
import type { TpsRegister } from '#provisioning/register/tps-register.ts';

export interface PlannedAccount {
  readonly user: string;
  readonly role: AccountRole;
  /** Code of a kecamatan or kelurahan, with dots. */
  readonly region: string;
  readonly regionName: string;
}

/** Accounts of each role that a region gets. */
const PER_REGION = 2;
const ROLES_OF = { kecamatan: ['administrator', 'operator'], kelurahan: ['operator'] } as const;
const PREFIX: Readonly<Record<AccountRole, string>> = { administrator: 'admin', operator: 'operator' };

/** Two administrators and two operators for each kecamatan, two operators for each kelurahan, in the order of the regions. */
export function planAccounts({ regions }: TpsRegister): readonly PlannedAccount[] {
  return regions.flatMap(({ code, name }) => {
    const level = levelOf(code);
    if (level !== 'kecamatan' && level !== 'kelurahan') return [];
    return ROLES_OF[level].flatMap((role) =>
      Array.from({ length: PER_REGION }, (_, n) => ({
        user: `${PREFIX[role]}-${code.replaceAll('.', '')}-${n + 1}`,
        ...{ role, region: code, regionName: `${level === 'kecamatan' ? 'Kecamatan' : 'Kelurahan'} ${name}` },
      })),
    );
  });
}
