import { judge, type WordsCalibration } from '#agent/read/words-decode.ts';
import type { WordsSample } from './words-samples.ts';

/** One sample, read: the likeliest number, its probability, and whether it is right. */
export interface WordsJudgement {
  readonly probability: number;
  readonly right: boolean;
  /** Nothing like a number is written there. */
  readonly none: boolean;
  /** How much the reading is surprised by what is true: minus the logarithm of its probability. */
  readonly surprise: number;
}

export function judgeSamples(
  samples: readonly WordsSample[],
  calibration: WordsCalibration,
): readonly WordsJudgement[] {
  return samples.map(({ value, weigh }) => {
    const { candidates, unlisted } = weigh ? judge(weigh(calibration.slip), calibration) : SILENT;
    const [best] = candidates;
    const own = candidates.find((candidate) => candidate.value === value)?.probability ?? unlisted / 1000;
    return {
      probability: best?.probability ?? 0,
      right: best !== undefined && best.value === value,
      none: value === null,
      surprise: -Math.log(Math.max(1e-9, value === null ? unlisted : own)),
    };
  });
}

const SILENT = { candidates: [], unlisted: 1 };

export interface WordsScore {
  readonly lines: number;
  /** The likeliest number is the one written. */
  readonly right: number;
  /** Read with at least the probability asked for, and those of them that are wrong. */
  readonly accepted: number;
  readonly wrong: number;
}

export function scoreOf(judgements: readonly WordsJudgement[], least: number): WordsScore {
  const accepted = judgements.filter(({ probability }) => probability >= least);
  return {
    lines: judgements.length,
    right: judgements.filter(({ right }) => right).length,
    accepted: accepted.length,
    wrong: accepted.filter(({ right }) => !right).length,
  };
}

/** Readings whose best probability lies between two bounds: what they say on average, and how often they are right. */
export interface CalibrationRow {
  readonly from: number;
  readonly count: number;
  readonly says: number;
  readonly right: number;
}

const BOUNDS = [0, 0.5, 0.8, 0.9, 0.95, 0.99, 0.999, Infinity];

export function calibrationOf(judgements: readonly WordsJudgement[]): readonly CalibrationRow[] {
  return BOUNDS.slice(0, -1).map((from, i) => {
    const some = judgements.filter(
      ({ probability }) => probability >= from && probability < (BOUNDS[i + 1] ?? Infinity),
    );
    return {
      from,
      count: some.length,
      says: some.reduce((sum, { probability }) => sum + probability, 0) / some.length,
      right: some.filter(({ right }) => right).length / some.length,
    };
  });
}

const SLIPS = [0.002, 0.005, 0.01, 0.02, 0.04, 0.08];
const TEMPERATURES = [1, 1.5, 2, 2.5, 3, 3.5, 4, 5, 6, 8];
const NONES = [1e-5, 3e-5, 1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 0.1, 0.3];

/** The calibration of least surprise, to a digit or two. */
export function fitCalibration(samples: readonly WordsSample[]): WordsCalibration {
  const fits = SLIPS.flatMap((slip) => {
    const weighed = samples.map(({ value, weigh }) => {
      const weight = weigh?.(slip);
      return { value, weigh: weight ? () => weight : null };
    });
    return TEMPERATURES.flatMap((temperature) =>
      NONES.map((none) => {
        const calibration = { slip, temperature, none };
        const surprise = judgeSamples(weighed, calibration).reduce((sum, judgement) => sum + judgement.surprise, 0);
        return { calibration, surprise };
      }),
    );
  });
  return fits.reduce((best, fit) => (fit.surprise < best.surprise ? fit : best)).calibration;
}
