import { numberOf, regionNames, regionOf } from '#contract/region.ts';
import type { TpsRegister } from './tps-register.ts';

/** How far a TPS's kit is on its way; failed: it has said that something does not work. */
export type KitStage = 'issued' | 'loaded' | 'accepted' | 'failed';
/** By TPS code; those without a kit are not there. */
export type KitStages = ReadonlyMap<string, KitStage>;

/** How much there is of something registered. */
export interface Amount {
  readonly kelurahan: number;
  readonly tps: number;
  /** TPS by how far their kit is. */
  readonly kits: Readonly<Record<KitStage, number>>;
  /** Voters on the lists: men, women, both. */
  readonly dpt: { readonly l: number; readonly p: number; readonly j: number };
}

export interface RegisterSummary {
  /** In the order of their codes. */
  readonly kecamatan: readonly (Amount & { readonly code: string; readonly name: string })[];
  readonly all: Amount;
}

export function summaryOf(register: TpsRegister, stages: KitStages = new Map()): RegisterSummary {
  const { places } = register;
  const name = regionNames(register);
  const byKecamatan = Map.groupBy(places, ({ tps }) => regionOf(tps, 'kecamatan'));
  const kecamatan = [...byKecamatan].map(([code, own]) => ({
    ...{ code, name: own[0] ? name(own[0].tps, 'kecamatan') : code },
    ...amountOf(own, stages),
  }));
  return { kecamatan, all: amountOf(places, stages) };
}

function amountOf(places: TpsRegister['places'], stages: KitStages): Amount {
  const l = places.reduce((sum, { dpt }) => sum + dpt.l, 0);
  const p = places.reduce((sum, { dpt }) => sum + dpt.p, 0);
  const kelurahan = new Set(places.map(({ tps }) => regionOf(tps, 'kelurahan'))).size;
  const count = (stage: KitStage) => places.filter(({ tps }) => stages.get(tps) === stage).length;
  const kits = {
    ...{ issued: count('issued'), loaded: count('loaded') },
    ...{ accepted: count('accepted'), failed: count('failed') },
  };
  return { kelurahan, tps: places.length, kits, dpt: { l, p, j: l + p } };
}

/** "TPS 3 Melati Timur (9801011001003)". */
export function placeWords(tps: string, register: TpsRegister): string {
  return `TPS ${numberOf(tps)} ${regionNames(register)(tps, 'kelurahan')} (${tps})`;
}
