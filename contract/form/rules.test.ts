import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { shippedForms } from '../forms.ts';
import type { FormDefinition, Rule } from './definition.ts';
import { type Figures, type FigureValue, judge, ruleHolds } from './rules.ts';

const said = { id: 'a-rule', severity: 'blocking', says: 'aturan', source: 'this test' } as const;
const sum: Rule = { ...said, kind: 'sum', total: 'j', parts: ['l', 'p'] };
const atMost: Rule = { ...said, kind: 'at-most', smaller: 'l', larger: 'j' };
const limit: Rule = { ...said, kind: 'limit', figure: 'j', max: 600 };
const reserve: Rule = { ...said, kind: 'reserve', figure: 'received', of: 'listed', percent: 2.5 };

describe('each kind of rule, on the values of its figures', () => {
  test.each<[says: string, rule: Rule, values: number[], holds: boolean]>([
    ['a total that is the sum of its parts', sum, [300, 148, 152], true],
    ['a total one more than the sum', sum, [301, 148, 152], false],
    ['a total one less than the sum', sum, [299, 148, 152], false],
    ['fewer than the larger', atMost, [148, 300], true],
    ['as many as the larger', atMost, [300, 300], true],
    ['more than the larger', atMost, [301, 300], false],
    ['exactly the limit', limit, [600], true],
    ['one above the limit', limit, [601], false],
    ['reserve that comes out whole: 400 and 10', reserve, [410, 400], true],
    ['reserve rounded up: 401 and 10.025, so 11', reserve, [412, 401], true],
    ['reserve rounded down', reserve, [411, 401], false],
    ['no reserve of nobody', reserve, [0, 0], true],
  ])('%s', (_says, rule, values, holds) => {
    expect(ruleHolds(rule, values)).toBe(holds);
  });

  test('a reserve never depends on how a computer stores fractions', () => {
    fc.assert(
      fc.property(fc.nat(2_000), fc.integer({ min: 1, max: 400 }), (hundreds, quarters) => {
        const listed = hundreds * 100;
        const rule: Rule = { ...reserve, percent: quarters / 4 };
        expect(ruleHolds(rule, [listed + Math.ceil((hundreds * quarters) / 4), listed])).toBe(true);
      }),
    );
  });
});

describe('judging a form', () => {
  test('every rule is judged, in the order of the form', () => {
    const form = formOf('c-hasil-kwk-gubernur');
    expect(judge(form, CONSISTENT).map(({ rule }) => rule)).toEqual(form.rules);
  });

  test('a consistent form breaks nothing', () => {
    for (const id of ['c-hasil-kwk-gubernur', 'c-hasil-kwk-walikota']) {
      expect(judge(formOf(id), CONSISTENT).filter(({ verdict }) => verdict !== 'holds')).toEqual([]);
    }
  });

  test('a page that is not read yet leaves its rules unjudged', () => {
    const form = formOf('c-hasil-kwk-gubernur');
    const verdicts = judge(form, new Map([...CONSISTENT].filter(([id]) => !id.startsWith('paslon'))));
    expect(idsOf(verdicts, 'incomplete')).toEqual(['suara.sah-is-sum']);
    expect(idsOf(verdicts, 'broken')).toEqual([]);
  });

  test('a row that is not filled in is not zero', () => {
    const verdicts = judge(formOf('c-hasil-kwk-gubernur'), changed({ 'disabilitas.p': null }));
    expect(idsOf(verdicts, 'incomplete')).toEqual(['disabilitas.l-plus-p', 'disabilitas.p-within-pengguna']);
  });

  test.each<[says: string, change: Record<string, FigureValue>, broken: string[]]>([
    ['L and P of the list', { 'dpt.l': 271 }, ['dpt.l-plus-p']],
    ['more users than listed', { 'dpt.l': 100, 'dpt.p': 446 }, ['pengguna-dpt.l-within-list']],
    ['votes of the pairs', { 'paslon-2': 121 }, ['suara.sah-is-sum']],
    ['invalid votes', { 'suara.tidak-sah': 11 }, ['suara.total-is-sum']],
    [
      'reserve',
      { 'surat-suara.diterima': 561, 'surat-suara.tidak-digunakan': 204 },
      ['surat-suara.diterima-with-reserve'],
    ],
    ['disabled voters', { 'disabilitas.l': 175, 'disabilitas.j': 176 }, ['disabilitas.l-within-pengguna']],
    ['ballots', { 'surat-suara.dikembalikan': 3 }, ['surat-suara.diterima-is-sum']],
    ['users', { 'pengguna.j': 356 }, ['pengguna.l-plus-p', 'pengguna.j-is-sum', 'surat-suara.digunakan-is-pengguna']],
  ])('a wrong figure breaks the rules that speak of it, by name: %s', (_says, change, broken) => {
    expect(idsOf(judge(formOf('c-hasil-kwk-gubernur'), changed(change)), 'broken').toSorted()).toEqual(
      broken.toSorted(),
    );
  });
});

/** A TPS of 546 voters on the list, of whom 350 voted with 5 more. */
const CONSISTENT: Figures = new Map<string, FigureValue>(
  Object.entries({
    'dpt.l': 270,
    'dpt.p': 276,
    'dpt.j': 546,
    'pengguna-dpt.l': 171,
    'pengguna-dpt.p': 179,
    'pengguna-dpt.j': 350,
    'pengguna-dpph.l': 1,
    'pengguna-dpph.p': 1,
    'pengguna-dpph.j': 2,
    'pengguna-dptb.l': 2,
    'pengguna-dptb.p': 1,
    'pengguna-dptb.j': 3,
    'pengguna.l': 174,
    'pengguna.p': 181,
    'pengguna.j': 355,
    'surat-suara.diterima': 560,
    'surat-suara.digunakan': 355,
    'surat-suara.dikembalikan': 2,
    'surat-suara.tidak-digunakan': 203,
    'disabilitas.l': 2,
    'disabilitas.p': 1,
    'disabilitas.j': 3,
    'paslon-1': 180,
    'paslon-2': 120,
    'paslon-3': 45,
    'suara.sah': 345,
    'suara.tidak-sah': 10,
    'suara.total': 355,
  }),
);

function changed(change: Record<string, FigureValue>): Figures {
  return new Map([...CONSISTENT, ...Object.entries(change)]);
}

function idsOf(verdicts: ReturnType<typeof judge>, verdict: string): string[] {
  return verdicts.filter((one) => one.verdict === verdict).map(({ rule }) => rule.id);
}

function formOf(id: string): FormDefinition {
  const form = shippedForms().byId(id);
  if (!form) throw new Error(`${id} does not ship`);
  return form;
}
