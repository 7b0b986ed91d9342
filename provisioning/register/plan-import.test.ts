import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tpsCode } from '#contract/region.ts';
import { changesBetween, EMPTY_REGISTER, isNothing } from './changes.ts';
import { type ImportSituation, planImport } from './plan-import.ts';
import { readRegister } from './read-register.ts';
import { NOTHING_KNOWN } from './region-list.ts';
import { anyRegister, csvOf, lineWith, SAMPLE_CSV } from './testing/sample-register.ts';
import type { TpsRegister } from './tps-register.ts';

const good = readRegister(SAMPLE_CSV, NOTHING_KNOWN);
const partly = readRegister(csvOf(lineWith({}), lineWith({ tps: 'x' })), NOTHING_KNOWN);
const nothing = readRegister('', NOTHING_KNOWN);
const ISSUED = new Set([tpsCode('98.01.01.1001', 1)]);
const stored = good.register;
if (stored === null) throw new Error('the example is no register');

const base: ImportSituation = {
  read: good,
  stored: null,
  issued: new Set(),
  allowed: { badLines: false, replacing: false },
};
const planned = (changed: Partial<ImportSituation>) => planImport({ ...base, ...changed }).kind;

describe('importing', () => {
  it('takes a file in which nothing is wrong', () => {
    expect(planImport(base)).toMatchObject({ kind: 'import', register: good.register });
  });

  it('takes nothing where anything is wrong, unless told to take the good lines', () => {
    expect(planned({ read: partly })).toBe('bad-lines');
    const plan = planImport({ ...base, read: partly, allowed: { badLines: true, replacing: false } });
    expect(plan.kind === 'import' && plan.register.places.map(({ tps }) => tps)).toEqual(['9801011001001']);
  });

  it('takes nothing from a file without a good line, whatever it is told', () => {
    expect(planned({ read: nothing, allowed: { badLines: true, replacing: true } })).toBe('nothing-good');
  });

  it('changes nothing where the register says it all already, kits issued or not', () => {
    expect(planned({ stored })).toBe('unchanged');
    expect(planned({ stored, issued: ISSUED })).toBe('unchanged');
  });

  it('replaces a register freely until kits were issued, and then only when told', () => {
    const other = readRegister(SAMPLE_CSV.replace('245,255,500', '244,255,499'), NOTHING_KNOWN);
    expect(planned({ stored, read: other })).toBe('import');
    expect(planned({ stored, read: other, issued: ISSUED })).toBe('kits-issued');
    expect(planned({ stored, read: other, issued: ISSUED, allowed: { badLines: false, replacing: true } })).toBe(
      'import',
    );
  });
});

describe('what another register makes different', () => {
  it('is named by TPS and by region', () => {
    const text = SAMPLE_CSV.replace('245,255,500', '244,255,499')
      .replaceAll('Melati Barat', 'Mawar')
      .replace('9-10 Kenanga,98.01.02.1001,3', '9-10 Kenanga,98.01.02.1001,4');
    const { register } = readRegister(text, NOTHING_KNOWN);
    if (register === null) throw new Error('no register');
    const changes = changesBetween(stored, register);
    expect(changes).toMatchObject({
      added: ['9801021001004'],
      removed: ['9801021001003'],
      changed: [{ tps: '9801011001001', was: { dpt: { l: 245 } }, is: { dpt: { l: 244 } } }],
      renamed: [{ code: '98.01.01.1002', was: 'Melati Barat', is: 'Mawar' }],
    });
  });

  it('is nothing between a register and itself, and makes the other one of any two', () => {
    fc.assert(
      fc.property(anyRegister, anyRegister, (was, is) => {
        expect(isNothing(changesBetween(was, was))).toBe(true);
        expect(applied(was, is)).toEqual(is.places);
        expect(changesBetween(EMPTY_REGISTER, is).added).toEqual(is.places.map(({ tps }) => tps));
      }),
      { numRuns: 40 },
    );
  });
});

/** The old places with the changes made to them. */
function applied(was: TpsRegister, is: TpsRegister): TpsRegister['places'] {
  const { added, removed, changed } = changesBetween(was, is);
  const news = new Map(changed.map((change) => [change.tps, change.is]));
  const kept = was.places.filter(({ tps }) => !removed.includes(tps)).map((place) => news.get(place.tps) ?? place);
  const fresh = is.places.filter(({ tps }) => added.includes(tps));
  return [...kept, ...fresh].toSorted((a, b) => (a.tps < b.tps ? -1 : 1));
}
