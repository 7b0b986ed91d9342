import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { NumbersSaid } from './evidence.ts';
import { SILENCE, type Slip, saidEvidence } from './source.ts';
import { TURUS_SLIP, WORDS_SLIP } from './thresholds.ts';
import { turusEvidence } from './turus.ts';
import { namedInWords, wordsEvidence } from './words.ts';

const NUMBERS = 1000;
const slip: Slip = { share: 0.01, ways: 10 };
const anyNumber = fc.integer({ min: 0, max: NUMBERS - 1 });

/** A reading of up to six numbers, sure of one or of none. */
const anySaid: fc.Arbitrary<NumbersSaid> = fc
  .tuple(
    fc.uniqueArray(
      fc.record({ value: anyNumber, weight: fc.double({ min: 0, max: 1, noNaN: true }).map((w) => w ** 6) }),
      { maxLength: 6, selector: ({ value }) => value },
    ),
    fc.double({ min: 1e-9, max: 1, noNaN: true }).map((w) => w ** 6 + 1e-12),
  )
  .map(([listed, rest]) => {
    const total = listed.reduce((sum, { weight }) => sum + weight, rest);
    return {
      candidates: listed.map(({ value, weight }) => ({ value, probability: weight / total })),
      unlisted: rest / total,
    };
  });

describe('a source that is read as numbers', () => {
  test('holds no number for impossible, an empty row included, and none likelier than its most', () => {
    fc.assert(
      fc.property(anySaid, fc.option(anyNumber), (said, value) => {
        const source = saidEvidence(said, NUMBERS, slip);
        expect(source.likelihood(value)).toBeGreaterThan(0);
        expect(source.likelihood(value)).toBeLessThanOrEqual(source.most);
      }),
    );
  });

  test('prefers no number to another by more than its slips allow', () => {
    const sure = saidEvidence({ candidates: [{ value: 83, probability: 1 }], unlisted: 0 }, NUMBERS, slip);
    const ratio = sure.likelihood(83) / sure.likelihood(84);
    expect(ratio).toBeLessThanOrEqual((1 - slip.share) / (slip.share / slip.ways) + 1);
    fc.assert(
      fc.property(anySaid, anyNumber, anyNumber, (said, one, other) => {
        const source = saidEvidence(said, NUMBERS, slip);
        expect(source.likelihood(one) / source.likelihood(other)).toBeLessThanOrEqual(ratio * (1 + 1e-9));
      }),
    );
  });

  test('keeps the order of its numbers', () => {
    fc.assert(
      fc.property(anySaid, (said) => {
        const source = saidEvidence(said, NUMBERS, slip);
        for (const a of said.candidates) {
          for (const b of said.candidates) {
            if (a.probability > b.probability)
              expect(source.likelihood(a.value)).toBeGreaterThanOrEqual(source.likelihood(b.value));
          }
        }
      }),
    );
  });

  test('names at most one number: the one it prefers ten to one to every other', () => {
    fc.assert(
      fc.property(anySaid, (said) => {
        const source = saidEvidence(said, NUMBERS, slip);
        const values = [null, ...Array.from({ length: NUMBERS }, (_, value) => value)];
        const named = values.filter((value) => source.names(value));
        expect(named.length).toBeLessThanOrEqual(1);
        for (const value of named) {
          const others = values.filter((other) => other !== value).map((other) => source.likelihood(other));
          expect(source.likelihood(value) / Math.max(...others)).toBeGreaterThanOrEqual(10 * (1 - 1e-9));
        }
      }),
      { numRuns: 40 },
    );
  });
});

test.each<[string, NumbersSaid]>([
  ['silent', SILENCE],
  ['that adds up to more than one', { candidates: [{ value: 83, probability: 1 }], unlisted: 1 }],
  ['that adds up to nothing', { candidates: [], unlisted: 0 }],
  ['of no probabilities', { candidates: [{ value: 83, probability: Number.NaN }], unlisted: 0.5 }],
  ['below nought', { candidates: [{ value: 83, probability: 1.5 }], unlisted: -0.5 }],
])('a source %s says nothing: every number is equally likely, and none is named', (_, said) => {
  for (const source of [turusEvidence(said, 3), wordsEvidence(said, 3)]) {
    fc.assert(
      fc.property(fc.option(anyNumber), (value) => {
        expect(source.likelihood(value)).toBe(source.most);
        expect(source.names(value)).toBe(false);
      }),
    );
  }
});

test('a tally is trusted less than words: more of them do not hold the number that is written', () => {
  const said: NumbersSaid = { candidates: [{ value: 83, probability: 1 }], unlisted: 0 };
  const [turus, words] = [turusEvidence(said, 3), wordsEvidence(said, 3)];
  expect(turus.most / turus.likelihood(84)).toBeLessThan(words.most / words.likelihood(84));
  expect([turus, words].map((source) => [83, 84, null].map((value) => source.names(value)))).toEqual([
    [true, false, false],
    [true, false, false],
  ]);
  expect(TURUS_SLIP.share).toBeGreaterThan(WORDS_SLIP.share);
});

test('words that are sure name a number, words that could be two or none do not', () => {
  const named = (candidates: NumbersSaid['candidates'], unlisted: number) => namedInWords({ candidates, unlisted }, 3);
  expect(named([{ value: 83, probability: 0.99 }], 0.01)).toBe(83);
  expect(
    named(
      [
        { value: 83, probability: 0.5 },
        { value: 88, probability: 0.4 },
      ],
      0.1,
    ),
  ).toBeNull();
  expect(named([], 1)).toBeNull();
});
