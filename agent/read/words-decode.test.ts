import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numberWords } from '#contract/form/number-words.ts';
import { BLANK, classesOf, STRUCK, WORDS_CLASSES } from './words-alphabet.ts';
import { decodeWords, WORDS_CALIBRATION, type WordsOutput } from './words-decode.ts';

/** What a model gives that is `sure` of each letter for two steps, a blank between. */
function outputFor(text: string, sure = 0.95): WordsOutput {
  const steps = [BLANK, ...classesOf(text).flatMap((letter) => [letter, letter, BLANK])];
  const classes = WORDS_CLASSES.length;
  const logProbabilities = new Float32Array(steps.length * classes).fill(Math.log((1 - sure) / (classes - 1)));
  steps.forEach((own, step) => {
    logProbabilities[step * classes + own] = Math.log(sure);
  });
  return { steps: steps.length, logProbabilities };
}

const read = (text: string, sure?: number) => decodeWords(outputFor(text, sure), WORDS_CALIBRATION);
const wordsOf = (value: number) => numberWords(value).toUpperCase();
const numbers = fc.integer({ min: 0, max: 999 });

describe('words read from what the model spells', () => {
  it('are the number whose words stand there, whichever of the thousand it is', () => {
    for (let value = 0; value < 1000; value++) {
      const [best] = read(wordsOf(value)).candidates;
      expect(best?.value).toBe(value);
      expect(best?.probability).toBeGreaterThan(0.9);
    }
  });

  it('need no spaces between them', () => {
    fc.assert(
      fc.property(numbers, (value) => {
        const [best] = read(wordsOf(value).replaceAll(' ', '')).candidates;
        expect(best?.value).toBe(value);
        expect(best?.probability).toBeGreaterThan(0.9);
      }),
      { numRuns: 200 },
    );
  });

  it('may say SATU RATUS for SERATUS, NIHIL for none, and what was counted', () => {
    const said = ['SATU RATUS LIMA', 'NIHIL', 'KOSONG', 'DUA RATUS SUARA', 'TUJUH ORANG', 'LIMA BELAS SUARA'];
    expect(said.map((text) => read(text).candidates[0]?.value)).toEqual([105, 0, 0, 200, 7, 15]);
  });

  it('bear a letter too few or a wrong one', () => {
    for (const [text, value] of [
      ['SEMBLAN', 9],
      ['DUA RATUS TUJU', 207],
      ['AMPAT PULUH LIMA', 45],
      ['DLAPAN BELAS', 18],
    ] as const) {
      expect(read(text).candidates[0]?.value).toBe(value);
    }
  });

  it('are never surely a number that the letters contradict', () => {
    const letters = fc.string({ unit: fc.constantFrom(...WORDS_CLASSES.slice(2)), minLength: 1, maxLength: 25 });
    const spelt = new Set(Array.from({ length: 1000 }, (_, value) => wordsOf(value).replaceAll(' ', '')));
    fc.assert(
      fc.property(letters, (text) => {
        fc.pre(Array.from(spelt).every((words) => distance(words, text) > 2));
        expect(read(text).candidates.filter(({ probability }) => probability > 0.9)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it('say nothing certain where a word is struck', () => {
    for (const text of [STRUCK, `DUA ${STRUCK} LIMA`, `${STRUCK} DUA RATUS`, `DUA PULUH ${STRUCK}`, `LIMA ${STRUCK}`]) {
      expect(read(text).candidates.filter(({ probability }) => probability > 0.5)).toEqual([]);
    }
  });

  it('are read in every spelling the steps allow, and their probabilities sum to one', () => {
    fc.assert(
      fc.property(numbers, fc.double({ min: 0.1, max: 0.99, noNaN: true }), (value, sure) => {
        const { candidates, unlisted } = read(wordsOf(value), sure);
        expect(candidates.reduce((sum, { probability }) => sum + probability, unlisted)).toBeCloseTo(1, 9);
        expect(new Set(candidates.map((candidate) => candidate.value)).size).toBe(candidates.length);
        expect(unlisted).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 100 },
    );
  });
});

/** Letters to leave out, put in or exchange to make one text the other. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const exchange = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(exchange, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
