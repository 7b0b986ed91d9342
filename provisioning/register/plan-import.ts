import { changesBetween, EMPTY_REGISTER, isNothing, type RegisterChanges } from './changes.ts';
import type { RegisterRead } from './read-register.ts';
import type { TpsRegister } from './tps-register.ts';

export interface ImportSituation {
  readonly read: RegisterRead;
  /** The register as it is; null where there is none yet. */
  readonly stored: TpsRegister | null;
  /** TPS for which kits were issued: their bundles hold what the register said. */
  readonly issued: ReadonlySet<string>;
  /** What the technician has said beforehand. */
  readonly allowed: { readonly badLines: boolean; readonly replacing: boolean };
}

export type ImportPlan =
  | { readonly kind: 'import'; readonly register: TpsRegister; readonly changes: RegisterChanges }
  /** The register says all of it already. */
  | { readonly kind: 'unchanged'; readonly register: TpsRegister }
  /** Something is wrong, and nobody has said that the good lines shall be taken. */
  | { readonly kind: 'bad-lines' }
  | { readonly kind: 'nothing-good' }
  /** Kits were issued from the register as it is, and nobody has said that it shall be replaced. */
  | { readonly kind: 'kits-issued'; readonly changes: RegisterChanges };

/** What importing a file comes to, before anything is written. */
export function planImport({ read, stored, issued, allowed }: ImportSituation): ImportPlan {
  const { register, faults } = read;
  if (register === null) return { kind: 'nothing-good' };
  if (faults.length > 0 && !allowed.badLines) return { kind: 'bad-lines' };
  const changes = changesBetween(stored ?? EMPTY_REGISTER, register);
  if (isNothing(changes)) return { kind: 'unchanged', register };
  if (issued.size > 0 && !allowed.replacing) return { kind: 'kits-issued', changes };
  return { kind: 'import', register, changes };
}
