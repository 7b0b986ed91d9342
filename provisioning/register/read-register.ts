import { LEVELS, numberOf, regionOf } from '#contract/region.ts';
import { rowsOf } from './columns.ts';
import { csvLines } from './csv-lines.ts';
import type { Fault } from './fault.ts';
import { type ReadRow, readRow } from './read-row.ts';
import type { KnownRegions } from './region-list.ts';
import { checkedRegions, type NamedRows } from './region-names.ts';
import { LONGEST_LIST, type RegisteredTps, registerOf, type TpsRegister } from './tps-register.ts';

export interface RegisterRead {
  /** Of the good lines alone; null where the file cannot be understood as a register, or no line is good. */
  readonly register: TpsRegister | null;
  /** Everything that is wrong, in the order of the lines. */
  readonly faults: readonly Fault[];
  /** What is unusual and may be right. */
  readonly notices: readonly Fault[];
  /** Lines of TPS, good and bad. */
  readonly lines: number;
}

/** The register in a CSV file, and every line of it that is wrong, held against what is known of the regions. */
export function readRegister(text: string, known: KnownRegions): RegisterRead {
  const rows = rowsOf(csvLines(text));
  if (!rows.ok) return { register: null, faults: inOrder(rows.faults), notices: [], lines: 0 };
  const read = rows.rows.map(readRow);
  const named = checkedRegions(read, known.regions);
  const lineFaults = [
    ...rows.faults,
    ...read.flatMap(({ faults }) => faults),
    ...named.faults,
    ...repeatedFaults(read),
  ];
  const bad = new Set(lineFaults.map(({ line }) => line));
  const places = read.flatMap(({ line, place }) => (place === null || bad.has(line) ? [] : [place]));
  return {
    register: places.length === 0 ? null : registerOf(namesFor(places, named), places),
    faults: inOrder([...lineFaults, ...countFaults(read, known.counts)]),
    notices: inOrder([...longLists(read), ...gaps(read)]),
    lines: new Set([...read.map(({ line }) => line), ...bad]).size,
  };
}

function inOrder(faults: readonly Fault[]): readonly Fault[] {
  const lineOf = ({ line }: Fault) => line ?? Number.POSITIVE_INFINITY;
  return faults.toSorted((a, b) => (lineOf(a) === lineOf(b) ? 0 : lineOf(a) - lineOf(b)));
}

function namesFor(places: readonly RegisteredTps[], { names }: NamedRows): TpsRegister['regions'] {
  const codes = new Set(places.flatMap(({ tps }) => LEVELS.map((level) => regionOf(tps, level))));
  return [...codes].map((code) => ({ code, name: names.get(code) ?? code }));
}

/** Both lines are named, and neither is good: nothing tells which of them is the right one. */
function repeatedFaults(read: readonly ReadRow[]): readonly Fault[] {
  const byTps = Map.groupBy(read, ({ tps }) => tps);
  return [...byTps].flatMap(([tps, rows]) => {
    if (tps === null || rows.length === 1) return [];
    return rows.map(({ line }): Fault => {
      const others = rows.filter((row) => row.line !== line).map((row) => row.line);
      const expected = `nomor yang belum dipakai di kelurahan ini; sama dengan baris ${others.join(', ')}`;
      return { line, field: 'tps', code: 'repeated-tps', found: String(numberOf(tps)), expected };
    });
  });
}

function countFaults(read: readonly ReadRow[], counts: KnownRegions['counts']): readonly Fault[] {
  const codes = read.flatMap(({ tps }) => (tps === null ? [] : [tps]));
  const found = Map.groupBy(new Set(codes), (tps) => regionOf(tps, 'kecamatan'));
  return [...counts].flatMap(([kecamatan, count]): readonly Fault[] => {
    const have = found.get(kecamatan)?.length ?? 0;
    if (have === count) return [];
    const expected = `${count} TPS di kecamatan ${kecamatan}`;
    return [{ line: null, field: 'kode_kecamatan', code: 'tps-count', found: `${have} TPS`, expected }];
  });
}

function longLists(read: readonly ReadRow[]): readonly Fault[] {
  return read.flatMap(({ line, place }): readonly Fault[] => {
    const voters = place === null ? 0 : place.dpt.l + place.dpt.p;
    if (voters <= LONGEST_LIST) return [];
    const expected = `paling banyak ${LONGEST_LIST} pemilih`;
    return [{ line, field: 'dpt_j', code: 'list-too-long', found: String(voters), expected }];
  });
}

/** TPS of a kelurahan are numbered from 1; those of special places (prisons, campuses) from 901. */
const FIRST_SPECIAL = 901;

function gaps(read: readonly ReadRow[]): readonly Fault[] {
  const numbered = read.flatMap(({ line, tps }) => (tps === null ? [] : [{ line, tps, number: numberOf(tps) }]));
  const byKelurahan = Map.groupBy(numbered, ({ tps }) => regionOf(tps, 'kelurahan'));
  return [...byKelurahan.values()].flatMap((rows) => {
    const numbers = new Set(rows.map(({ number }) => number));
    return rows
      .filter(({ number }) => number !== 1 && number !== FIRST_SPECIAL && !numbers.has(number - 1))
      .map(({ line, number }): Fault => {
        const expected = `TPS ${number - 1} juga ada di kelurahan ini`;
        return { line, field: 'tps', code: 'gap', found: String(number), expected };
      });
  });
}
