import type { KeptKit } from '#provisioning/authority/kit-files.ts';
import { numberOf, regionOf, type TpsRegister } from '#provisioning/register/tps-register.ts';
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
}

/** The kits of the selected TPS, in the order of the register; TPS without one are left out. */
export function selectedKits(
  register: TpsRegister,
  kept: readonly KeptKit[],
  selection: Selection,
): readonly SelectedKit[] {
  const names = new Map(register.regions.map(({ code, name }) => [code, name]));
  const kits = new Map(
    kept.filter(({ revocation }) => revocation === null).map(({ issued }) => [issued.tps, issued.kit]),
  );
  return placesOf(register, selection).flatMap(({ tps }) => {
    const kit = kits.get(tps);
    const name = (level: 'kelurahan' | 'kecamatan' | 'kota') => names.get(regionOf(tps, level)) ?? '';
    if (kit === undefined) return [];
    const region = { kelurahan: name('kelurahan'), kecamatan: name('kecamatan'), kota: name('kota') };
    return [{ kit, tps, name: `TPS ${String(numberOf(tps)).padStart(3, '0')}`, ...region }];
  });
}

/** "TPS 001, Kel. Melati Timur, Kec. Melati, Kota Contoh". */
export function fullName({ name, kelurahan, kecamatan, kota }: SelectedKit): string {
  return `${name}, Kel. ${kelurahan}, Kec. ${kecamatan}, ${kota}`;
}
