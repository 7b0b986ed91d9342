import { numberOf, regionOf, type TpsRegister } from './tps-register.ts';

/** How much there is of something registered. */
export interface Amount {
  readonly kelurahan: number;
  readonly tps: number;
  /** TPS whose kit is issued and counts. */
  readonly issued: number;
  /** Voters on the lists: men, women, both. */
  readonly dpt: { readonly l: number; readonly p: number; readonly j: number };
}

export interface RegisterSummary {
  /** In the order of their codes. */
  readonly kecamatan: readonly (Amount & { readonly code: string; readonly name: string })[];
  readonly all: Amount;
}

export function summaryOf({ regions, places }: TpsRegister, issued: ReadonlySet<string> = new Set()): RegisterSummary {
  const names = new Map(regions.map(({ code, name }) => [code, name]));
  const byKecamatan = Map.groupBy(places, ({ tps }) => regionOf(tps, 'kecamatan'));
  const kecamatan = [...byKecamatan].map(([code, own]) => ({
    ...{ code, name: names.get(code) ?? code },
    ...amountOf(own, issued),
  }));
  return { kecamatan, all: amountOf(places, issued) };
}

function amountOf(places: TpsRegister['places'], issued: ReadonlySet<string>): Amount {
  const l = places.reduce((sum, { dpt }) => sum + dpt.l, 0);
  const p = places.reduce((sum, { dpt }) => sum + dpt.p, 0);
  const kelurahan = new Set(places.map(({ tps }) => regionOf(tps, 'kelurahan'))).size;
  const ready = places.filter(({ tps }) => issued.has(tps)).length;
  return { kelurahan, tps: places.length, issued: ready, dpt: { l, p, j: l + p } };
}

/** "TPS 3 Melati Timur (9801011001003)". */
export function placeWords(tps: string, { regions }: TpsRegister): string {
  const code = regionOf(tps, 'kelurahan');
  return `TPS ${numberOf(tps)} ${regions.find((region) => region.code === code)?.name ?? code} (${tps})`;
}
