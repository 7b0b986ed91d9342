import { numberOf, regionNames } from '#contract/region.ts';
import type { Accepted, KeptKit } from '#provisioning/authority/kit-files.ts';
import type { KitStage } from '#provisioning/register/summary.ts';
import type { TpsRegister } from '#provisioning/register/tps-register.ts';
import { stageOf } from './kit-stage.ts';
import { placesOf, type Selection } from './plan-issue.ts';

/** A kit in service, and where its TPS is. */
export interface SelectedKit {
  readonly kit: string;
  /** Code of 13 digits. */
  readonly tps: string;
  /** "TPS 001". */
  readonly name: string;
  readonly kelurahan: string;
  readonly kecamatan: string;
  readonly kota: string;
  readonly stage: KitStage;
  /** What the kit last said of itself; null where it has not said anything. */
  readonly accepted: Accepted | null;
}

/** The kits of the selected TPS, in the order of the register; TPS without one are left out. */
export function selectedKits(
  register: TpsRegister,
  kept: readonly KeptKit[],
  selection: Selection,
): readonly SelectedKit[] {
  const name = regionNames(register);
  const kits = new Map(kept.filter(({ revocation }) => revocation === null).map((one) => [one.issued.tps, one]));
  return placesOf(register, selection).flatMap(({ tps }) => {
    const own = kits.get(tps);
    if (own === undefined) return [];
    const where = { kelurahan: name(tps, 'kelurahan'), kecamatan: name(tps, 'kecamatan'), kota: name(tps, 'kota') };
    const { issued, accepted } = own;
    const how = { stage: stageOf(own), accepted };
    return [{ kit: issued.kit, tps, name: `TPS ${String(numberOf(tps)).padStart(3, '0')}`, ...where, ...how }];
  });
}

/** "TPS 001, Kel. Melati Timur, Kec. Melati, Kota Contoh". */
export function fullName({ name, kelurahan, kecamatan, kota }: SelectedKit): string {
  return `${name}, Kel. ${kelurahan}, Kec. ${kecamatan}, ${kota}`;
}
