import { createHash } from 'node:crypto';
import { LEVELS, type Level, levelOf, type Region, regionOf, tpsCode } from '#contract/region.ts';
import type { KnownRegions } from './region-list.ts';
import { LONGEST_LIST, type RegisteredTps, registerOf, type TpsRegister } from './tps-register.ts';

/** A register for rehearsals: real regions and numbers of TPS, and nobody in it who exists. */
export interface ExampleSetting {
  readonly known: KnownRegions;
  /** The same seed gives the same register. */
  readonly seed: string;
  /** Voters on all lists together. */
  readonly voters: number;
}

export type Example =
  | { readonly ok: true; readonly register: TpsRegister }
  | { readonly ok: false; readonly reason: string };

/** How far lists lie from the mean, at most. */
const SPREAD = 50;

export function exampleRegister({ known, seed, voters }: ExampleSetting): Example {
  const fault = faultOf(known, voters);
  if (fault !== null) return { ok: false, reason: fault };
  const codes = [...known.counts].flatMap(([kecamatan, count]) => {
    const kelurahan = kelurahanOf(known.regions, kecamatan);
    const shares = shared(
      count,
      kelurahan.map((code) => 2 + drawn(seed, code, 4)),
    );
    return kelurahan.flatMap((code, index) =>
      Array.from({ length: shares[index] ?? 0 }, (_, place) => tpsCode(code, place + 1)),
    );
  });
  const lists = lengthsOf(voters, codes, seed);
  const places = codes.map((tps, index) => placeOf(tps, lists[index] ?? 0, seed));
  return { ok: true, register: registerOf(regionsFor(codes, known.regions), places) };
}

function faultOf({ regions, counts }: KnownRegions, voters: number): string | null {
  for (const [kecamatan, count] of counts) {
    const kelurahan = kelurahanOf(regions, kecamatan).length;
    if (kelurahan === 0) return `tidak ada kelurahan untuk kecamatan ${kecamatan}`;
    if (count < kelurahan) return `kecamatan ${kecamatan}: ${count} TPS untuk ${kelurahan} kelurahan`;
    if (count > 900 * kelurahan) return `kecamatan ${kecamatan}: ${count} TPS terlalu banyak`;
  }
  const places = [...counts.values()].reduce((sum, count) => sum + count, 0);
  if (places === 0) return 'tidak ada kecamatan';
  if (voters < places || voters > places * LONGEST_LIST) {
    return `${voters} pemilih untuk ${places} TPS; harus ${places} sampai ${places * LONGEST_LIST}`;
  }
  return null;
}

function kelurahanOf(regions: readonly Region[], kecamatan: string): readonly string[] {
  return regions
    .map(({ code }) => code)
    .filter((code) => levelOf(code) === 'kelurahan' && code.startsWith(`${kecamatan}.`));
}

/** Every one gets at least 1, the rest by weight; together exactly `count`. */
function shared(count: number, weights: readonly number[]): readonly number[] {
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  let weight = 0;
  let given = 0;
  return weights.map((own) => {
    weight += own;
    const upTo = Math.round(((count - weights.length) * weight) / all);
    const share = 1 + upTo - given;
    given = upTo;
    return share;
  });
}

/** What two neighbours have more and less than the mean is the same, so that all together are `voters`. */
function lengthsOf(voters: number, codes: readonly string[], seed: string): readonly number[] {
  const mean = Math.floor(voters / codes.length);
  const spread = Math.max(0, Math.min(SPREAD, mean - 1, LONGEST_LIST - 1 - mean));
  return codes.map((_, index) => {
    const first = index - (index % 2);
    const alone = first === codes.length - 1;
    const more = alone ? 0 : drawn(seed, `list ${codes[first]}`, 2 * spread + 1) - spread;
    const rest = index < voters - mean * codes.length ? 1 : 0;
    return mean + rest + (index === first ? more : -more);
  });
}

function placeOf(tps: string, voters: number, seed: string): RegisteredTps {
  const l = Math.floor((voters * (470 + drawn(seed, `men ${tps}`, 51))) / 1000);
  const own = String(drawn(seed, `officers ${tps}`, 10_000)).padStart(4, '0');
  const several = (name: string, first: number, count: number) =>
    Array.from({ length: count }, (_, index) => `${name}-${first + index}-${own}`);
  return {
    tps,
    dpt: { l, p: voters - l },
    officers: [
      { code: `kpps-1-${own}`, role: 'ketua' },
      ...several('kpps', 2, 6).map((code) => ({ code, role: 'anggota' as const })),
      ...several('saksi', 1, 2 + drawn(seed, `saksi ${tps}`, 5)).map((code) => ({ code, role: 'saksi' as const })),
      { code: `pengawas-1-${own}`, role: 'pengawas' },
    ],
  };
}

/** Lists of regions often begin below the province: what has no name there is called by its code. */
function regionsFor(codes: readonly string[], known: readonly Region[]): readonly Region[] {
  const names = new Map(known.map(({ code, name }) => [code, name]));
  return LEVELS.flatMap((level) => {
    const used = new Set(codes.map((tps) => regionOf(tps, level)));
    return [...used].map((code) => ({ code, name: names.get(code) ?? `${UNNAMED[level]} ${code}` }));
  });
}

const UNNAMED: Readonly<Record<Level, string>> = {
  provinsi: 'Provinsi',
  kota: 'Kota',
  kecamatan: 'Kecamatan',
  kelurahan: 'Kelurahan',
};

/** A number from 0 to below `count`: the same for the same seed and words. */
function drawn(seed: string, words: string, count: number): number {
  return createHash('sha256').update(`${seed}\n${words}`).digest().readUInt32BE() % count;
}
