import { regionOf } from '#contract/region.ts';
import type { KeptKit } from '#provisioning/authority/kit-files.ts';
import type { RegisteredTps, TpsRegister } from '#provisioning/register/tps-register.ts';

/** Which TPS of the register are meant: all, those of a region (its code of Kemendagri, with dots), or one (13 digits). */
export type Selection =
  | { readonly of: 'all' }
  | { readonly of: 'kecamatan' | 'kelurahan'; readonly code: string }
  | { readonly of: 'tps'; readonly code: string };

export interface PlannedKit {
  readonly kit: string;
  readonly place: RegisteredTps;
}

export interface IssuePlan {
  /** In the order of the register. */
  readonly orders: readonly PlannedKit[];
  /** How many of the selected TPS have a kit that counts. */
  readonly issued: number;
}

/**
 * The kits that are still to be issued: one for each selected TPS that has none, or whose kits were all revoked. The
 * name says the TPS and how many kits it has had, so that a second one for the same TPS is another kit.
 */
export function planIssue(register: TpsRegister, kept: readonly KeptKit[], selection: Selection): IssuePlan {
  const selected = placesOf(register, selection);
  const had = Map.groupBy(kept, ({ issued }) => issued.tps);
  const orders = selected.flatMap((place) => {
    const earlier = had.get(place.tps) ?? [];
    if (earlier.some(({ revocation }) => revocation === null)) return [];
    return [{ kit: `kit-${place.tps}-${earlier.length + 1}`, place }];
  });
  return { orders, issued: selected.length - orders.length };
}

export function placesOf(register: TpsRegister, selection: Selection): readonly RegisteredTps[] {
  switch (selection.of) {
    case 'all':
      return register.places;
    case 'tps':
      return register.places.filter(({ tps }) => tps === selection.code);
    case 'kecamatan':
    case 'kelurahan':
      return register.places.filter(({ tps }) => regionOf(tps, selection.of) === selection.code);
  }
}
