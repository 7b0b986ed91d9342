import { regionsOf } from './regions.ts';
import type { WordsInk } from './words-ink.ts';
import { AROUND } from './words-room.ts';

/** A connected piece of ink. */
export interface Piece {
  readonly pixels: Int32Array;
  /** Rows it reaches over. */
  readonly height: number;
}

/** Flatter than this, height against width, is no letter: what is left of a printed line, a dash. */
const FLAT = 0.15;

/** All pieces but those on the paper around the room, and flat ones that are left of the table's lines. */
export function piecesOf({ mask, width, height, pxPerMm }: WordsInk): readonly Piece[] {
  const around = 0.6 * AROUND * pxPerMm;
  return regionsOf(mask, width, height).flatMap((pixels) => {
    let [left, right, top, bottom, sum] = [width, 0, height, 0, 0];
    for (const pixel of pixels) {
      const x = pixel % width;
      const y = (pixel - x) / width;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
      sum += y;
    }
    const middle = sum / pixels.length;
    const inside = middle > around && middle < height - around;
    const flat = bottom - top + 1 < FLAT * (right - left + 1);
    return inside && !flat ? [{ pixels, height: bottom - top + 1 }] : [];
  });
}

/** The pixels of several pieces. */
export function together(pieces: readonly Piece[]): Int32Array {
  const all = new Int32Array(pieces.reduce((sum, { pixels }) => sum + pixels.length, 0));
  let at = 0;
  for (const { pixels } of pieces) {
    all.set(pixels, at);
    at += pixels.length;
  }
  return all;
}
