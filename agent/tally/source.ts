import type { NumbersSaid } from '#agent/tally/evidence.ts';
import { CLEAR_PREFERENCE } from '#agent/tally/thresholds.ts';
import type { FigureValue } from '#contract/form/rules.ts';

/** How well one independent source fits each number; only ratios mean something. */
export interface SourceEvidence {
  /** Likelihood of what the source shows, were this the number; never 0. */
  likelihood(value: FigureValue): number;
  /** The largest likelihood any number has. */
  readonly most: number;
  /** The source by itself prefers this number to every other ten to one. */
  names(value: FigureValue): boolean;
}

/** How a source comes to say another number than the one that is meant, however well it is read. */
export interface Slip {
  /** Share of figures whose source says another number. */
  readonly share: number;
  /** Into how many numbers it usually turns. */
  readonly ways: number;
}

/**
 * Evidence of a source that is read as numbers, `numbers` of which there are. Its slips are as likely
 * to end at any number as at the likeliest ones: that weakens the source, and never flatters it. A
 * reading that is not a distribution (a fault of the reader, not of the paper) says nothing.
 */
export function saidEvidence(said: NumbersSaid, numbers: number, slip: Slip): SourceEvidence {
  const sound = isDistribution(said) ? said : SILENCE;
  const slipped = slip.share / slip.ways;
  const weighed = (probability: number) => (1 - slip.share) * probability + slipped;
  const probabilities = new Map<FigureValue, number>();
  for (const { value, probability } of sound.candidates) {
    probabilities.set(value, (probabilities.get(value) ?? 0) + probability);
  }
  const any = weighed(sound.unlisted / Math.max(1, numbers - probabilities.size));
  const likelihood = (value: FigureValue) => {
    const probability = probabilities.get(value);
    return probability === undefined ? any : weighed(probability);
  };
  const [most = any, second = any] = [...[...probabilities.values()].map(weighed), any].sort((a, b) => b - a);
  const clear = Math.log(most / second) >= CLEAR_PREFERENCE;
  return { likelihood, most, names: (value) => clear && likelihood(value) === most };
}

/** What a source says of which nothing can be told. */
export const SILENCE: NumbersSaid = { candidates: [], unlisted: 1 };

function isDistribution({ candidates, unlisted }: NumbersSaid): boolean {
  const probabilities = [unlisted, ...candidates.map(({ probability }) => probability)];
  const total = probabilities.reduce((sum, p) => sum + (p >= 0 ? p : Number.NaN), 0);
  return Math.abs(total - 1) < ROUNDING;
}

/** Probabilities that crossed a border as decimal numbers add up to 1 as nearly as this. */
const ROUNDING = 1e-3;
