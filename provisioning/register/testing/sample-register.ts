import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { LEVELS, regionOf, tpsCode } from '#contract/region.ts';
import { COLUMNS, type Column } from '../columns.ts';
import { type RegisteredTps, registerOf, type TpsRegister } from '../tps-register.ts';

/** The example that comes with the project: a made-up city with three kelurahan and six TPS. */
export const SAMPLE_FILE = new URL('../../contoh-daftar-tps.csv', import.meta.url);
export const SAMPLE_CSV = readFileSync(SAMPLE_FILE, 'utf8');

const LINE: Readonly<Record<Column, string>> = {
  provinsi: 'Contoh',
  kode_provinsi: '98',
  kota: 'Kota Contoh',
  kode_kota: '98.01',
  kecamatan: 'Melati',
  kode_kecamatan: '98.01.01',
  kelurahan: 'Melati Timur',
  kode_kelurahan: '98.01.01.1001',
  tps: '1',
  dpt_l: '245',
  dpt_p: '255',
  dpt_j: '500',
  ketua: 'kpps-1',
  anggota: 'kpps-2 kpps-3',
  saksi: 'saksi-1 saksi-2',
  pengawas: 'pengawas-1',
};

export const HEADER = COLUMNS.join(',');

/** A good line, but for what is named. */
export function lineWith(changed: Partial<Record<Column, string>>): string {
  return COLUMNS.map((column) => changed[column] ?? LINE[column]).join(',');
}

export function csvOf(...lines: readonly string[]): string {
  return [HEADER, ...lines, ''].join('\n');
}

const digits = (count: number) => fc.stringMatching(new RegExp(`^[0-9]{${count}}$`));
const names = fc.stringMatching(/^[A-Z0-9][a-z]{1,10}( [A-Z(]?[a-z.,/')-]{1,8}){0,2}$/).map((name) => name.trim());

const places: fc.Arbitrary<RegisteredTps> = fc
  .record({
    kelurahan: fc.tuple(fc.constantFrom('98', '97'), fc.constantFrom('01', '02'), digits(2), digits(4)),
    number: fc.integer({ min: 1, max: 999 }),
    dpt: fc.integer({ min: 0, max: 999 }).chain((j) => fc.integer({ min: 0, max: j }).map((l) => ({ l, p: j - l }))),
    anggota: fc.integer({ min: 1, max: 12 }),
    saksi: fc.integer({ min: 0, max: 12 }),
  })
  .map(({ kelurahan, number, dpt, anggota, saksi }) => ({
    tps: tpsCode(kelurahan.join('.'), number),
    dpt,
    officers: [
      { code: 'kpps-1', role: 'ketua' as const },
      ...Array.from({ length: anggota }, (_, index) => ({ code: `kpps-${index + 2}`, role: 'anggota' as const })),
      ...Array.from({ length: saksi }, (_, index) => ({ code: `saksi-${index + 1}`, role: 'saksi' as const })),
    ],
  }));

/** Any register that can be. */
export const anyRegister: fc.Arbitrary<TpsRegister> = fc
  .uniqueArray(places, { selector: ({ tps }) => tps, minLength: 1, maxLength: 30 })
  .chain((list) => {
    const codes = [...new Set(list.flatMap(({ tps }) => LEVELS.map((level) => regionOf(tps, level))))];
    return fc.array(names, { minLength: codes.length, maxLength: codes.length }).map((given) =>
      registerOf(
        codes.map((code, index) => ({ code, name: given[index] ?? code })),
        list,
      ),
    );
  });
