import { levelOf, type Region } from '#contract/region.ts';
import type { Fault } from './fault.ts';
import type { ReadRow } from './read-row.ts';

export interface NamedRows {
  /** The one name of each region, by its code. */
  readonly names: ReadonlyMap<string, string>;
  readonly faults: readonly Fault[];
}

/**
 * Whether each line gives a region the name it has. What is known beside the register decides; where
 * nothing is known, the name that most lines give it, and with as many for another one, nobody's.
 */
export function checkedRegions(rows: readonly ReadRow[], known: readonly Region[]): NamedRows {
  const knownNames = new Map(known.map(({ code, name }) => [code, name]));
  const listed = new Set(known.map(({ code }) => levelOf(code)));
  const names = new Map([...mostGiven(rows), ...knownNames]);
  const faults = rows.flatMap(({ line, regions }) =>
    regions.flatMap(({ code, name }): readonly Fault[] => {
      const level = levelOf(code);
      if (listed.has(level) && !knownNames.has(code)) {
        const expected = `kode dari daftar wilayah (${level} ${name} tidak ada di sana)`;
        return [{ line, field: `kode_${level}`, code: 'unknown-region', found: code, expected }];
      }
      const right = names.get(code);
      if (right !== undefined && sameName(right, name)) return [];
      const expected =
        right === undefined ? `satu nama untuk ${code} di semua baris` : `"${right}", nama wilayah ${code}`;
      return [{ line, field: level, code: 'other-name', found: name, expected }];
    }),
  );
  return { names, faults };
}

/** In capitals or not, a name is the same name. */
function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** For each code the name most lines give it; none where two are given equally often. */
function mostGiven(rows: readonly ReadRow[]): ReadonlyMap<string, string> {
  const byCode = Map.groupBy(
    rows.flatMap(({ regions }) => regions),
    ({ code }) => code,
  );
  const names = new Map<string, string>();
  for (const [code, given] of byCode) {
    const spellings = Map.groupBy(given, ({ name }) => name.toLowerCase());
    const [most, second] = [...spellings.values()].toSorted((a, b) => b.length - a.length);
    if (most?.[0] && most.length > (second?.length ?? 0)) names.set(code, most[0].name);
  }
  return names;
}
