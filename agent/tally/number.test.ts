import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FigureValue } from '#contract/form/rules.ts';
import { BOX_CLASSES, type BoxReading, NO_BUBBLE, UNCLEAR_BUBBLES, UNREADABLE, UNUSED } from './evidence.ts';
import { logOdds, readNumber } from './number.ts';
import { box, bubbles, row, said } from './testing/seen.ts';
import { CANDIDATES, CERTAIN_MARGIN, HIGHEST_MARGIN, READER_ERROR } from './thresholds.ts';

describe('a row that is filled from the right settles its number', () => {
  test.each<[string, FigureValue]>([
    ['_83', 83],
    ['083', 83],
    ['_03', 3],
    ['__0', 0],
    ['000', 0],
    ['350', 350],
    ['___', null],
    ['123456', 123456],
    ['____7', 7],
    ['4', 4],
  ])('%s', (pattern, value) => {
    const { candidates } = readNumber({ boxes: row(pattern) });
    expect(candidates[0]).toMatchObject({ value, doubts: [] });
    expect(logOdds(candidates[0].probability)).toBeGreaterThan(CERTAIN_MARGIN);
  });
});

describe('a row filled any other way is doubted, and the likeliest meaning is still told', () => {
  test.each<[string, string, readonly FigureValue[]]>([
    ['83_', 'unusual-pattern', [83, 830]],
    ['8__', 'unusual-pattern', [8, 80]],
    ['1_5', 'unusual-pattern', [15, 105]],
    ['1?5', 'unreadable', [15, 105]],
  ])('%s', (pattern, doubt, meanings) => {
    const { candidates } = readNumber({ boxes: row(pattern) });
    expect(candidates[0].doubts).toEqual([doubt]);
    expect(candidates.map(({ value }) => value)).toEqual(expect.arrayContaining([...meanings]));
    expect(logOdds(candidates[0].probability)).toBeLessThan(CERTAIN_MARGIN);
  });

  test('a box that may be a digit or a blot is doubted when the digit is not ten times likelier', () => {
    const { candidates } = readNumber({ boxes: [...row('_8'), box({ 3: 0.3, [UNREADABLE]: 0.7 })] });
    expect(candidates[0]).toMatchObject({ value: 83, doubts: ['unreadable'] });
  });
});

describe('bubbles', () => {
  const doubtful = [...row('_8'), box({ 4: 0.6, 9: 0.4 })];

  test('help where the digits are in doubt', () => {
    const { candidates } = readNumber({ boxes: doubtful, bubbles: bubbles('089') });
    expect(candidates[0]).toMatchObject({ value: 89, doubts: [] });
    expect(candidates[0].probability).toBeGreaterThan(0.99);
  });

  test('make a clear number clearer', () => {
    const alone = readNumber({ boxes: row('350') }).candidates[0];
    const both = readNumber({ boxes: row('350'), bubbles: bubbles('350') }).candidates[0];
    expect(both.probability).toBeGreaterThan(alone.probability);
  });

  test.each([
    ['none filled', bubbles('___')],
    ['none clear', [0, 1, 2].map(() => box({ [UNCLEAR_BUBBLES]: 1 }))],
    ['not twelve probabilities', [0, 1, 2].map(() => [0.5, 0.5])],
    ['not probabilities', [0, 1, 2].map(() => box({ 3: Number.NaN }))],
  ])('%s say nothing, also against an empty row', (_, silent) => {
    for (const boxes of [doubtful, row('350'), row('___')]) {
      const [alone, both] = [readNumber({ boxes }), readNumber({ boxes, bubbles: silent })];
      expect(both.candidates.map(({ value }) => value)).toEqual(alone.candidates.map(({ value }) => value));
      expect(both.candidates[0].probability).toBeCloseTo(alone.candidates[0].probability, 4);
      expect(both.candidates[0].doubts).toEqual([]);
    }
  });

  test('not filled in front of a number are no contradiction', () => {
    const { candidates } = readNumber({ boxes: row('_83'), bubbles: bubbles('_83') });
    expect(candidates[0]).toMatchObject({ value: 83, doubts: [] });
  });

  test.each([
    ['384', '389'],
    ['___', '083'],
    ['_83', '183'],
  ])('that contradict certain digits are never overruled silently: %s against %s', (digits, filled) => {
    const { candidates } = readNumber({ boxes: row(digits), bubbles: bubbles(filled) });
    expect(candidates[0].doubts).toContain('sources-disagree');
  });

  test('settle a number written too far left, when they are complete', () => {
    expect(readNumber({ boxes: row('83_'), bubbles: bubbles('083') }).candidates[0]).toMatchObject({
      value: 83,
      doubts: [],
    });
    expect(readNumber({ boxes: row('83_'), bubbles: bubbles('_83') }).candidates[0].doubts).toContain(
      'unusual-pattern',
    );
    expect(readNumber({ boxes: row('83_') }).candidates[0].doubts).toContain('unusual-pattern');
  });

  test('say what a struck or blotted box held, which is asked all the same', () => {
    expect(readNumber({ boxes: row('3?4'), bubbles: bubbles('384') }).candidates[0]).toMatchObject({
      value: 384,
      doubts: ['unreadable'],
    });
  });

  test('half filled count for as much as they are sure', () => {
    const half = [...bubbles('08'), box({ 9: 0.5, [NO_BUBBLE]: 0.5 })];
    const sure = readNumber({ boxes: doubtful, bubbles: bubbles('089') }).candidates[0].probability;
    const unsure = readNumber({ boxes: doubtful, bubbles: half }).candidates[0];
    expect(unsure.value).toBe(89);
    expect(unsure.probability).toBeLessThan(sure);
  });
});

describe.each(['turus', 'words'] as const)('%s', (source) => {
  const doubtful = [...row('_8'), box({ 4: 0.6, 9: 0.4 })];

  test('help where the digits are in doubt', () => {
    const [best] = readNumber({ boxes: doubtful, [source]: said(89) }).candidates;
    expect(best).toMatchObject({ value: 89, doubts: [] });
    expect(best.probability).toBeGreaterThan(0.99);
  });

  test('settle a number written too far left', () => {
    expect(readNumber({ boxes: row('83_'), [source]: said(83) }).candidates[0]).toMatchObject({
      value: 83,
      doubts: [],
    });
  });

  test('do not settle a box nobody can read', () => {
    expect(readNumber({ boxes: row('3?4'), [source]: said(384) }).candidates[0]).toMatchObject({
      value: 384,
      doubts: ['unreadable'],
    });
  });

  test.each([
    ['384', 389],
    ['___', 83],
    ['_83', 183],
  ])('that contradict certain digits never overrule them silently: %s against %s', (digits, value) => {
    const { candidates } = readNumber({ boxes: row(digits), [source]: said(value) });
    expect(candidates[0].doubts).toContain('sources-disagree');
  });

  test('nothing to be told of them changes nothing', () => {
    const silent = { candidates: [], unlisted: 1 };
    const [alone, both] = [readNumber({ boxes: doubtful }), readNumber({ boxes: doubtful, [source]: silent })];
    expect(both.candidates.map(({ value }) => value)).toEqual(alone.candidates.map(({ value }) => value));
    expect(both.candidates[0].probability).toBeCloseTo(alone.candidates[0].probability, 9);
  });
});

test('one source against all the others is enough to ask', () => {
  const together = { boxes: row('384'), bubbles: bubbles('384'), turus: said(384), words: said(384) };
  expect(readNumber(together).candidates[0]).toMatchObject({ value: 384, doubts: [] });
  const against = [{ boxes: row('389') }, { bubbles: bubbles('389') }, { turus: said(389) }, { words: said(389) }];
  for (const one of against) {
    expect(readNumber({ ...together, ...one }).candidates[0]).toMatchObject({
      value: 384,
      doubts: ['sources-disagree'],
    });
  }
});

test('no reading is ever certain or impossible, however sure the reader is', () => {
  const { candidates } = readNumber({ boxes: row('350') });
  expect(1 - candidates[0].probability).toBeGreaterThan(READER_ERROR);
  expect(candidates.length).toBeGreaterThan(20);
});

test('a reading that is not twelve probabilities counts as a box nobody can read', () => {
  for (const bad of [[], [1], box({ 3: Number.NaN }), box({ 3: -1 }), box({}), box({ 3: Number.POSITIVE_INFINITY })]) {
    expect(readNumber({ boxes: [...row('_8'), bad] }).candidates[0].probability).toBeLessThan(0.5);
  }
});

test('odds of certainties stay finite', () => {
  expect([0, 1].map(logOdds)).toEqual([-HIGHEST_MARGIN, HIGHEST_MARGIN]);
});

const boxReading: fc.Arbitrary<BoxReading> = fc
  .array(
    fc.double({ min: 0, max: 1, noNaN: true }).map((p) => p ** 8),
    { minLength: 12, maxLength: 12 },
  )
  .filter((weights) => weights.some((p) => p > 1e-6))
  .map((weights) => weights.map((p) => p / weights.reduce((sum, other) => sum + other, 0)));

test('three boxes give every number the probability of the patterns that mean it', () => {
  fc.assert(
    fc.property(fc.tuple(boxReading, boxReading, boxReading), (boxes) => {
      const expected = numbersOneByOne(boxes);
      const { candidates, unlisted } = readNumber({ boxes });
      expect(candidates.length).toBeLessThanOrEqual(CANDIDATES);
      expect(new Set(candidates.map(({ value }) => value)).size).toBe(candidates.length);
      for (const { value, probability } of candidates) {
        expect(probability).toBeCloseTo(expected.get(value) ?? 0, 5);
        expected.delete(value);
      }
      expect(Math.max(...expected.values())).toBeLessThanOrEqual(unlisted + 1e-12);
    }),
    { numRuns: 30 },
  );
});

test('longer rows drop only what is told', () => {
  fc.assert(
    fc.property(fc.array(boxReading, { minLength: 4, maxLength: 6 }), (boxes) => {
      const { candidates, unlisted } = readNumber({ boxes });
      const listed = candidates.reduce((sum, { probability }) => sum + probability, 0);
      expect(listed).toBeLessThanOrEqual(1 + 1e-9);
      expect(unlisted).toBeGreaterThan(0);
      expect(candidates.map(({ probability }) => probability)).toEqual(
        candidates.map(({ probability }) => probability).sort((a, b) => b - a),
      );
    }),
    { numRuns: 30 },
  );
});

/** The definition, written out: every way to fill three boxes, and what each means. */
function numbersOneByOne(boxes: readonly BoxReading[]): Map<FigureValue, number> {
  let meanings: readonly (readonly [FigureValue, number])[] = [[null, 1]];
  for (const reading of boxes) {
    meanings = meanings.flatMap(([value, mass]) =>
      BOX_CLASSES.flatMap((_, c): readonly (readonly [FigureValue, number])[] => {
        const p = mass * ((1 - READER_ERROR) * (reading[c] ?? 0) + READER_ERROR / 12);
        const digits = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((digit) => [(value ?? 0) * 10 + digit, p / 11] as const);
        if (c === UNREADABLE) return [...digits, [value, p / 11]];
        if (c !== UNUSED) return [[(value ?? 0) * 10 + c, p]];
        if (value === null) return [[null, p]];
        return [
          [value, p * 0.9],
          [value * 10, p * 0.1],
        ];
      }),
    );
  }
  const numbers = new Map<FigureValue, number>();
  for (const [value, mass] of meanings) numbers.set(value, (numbers.get(value) ?? 0) + mass);
  return numbers;
}
