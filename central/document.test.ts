import { describe, expect, test } from 'vitest';
import { allFigures, type Rule, ruleFigures } from '#contract/form/definition.ts';
import { breachInNumbers } from './breach.ts';
import { detailOf, type StoredRecord, summaryOf } from './document.ts';
import { CONSISTENT, FORM, figuresOf } from './testing/records.ts';

const stored: StoredRecord = {
  mode: 'resmi',
  tps: '1671010001001',
  form: FORM.id,
  kit: 'kit-a',
  digest: 'a',
  version: 1,
  supersedes: null,
  sequence: 1,
  correction: null,
  committedAt: new Date('2026-11-25T10:00:00Z'),
  wallClock: new Date('2026-11-25T09:59:00Z'),
  clockSynchronised: false,
  agent: '0.1.0',
  figures: figuresOf(CONSISTENT),
  verdicts: FORM.rules.map((rule) => ({ rule: rule.id, verdict: 'holds' })),
  flags: [],
  pages: [{ page: 1, sha256: 'p', bytes: 10 }],
  wholePictures: ['p'],
  breaches: 0,
  warnings: 0,
  changed: 0,
  pictures: 1,
  picturesWhole: 1,
};

describe('the state of a document says the worst first', () => {
  const second = { ...stored, digest: 'b', version: 2, supersedes: 'a' };
  test.each([
    ['clean', [stored]],
    ['warning', [{ ...stored, warnings: 1 }]],
    ['pictures-missing', [{ ...stored, warnings: 1, picturesWhole: 0 }]],
    ['breach', [{ ...stored, breaches: 1, picturesWhole: 0 }]],
    ['forerunner-missing', [{ ...second, breaches: 1 }]],
    [
      'branched',
      [
        { ...stored, breaches: 1 },
        { ...stored, digest: 'c' },
      ],
    ],
    ['clean', [second, { ...stored, breaches: 1 }]],
  ] as const)('%s', (state, records) => {
    expect(summaryOf(records, FORM)?.state).toBe(state);
  });

  test('an unknown form is called by its id; without records there is nothing', () => {
    expect(summaryOf([stored], undefined)?.formLabel).toBe(FORM.id);
    expect(summaryOf([], FORM)).toBeNull();
    expect(detailOf([], FORM)).toBeNull();
  });
});

test('figures stand in the order of the form, each with the broken rules it is part of', () => {
  const verdicts = FORM.rules.map(
    ({ id }) => ({ rule: id, verdict: id === 'suara.sah-is-sum' ? 'broken' : 'holds' }) as const,
  );
  const shuffled = { ...stored, verdicts, figures: stored.figures.toReversed() };
  const detail = detailOf([shuffled], FORM);
  expect(detail?.figures.map(({ id }) => id)).toEqual(allFigures(FORM).map(({ id }) => id));
  const broken = detail?.figures.filter((figure) => figure.broken.length > 0).map(({ id }) => id);
  expect(broken).toEqual(['paslon-1', 'paslon-2', 'paslon-3', 'suara.sah']);
});

test('a figure the record does not name is left out, and reads as not filled in among the changes', () => {
  const without = { ...stored, figures: stored.figures.filter(({ id }) => id !== 'paslon-1') };
  const detail = detailOf([{ ...without, digest: 'b', version: 2, supersedes: 'a' }, stored], FORM);
  expect(detail?.figures.map(({ id }) => id)).not.toContain('paslon-1');
  expect(detail?.history[0]?.changes).toEqual([{ label: 'Suara pasangan calon nomor 1', from: 120, to: null }]);
});

describe('a breach in numbers', () => {
  const ruleOf = (kind: Rule['kind'], parts: number): Rule => {
    const found = FORM.rules.find((rule) => rule.kind === kind && ruleFigures(rule).length === parts);
    if (!found) throw new Error(`no rule ${kind} of ${parts} figures`);
    return found;
  };
  test.each([
    ['sum', 4, [375, 120, 158, 98], 'Tertulis 375, sedangkan 120 + 158 + 98 = 376.'],
    ['sum', 2, [390, 391], 'Tertulis 390, sedangkan 391.'],
    ['at-most', 2, [600, 540], 'Tertulis 600, sedangkan batasnya 540.'],
    ['limit', 1, [601], 'Tertulis 601, sedangkan batasnya 600.'],
    ['reserve', 2, [554, 600], 'Tertulis 554 untuk 600 pemilih.'],
  ] as const)('%s of %i figures', (kind, parts, values, says) => {
    const rule = ruleOf(kind, parts);
    expect(breachInNumbers(rule, new Map(ruleFigures(rule).map((id, n) => [id, values[n] ?? 0])))).toBe(says);
  });
});
