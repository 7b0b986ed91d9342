import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LEVELS, regionOf } from '#contract/region.ts';
import { stationRegisterOf } from '#contract/station-register.ts';
import { type CountedRecord, type Recapitulation, recapitulate, type StationState } from './recapitulation.ts';
import type { Decision } from './reviews.ts';

const FORM = 'c-hasil-kwk-gubernur';

/** Two kelurahan in one kecamatan, one in another: six stations. */
const TPS = ['001', '002', '003'].flatMap((number) => [`9801011001${number}`, `9801021001${number}`]);
const REGISTER = stationRegisterOf(TPS);

function record(tps: string, parts: Partial<CountedRecord> & Pick<CountedRecord, 'digest'>): CountedRecord {
  return {
    ...{ mode: 'resmi', tps, form: FORM, version: 1, supersedes: null, committedAt: new Date(0) },
    ...{ breaches: 0, warnings: 0, changed: 0, pictures: 3, picturesWhole: 3, flags: [] },
    ...{ figures: [{ id: 'paslon-1', value: 10 }] },
    ...parts,
  };
}

const recapOf = (records: readonly CountedRecord[], decisions: Readonly<Record<string, Decision>> = {}) =>
  recapitulate(
    FORM,
    REGISTER,
    Map.groupBy(records, ({ tps }) => tps),
    new Map(Object.entries(decisions)),
  );
const areaOf = ({ areas }: Recapitulation, code: string) => areas.find((area) => area.code === code);
const [first = '', second = ''] = TPS;
const stateOf = (recap: Recapitulation) => recap.stations.find(({ tps }) => tps === first)?.state;

describe('what counts', () => {
  test('a record that is whole and breaks no rule, at every level above its TPS', () => {
    const recap = recapOf([record(first, { digest: 'a' }), record(second, { digest: 'b' })]);
    const sums = ['98', '98.01', '98.01.01', '98.01.01.1001'].map((code) => areaOf(recap, code)?.figures['paslon-1']);
    expect(sums).toEqual([20, 20, 10, 10]);
    expect(areaOf(recap, '98')).toMatchObject({ stations: 6, states: { counted: 2, missing: 4 } });
  });

  test.each<[string, Partial<CountedRecord>, StationState]>([
    ['a page is wanting', { flags: ['pages-missing'] }, 'incomplete'],
    ['a picture has not come yet', { picturesWhole: 2 }, 'incomplete'],
    ['a figure could not be read by anybody', { figures: [{ id: 'paslon-1', value: null }] }, 'incomplete'],
    ['a rule is broken on the paper', { breaches: 1 }, 'breach'],
    ['it is out of its kit’s chain', { flags: ['chain-broken'] }, 'under-review'],
    ['it corrects what is not there', { supersedes: 'z' }, 'under-review'],
  ])('not where %s', (_, parts, state) => {
    const recap = recapOf([record(first, { digest: 'a', ...parts })]);
    expect(stateOf(recap)).toBe(state);
    expect(areaOf(recap, '98')).toMatchObject({ figures: {}, states: { [state]: 1, counted: 0 } });
  });

  test('neither of two that claim to be the newest', () => {
    const recap = recapOf([record(first, { digest: 'a' }), record(first, { digest: 'b' })]);
    expect([stateOf(recap), areaOf(recap, '98')?.figures]).toEqual(['under-review', {}]);
  });

  test('the correction, and not what it corrects', () => {
    const newer = record(first, {
      ...{ digest: 'b', version: 2, supersedes: 'a' },
      ...{ figures: [{ id: 'paslon-1', value: 12 }] },
    });
    expect(areaOf(recapOf([newer, record(first, { digest: 'a' })]), '98')?.figures).toEqual({ 'paslon-1': 12 });
  });
});

describe('what a person decides', () => {
  test('lets a breach count, and says that it does', () => {
    const recap = recapOf([record(first, { digest: 'a', breaches: 1 })], { a: 'count' });
    expect(recap.stations[0]).toMatchObject({ state: 'counted', released: true, figures: { 'paslon-1': 10 } });
  });

  test('chooses between two', () => {
    const two = [
      record(first, { digest: 'a' }),
      record(first, { digest: 'b', figures: [{ id: 'paslon-1', value: 11 }] }),
    ];
    expect(recapOf(two, { b: 'count' }).stations[0]).toMatchObject({ digest: 'b', figures: { 'paslon-1': 11 } });
    expect(stateOf(recapOf(two, { a: 'count', b: 'count' }))).toBe('under-review');
  });

  test('holds back what would count, and can never make whole what is not', () => {
    expect(stateOf(recapOf([record(first, { digest: 'a' })], { a: 'hold' }))).toBe('under-review');
    expect(stateOf(recapOf([record(first, { digest: 'a', picturesWhole: 0 })], { a: 'count' }))).toBe('incomplete');
  });

  test('no longer bears on what has been corrected since', () => {
    const newer = record(first, { digest: 'b', version: 2, supersedes: 'a', breaches: 1 });
    expect(stateOf(recapOf([record(first, { digest: 'a', breaches: 1 }), newer], { a: 'count' }))).toBe('breach');
  });
});

describe('the totals', () => {
  const history = fc.array(fc.integer({ min: 0, max: 999 }), { maxLength: 4 });

  test('are the sum of the truth, in whatever order records come and however often', () => {
    fc.assert(
      fc.property(fc.tuple(...TPS.map(() => history)), fc.infiniteStream(fc.nat()), (truth, order) => {
        const records = truth.flatMap((values, n) =>
          values.map((value, version) =>
            record(TPS[n] ?? '', {
              ...{
                digest: `${n}-${version}`,
                version: version + 1,
                supersedes: version ? `${n}-${version - 1}` : null,
              },
              ...{ committedAt: new Date(order.next().value), figures: [{ id: 'paslon-1', value }] },
            }),
          ),
        );
        const shuffled = records.map((one) => [order.next().value, one] as const).toSorted(([a], [b]) => a - b);
        const recap = recapOf(shuffled.map(([, one]) => one));
        const last = truth.map((values) => values.at(-1));
        const sum = (of: readonly (number | undefined)[]) =>
          of.reduce<number>((total, value) => total + (value ?? 0), 0);
        for (const code of ['98', '98.01.01', '98.01.02.1001']) {
          const within = last.filter((_, n) => LEVELS.some((level) => regionOf(TPS[n] ?? '', level) === code));
          expect(areaOf(recap, code)?.figures['paslon-1'] ?? 0).toBe(sum(within));
          expect(areaOf(recap, code)?.states.counted).toBe(within.filter((value) => value !== undefined).length);
        }
      }),
      { numRuns: 300 },
    );
  });
});
