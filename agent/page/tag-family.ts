import { TAG_BITS_SIDE, TAG_COUNT, tagBits } from '#contract/form/april-tag.ts';

/** A tag's number, how far the bits are from its code, and how it lies. */
export interface CodeMatch {
  readonly id: number;
  readonly errors: number;
  /** Quarter turns clockwise from the tag's upright position to how its bits were read. */
  readonly turn: 0 | 1 | 2 | 3;
}

const HALF = 18;

/** The codes as two halves of 18 bits, so that plain integers compare them. */
const CODES = Array.from({ length: TAG_COUNT }, (_, id) => {
  const bits = tagBits(id).map((bit) => bit === 1);
  return { high: packed(bits.slice(0, HALF)), low: packed(bits.slice(HALF)) };
});

/**
 * The code nearest to 6 × 6 bits read row by row (true: white), however the tag lies; null where
 * none is within `maxErrors` bits.
 */
export function matchCode(bits: readonly boolean[], maxErrors: number): CodeMatch | null {
  let best: CodeMatch | null = null;
  let upright = bits;
  for (const turn of [0, 1, 2, 3] as const) {
    const high = packed(upright.slice(0, HALF));
    const low = packed(upright.slice(HALF));
    CODES.forEach((code, id) => {
      const errors = ones(code.high ^ high) + ones(code.low ^ low);
      if (errors <= maxErrors && (!best || errors < best.errors)) best = { id, errors, turn };
    });
    upright = turnedBack(upright);
  }
  return best;
}

/** The grid turned by a quarter counter-clockwise. */
function turnedBack(bits: readonly boolean[]): readonly boolean[] {
  return bits.map((_, k) => {
    const row = Math.floor(k / TAG_BITS_SIDE);
    const column = k % TAG_BITS_SIDE;
    return bits[column * TAG_BITS_SIDE + (TAG_BITS_SIDE - 1 - row)] ?? false;
  });
}

function packed(bits: readonly boolean[]): number {
  return bits.reduce((value, bit) => value * 2 + (bit ? 1 : 0), 0);
}

function ones(value: number): number {
  let count = 0;
  for (let rest = value; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}
