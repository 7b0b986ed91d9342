import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LEVELS, levelOf, numberOf, regionOf, tpsCode } from '#contract/region.ts';
import { readRegister } from './read-register.ts';
import { NOTHING_KNOWN } from './region-list.ts';
import { SAMPLE_CSV } from './testing/sample-register.ts';
import { registerOf, TpsRegister } from './tps-register.ts';

const { register } = readRegister(SAMPLE_CSV, NOTHING_KNOWN);
if (register === null) throw new Error('the example is no register');
const { regions, places } = register;
const [first] = places;
if (!first) throw new Error('the example is empty');

const refused = (changed: Partial<TpsRegister>) =>
  TpsRegister.safeParse({ ...register, ...changed }).error?.issues[0]?.message;

describe('the code of a TPS', () => {
  it('is its kelurahan and its number, and gives both back', () => {
    expect(tpsCode('16.71.01.1001', 7)).toBe('1671011001007');
    const kelurahan = fc.stringMatching(/^\d{2}\.\d{2}\.\d{2}\.\d{4}$/);
    fc.assert(
      fc.property(kelurahan, fc.integer({ min: 1, max: 999 }), (code, number) => {
        const tps = tpsCode(code, number);
        expect(tps).toMatch(/^\d{13}$/);
        expect([regionOf(tps, 'kelurahan'), numberOf(tps)]).toEqual([code, number]);
        expect(LEVELS.map((level) => levelOf(regionOf(tps, level)))).toEqual(LEVELS);
      }),
    );
  });
});

describe('a register', () => {
  it('is in one order, however its parts come', () => {
    expect(registerOf(regions.toReversed(), places.toReversed())).toEqual(register);
  });

  it('has each region and each TPS once, and every region a TPS lies in', () => {
    expect(refused({})).toBeUndefined();
    expect(refused({ regions: [...regions, ...regions.slice(0, 1)] })).toBe('a region is there twice');
    expect(refused({ places: [...places, first] })).toBe('a TPS is there twice');
    expect(refused({ regions: regions.slice(1) })).toMatch(/lies in a region that is not there/);
  });

  it('has no code that is none, and no more voters than the form has boxes for', () => {
    expect(refused({ regions: [{ code: '98.1', name: 'X' }] })).toMatch(/code of Kemendagri/);
    expect(refused({ places: [{ ...first, tps: '9801011001000' }] })).toMatch(/TPS code of 13 digits/);
    expect(refused({ places: [{ ...first, dpt: { l: 500, p: 500 } }] })).toMatch(/more voters than/);
  });
});
