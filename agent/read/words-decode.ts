import type { WordsReading } from '#agent/tally/evidence.ts';
import { numberLikelihoods } from './number-spellings.ts';
import type { Steps } from './spelling-net.ts';
import { STRUCK, WORDS_CLASSES } from './words-alphabet.ts';

/** What the model says: for each step along the line the logarithm of each class's probability. */
export interface WordsOutput {
  readonly steps: number;
  /** Step by step, WORDS_CLASSES each. */
  readonly logProbabilities: Float32Array;
}

/** What makes likelihoods into probabilities; fitted to fonts no model was trained on (models/words.md). */
export interface WordsCalibration {
  /** Share of a step at which any letter may stand: slips of the pen, letters of a kind the model never saw. */
  readonly slip: number;
  /** By which the evidence is weakened: steps are not independent. */
  readonly temperature: number;
  /** Weight of there being no number, against one that is spelt without any doubt. */
  readonly none: number;
}

export const WORDS_CALIBRATION: WordsCalibration = { slip: 0.002, temperature: 3.5, none: 0.03 };

/** Less likely numbers go into `unlisted`. */
const LEAST = 1e-4;
const MOST_CANDIDATES = 20;

/** The numbers from 0 to 999 that the words may be. Exact: every number is weighed in every way it may be spelt. */
export function decodeWords(output: WordsOutput, calibration: WordsCalibration): WordsReading {
  return judge(weigh(output, calibration.slip), calibration);
}

/** How the words fit each number. */
export interface WordsWeight {
  /** Of every number that can be spelt at all: its likelihood, against 1 for the likeliest letters there could be. */
  readonly numbers: readonly { readonly value: number; readonly likelihood: number }[];
  /** Probability that something is struck out, at the step where it is likeliest. */
  readonly struck: number;
}

export function weigh(output: WordsOutput, slip: number): WordsWeight {
  const { steps, logProbabilities } = output;
  let struck = 0;
  for (let step = 0; step < steps; step++) {
    struck = Math.max(struck, Math.exp(logProbabilities[step * CLASSES + STRIKE] ?? -Infinity));
  }
  const numbers = Array.from(numberLikelihoods(stepsOf(output, slip)), (likelihood, value) => ({ value, likelihood }));
  return { numbers: numbers.filter(({ likelihood }) => likelihood > 0), struck };
}

/** What is struck may be meant or not: it weighs as much for no number as the best spelling for one. */
export function judge(
  { numbers, struck }: WordsWeight,
  { temperature, none }: Pick<WordsCalibration, 'temperature' | 'none'>,
): WordsReading {
  const weighed = numbers.map(({ value, likelihood }) => ({ value, weight: likelihood ** (1 / temperature) }));
  const total = weighed.reduce((sum, { weight }) => sum + weight, none + struck);
  const candidates = weighed
    .map(({ value, weight }) => ({ value, probability: weight / total }))
    .filter(({ probability }) => probability >= LEAST)
    .sort((a, b) => b.probability - a.probability || a.value - b.value)
    .slice(0, MOST_CANDIDATES);
  return { candidates, unlisted: Math.max(0, 1 - candidates.reduce((sum, { probability }) => sum + probability, 0)) };
}

const CLASSES = WORDS_CLASSES.length;
const STRIKE = WORDS_CLASSES.indexOf(STRUCK);

function stepsOf({ steps, logProbabilities }: WordsOutput, slip: number): Steps {
  const likelihood = new Float64Array(steps * CLASSES);
  for (let step = 0; step < steps; step++) {
    const row = logProbabilities.subarray(step * CLASSES, (step + 1) * CLASSES);
    // Any letter may be a slip, but nobody strikes out a word by a slip.
    const any = (slip * (1 - Math.exp(row[STRIKE] ?? 0))) / CLASSES;
    const surest = (1 - slip) * Math.exp(Math.max(...row)) + any;
    for (let c = 0; c < CLASSES; c++) {
      likelihood[step * CLASSES + c] = ((1 - slip) * Math.exp(row[c] ?? 0) + any) / surest;
    }
  }
  return { count: steps, classes: CLASSES, likelihood };
}
