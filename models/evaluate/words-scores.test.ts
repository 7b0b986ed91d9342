import { describe, expect, it } from 'vitest';
import type { WordsSample } from './words-samples.ts';
import { calibrationOf, fitCalibration, judgeSamples, scoreOf } from './words-scores.ts';

const CALIBRATION = { slip: 0.02, temperature: 1, none: 1e-4 };

/** A room in which some numbers fit as said and all others not at all. */
function sample(value: number | null, fits: Readonly<Record<number, number>>, struck = 0): WordsSample {
  const numbers = Object.entries(fits).map(([number, likelihood]) => ({ value: Number(number), likelihood }));
  return { value, weigh: () => ({ numbers, struck }) };
}

const EMPTY: WordsSample = { value: null, weigh: null };

describe('the scores of the words reader', () => {
  it('count what is right, what is accepted, and what is accepted and wrong', () => {
    const judged = judgeSamples(
      [sample(7, { 7: 1 }), sample(8, { 7: 1 }), sample(9, { 9: 0.5, 19: 0.5 }), sample(null, { 4: 1 }, 1), EMPTY],
      CALIBRATION,
    );
    expect(scoreOf(judged, 0.99)).toEqual({ lines: 5, right: 2, accepted: 2, wrong: 1 });
  });

  it('put each reading into the row of its probability', () => {
    const judged = judgeSamples([sample(7, { 7: 1 }), sample(7, { 7: 0.6, 8: 0.4 }), EMPTY], CALIBRATION);
    const rows = calibrationOf(judged).filter(({ count }) => count > 0);
    expect(rows.map(({ from, count }) => [from, count])).toEqual([
      [0, 1],
      [0.5, 1],
      [0.999, 1],
    ]);
  });

  it('find that a reader which is too sure is to be weakened, and one that is right is not', () => {
    const sure = (value: number) => sample(value, { 7: 1, 8: 1e-6 });
    const right = Array.from({ length: 100 }, () => sure(7));
    const mistaken = [...right.slice(20), ...Array.from({ length: 20 }, () => sure(8))];
    expect(fitCalibration(right).temperature).toBe(1);
    expect(fitCalibration(mistaken).temperature).toBeGreaterThan(5);
  });
});
