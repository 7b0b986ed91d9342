import { isDeepStrictEqual } from 'node:util';
import type { RegisteredTps, TpsRegister } from './tps-register.ts';

/** What another register makes different. */
export interface RegisterChanges {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly { readonly tps: string; readonly was: RegisteredTps; readonly is: RegisteredTps }[];
  readonly renamed: readonly { readonly code: string; readonly was: string; readonly is: string }[];
}

export const EMPTY_REGISTER: TpsRegister = { regions: [], places: [] };

export function changesBetween(was: TpsRegister, is: TpsRegister): RegisterChanges {
  const before = new Map(was.places.map((place) => [place.tps, place]));
  const after = new Set(is.places.map(({ tps }) => tps));
  const names = new Map(was.regions.map(({ code, name }) => [code, name]));
  return {
    added: is.places.filter(({ tps }) => !before.has(tps)).map(({ tps }) => tps),
    removed: was.places.filter(({ tps }) => !after.has(tps)).map(({ tps }) => tps),
    changed: is.places.flatMap((place) => {
      const old = before.get(place.tps);
      return old && !isDeepStrictEqual(old, place) ? [{ tps: place.tps, was: old, is: place }] : [];
    }),
    renamed: is.regions.flatMap(({ code, name }) => {
      const old = names.get(code);
      return old !== undefined && old !== name ? [{ code, was: old, is: name }] : [];
    }),
  };
}

export function isNothing({ added, removed, changed, renamed }: RegisterChanges): boolean {
  return added.length + removed.length + changed.length + renamed.length === 0;
}
