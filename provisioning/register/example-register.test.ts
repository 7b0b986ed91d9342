import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numberOf, regionOf } from '#contract/region.ts';
import { sharedData } from '#test/shared-data.ts';
import { type Example, type ExampleSetting, exampleRegister } from './example-register.ts';
import { readRegister } from './read-register.ts';
import { type KnownRegions, readCountList, readRegionList } from './region-list.ts';
import { summaryOf } from './summary.ts';
import { LONGEST_LIST, TpsRegister } from './tps-register.ts';
import { writeRegister } from './write-register.ts';

const KNOWN: KnownRegions = {
  regions: [
    { code: '98.01', name: 'Kota Contoh' },
    { code: '98.01.01', name: 'Melati' },
    { code: '98.01.01.1001', name: 'Melati Timur' },
    { code: '98.01.01.1002', name: 'Melati Barat' },
    { code: '98.01.02', name: 'Kenanga' },
    { code: '98.01.02.1001', name: 'Kenanga' },
  ],
  counts: new Map([
    ['98.01.01', 25],
    ['98.01.02', 4],
  ]),
};
const SETTING: ExampleSetting = { known: KNOWN, seed: 'a', voters: 15_000 };

function made(example: Example): TpsRegister {
  if (!example.ok) throw new Error(example.reason);
  return example.register;
}

describe('an example register', () => {
  it('has the TPS of each kecamatan, numbered from 1 in each of its kelurahan, and all voters', () => {
    const register = made(exampleRegister(SETTING));
    const { kecamatan, all } = summaryOf(register);
    expect(kecamatan.map(({ code, name, kelurahan, tps }) => [code, name, kelurahan, tps])).toEqual([
      ['98.01.01', 'Melati', 2, 25],
      ['98.01.02', 'Kenanga', 1, 4],
    ]);
    expect(all.dpt.j).toBe(15_000);
    for (const places of Map.groupBy(register.places, ({ tps }) => regionOf(tps, 'kelurahan')).values()) {
      expect(places.map(({ tps }) => numberOf(tps))).toEqual(places.map((_, index) => index + 1));
    }
  });

  it('is the same for the same seed, and another for another', () => {
    const register = made(exampleRegister(SETTING));
    expect(made(exampleRegister(SETTING))).toEqual(register);
    expect(made(exampleRegister({ ...SETTING, seed: 'b' }))).not.toEqual(register);
  });

  it('calls by its code what the list of regions does not name', () => {
    expect(made(exampleRegister(SETTING)).regions).toContainEqual({ code: '98', name: 'Provinsi 98' });
  });

  it('says why it cannot be: no kelurahan, fewer TPS than kelurahan, too many, voters that do not fit, nothing at all', () => {
    const refused = (counts: readonly [string, number][], voters = 15_000) =>
      exampleRegister({ ...SETTING, voters, known: { ...KNOWN, counts: new Map(counts) } });
    expect(refused([['98.01.03', 5]])).toEqual({ ok: false, reason: 'tidak ada kelurahan untuk kecamatan 98.01.03' });
    expect(refused([['98.01.01', 1]])).toEqual({ ok: false, reason: 'kecamatan 98.01.01: 1 TPS untuk 2 kelurahan' });
    expect(refused([['98.01.02', 901]])).toMatchObject({
      ok: false,
      reason: expect.stringContaining('terlalu banyak'),
    });
    expect(refused([['98.01.02', 4]], 2_401)).toMatchObject({
      reason: '2401 pemilih untuk 4 TPS; harus 4 sampai 2400',
    });
    expect(refused([['98.01.02', 4]], 3)).toMatchObject({ ok: false });
    expect(refused([])).toEqual({ ok: false, reason: 'tidak ada kecamatan' });
  });

  it('is a register that import accepts without a remark, whatever its numbers', () => {
    const setting = fc
      .record({ melati: fc.integer({ min: 2, max: 60 }), kenanga: fc.integer({ min: 1, max: 60 }), seed: fc.string() })
      .chain(({ melati, kenanga, seed }) => {
        const places = melati + kenanga;
        const counts = new Map([
          ['98.01.01', melati],
          ['98.01.02', kenanga],
        ]);
        return fc
          .integer({ min: places, max: places * LONGEST_LIST })
          .map((voters) => ({ known: { ...KNOWN, counts }, seed, voters }));
      });
    fc.assert(
      fc.property(setting, (any) => {
        const register = TpsRegister.parse(made(exampleRegister(any)));
        expect(summaryOf(register).all.dpt.j).toBe(any.voters);
        const province = { code: '98', name: 'Provinsi 98' };
        const known = { ...any.known, regions: [...any.known.regions, province] };
        const read = readRegister(writeRegister(register, ';'), known);
        expect({ register: read.register, faults: read.faults, notices: read.notices }).toEqual({
          register,
          faults: [],
          notices: [],
        });
      }),
      { numRuns: 30 },
    );
  });
});

describe('the lists of regions', () => {
  it('name the line that is wrong', () => {
    expect(readRegionList('16.71,KOTA\n16.7,X\n16.71.01\n')).toMatchObject({
      ok: false,
      faults: [
        { line: 2, found: '16.7,X' },
        { line: 3, found: '16.71.01' },
      ],
    });
    const counts = readCountList(
      'kecamatan_code,kecamatan,tps\n16.71.01,A,89\n16.71.01,A,89\n16.71.02,B,x\n16.71,C,1\n',
    );
    expect(counts).toMatchObject({ ok: false, faults: [{ line: 3 }, { line: 4 }, { line: 5 }] });
  });
});

const kelurahanFile = sharedData('palembang/kelurahan.csv');
const kecamatanFile = sharedData('palembang/tps-per-kecamatan.csv');

describe.skipIf(kelurahanFile === null || kecamatanFile === null)('an example register of Palembang', () => {
  it('has 2,272 TPS in 18 kecamatan and 107 kelurahan, as many in each as there are, and is accepted', () => {
    const regions = readRegionList(readFileSync(kelurahanFile ?? '', 'utf8'));
    const counted = readCountList(readFileSync(kecamatanFile ?? '', 'utf8'));
    if (!regions.ok || !counted.ok) throw new Error('the lists cannot be read');
    const known = { regions: regions.list, counts: counted.list };
    const register = made(exampleRegister({ known, seed: '1', voters: 1_241_196 }));
    const { kecamatan, all } = summaryOf(register);
    expect(all).toMatchObject({ tps: 2_272, kelurahan: 107, dpt: { j: 1_241_196 } });
    expect(new Map(kecamatan.map(({ code, tps }) => [code, tps]))).toEqual(known.counts);
    const read = readRegister(writeRegister(register, ','), known);
    expect({ faults: read.faults, notices: read.notices, register: read.register }).toEqual({
      faults: [],
      notices: [],
      register,
    });
  });
});
