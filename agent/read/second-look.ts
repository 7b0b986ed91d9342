import type { BoxReading } from '#agent/tally/evidence.ts';
import { INPUT_LENGTH, PLANES } from './clean-box.ts';
import { SIDE } from './normalise.ts';

/** From a pixel to the first of the four it is the mean of, px right and down, for each of the further looks. */
const TO_FIRST = [
  [-1, -1],
  [0, 0],
] as const;
export const LOOKS = TO_FIRST.length;

/** The box as it would look displaced by half a pixel across and down, and back and up: what a reading must not hang on. */
export function displaced(input: Float32Array): readonly Float32Array[] {
  return TO_FIRST.map(([right, down]) => {
    const out = new Float32Array(INPUT_LENGTH);
    for (let plane = 0; plane < PLANES; plane++) {
      for (let y = 0; y < SIDE; y++) {
        for (let x = 0; x < SIDE; x++) {
          out[(plane * SIDE + y) * SIDE + x] = meanOfFour(input, plane, x + right, y + down);
        }
      }
    }
    return out;
  });
}

/** Of the pixel at x, y and those right of and below it; beyond the picture there is paper. */
function meanOfFour(input: Float32Array, plane: number, x: number, y: number): number {
  let sum = 0;
  for (let row = Math.max(0, y); row <= Math.min(SIDE - 1, y + 1); row++) {
    for (let column = Math.max(0, x); column <= Math.min(SIDE - 1, x + 1); column++) {
      sum += input[(plane * SIDE + row) * SIDE + column] as number;
    }
  }
  return sum / 4;
}

/** One reading from several of the same box: their geometric mean, so that each may object. */
export function together(readings: readonly BoxReading[]): BoxReading {
  const classes = readings[0]?.length ?? 0;
  const means = Array.from({ length: classes }, (_, c) =>
    Math.exp(
      readings.reduce((sum, reading) => sum + Math.log(Math.max(reading[c] ?? 0, SMALLEST)), 0) / readings.length,
    ),
  );
  const total = means.reduce((sum, mean) => sum + mean, 0);
  return means.map((mean) => mean / total);
}

/** Smaller probabilities are rounded off by the network itself. */
const SMALLEST = 1e-12;
