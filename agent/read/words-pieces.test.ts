import { describe, expect, it } from 'vitest';
import type { Rect } from '#contract/form/definition.ts';
import type { WordsInk } from './words-ink.ts';
import { writingIn } from './words-pieces.ts';

const PX_PER_MM = 4;
const [WIDTH, HEIGHT] = [400, 60];

/** Ink in these rectangles (left, top, width, height), px. */
function inkOf(...rects: readonly Rect[]): WordsInk {
  const mask = new Uint8Array(WIDTH * HEIGHT);
  for (const [left, top, width, height] of rects) {
    for (let y = top; y < top + height; y++) mask.fill(1, y * WIDTH + left, y * WIDTH + left + width);
  }
  return { width: WIDTH, height: HEIGHT, mask, dark: Float32Array.from(mask), pxPerMm: PX_PER_MM };
}

/** How many pieces are taken for writing, and how much ink is left. */
function look(ink: WordsInk, note: Rect | null = null) {
  const pieces = writingIn(ink, note).length;
  return { pieces, ink: ink.dark.reduce((sum, value) => sum + value, 0) };
}

const LETTER: Rect = [100, 20, 10, 16];

describe('the pieces of writing in a room', () => {
  it('are letters, and not the bar above a T, which stays in the ink', () => {
    expect(look(inkOf(LETTER, [150, 14, 11, 1]))).toEqual({ pieces: 1, ink: 160 + 11 });
  });

  it('are not what is left of the table lines, which is erased', () => {
    const broken: readonly Rect[] = [
      [8, 0, 2, 30],
      [8, 34, 2, 20],
      [40, 8, 90, 2],
      [200, 54, 60, 2],
      [392, 20, 2, 6],
    ];
    expect(look(inkOf(LETTER, ...broken))).toEqual({ pieces: 1, ink: 160 });
  });

  it('are not the small print, but letters written over it', () => {
    const note: Rect = [300, 40, 60, 12];
    const print: Rect = [310, 42, 4, 7];
    const over: Rect = [330, 25, 3, 20];
    expect(look(inkOf(LETTER, print, over))).toEqual({ pieces: 3, ink: 160 + 28 + 60 });
    expect(look(inkOf(LETTER, print, over), note)).toEqual({ pieces: 2, ink: 160 + 60 });
  });
});
