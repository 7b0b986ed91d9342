import { levelOf, type Region } from '#contract/region.ts';
import { csvLines } from './csv-lines.ts';
import type { Fault } from './fault.ts';

/** What is known of the regions beside the register, to hold it against. */
export interface KnownRegions {
  readonly regions: readonly Region[];
  /** How many TPS there are in each kecamatan, by its code. */
  readonly counts: ReadonlyMap<string, number>;
}

export const NOTHING_KNOWN: KnownRegions = { regions: [], counts: new Map() };

export type ListRead<List> =
  | { readonly ok: true; readonly list: List }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/** A list of Kemendagri codes and names of any levels, `16.71.01,Ilir Barat II`, without a header. */
export function readRegionList(text: string): ListRead<KnownRegions['regions']> {
  const { lines, faults } = csvLines(text);
  const bad: Fault[] = [...faults];
  const regions: Region[] = [];
  for (const { line, cells } of lines) {
    const [code = '', name = ''] = cells;
    if (levelOf(code) !== null && name !== '') regions.push({ code, name });
    else bad.push({ line, field: null, code: 'bad-code', found: cells.join(','), expected: REGION_WORDS });
  }
  return bad.length > 0 ? { ok: false, faults: bad } : { ok: true, list: regions };
}

const REGION_WORDS = 'kode Kemendagri dengan titik, lalu nama: 16.71.01,Ilir Barat II';

/** How many TPS each kecamatan has: `kecamatan_code,kecamatan,tps`, under a header. */
export function readCountList(text: string): ListRead<KnownRegions['counts']> {
  const { lines, faults } = csvLines(text);
  const bad: Fault[] = [...faults];
  const counts = new Map<string, number>();
  for (const { line, cells } of lines.slice(1)) {
    const [code = '', , count = ''] = cells;
    const good = levelOf(code) === 'kecamatan' && /^[1-9]\d{0,4}$/.test(count) && !counts.has(code);
    if (good) counts.set(code, Number(count));
    else bad.push({ line, field: null, code: 'bad-number', found: cells.join(','), expected: COUNT_WORDS });
  }
  return bad.length > 0 ? { ok: false, faults: bad } : { ok: true, list: counts };
}

const COUNT_WORDS = 'kode kecamatan (sekali saja), nama, banyaknya TPS: 16.71.01,Ilir Barat II,89';
