import type { Rect } from '#contract/form/definition.ts';
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
/** What lies this near to an edge of the room, mm, and flat or within it altogether, is left of the table's lines. */
const RIM = 1.6;
/** Letters low in the room come nearer to its upper and lower edge than to its ends. */
const LOW_RIM = 0.7;
/** A flat piece shorter than this, mm, may be the bar of a T. */
const SHORTEST_RULE = 3;
/** How far the small print is found beside its place, mm. */
const ASTRAY = 0.7;

/**
 * The pieces that may be writing. What is printed is erased from the ink: the rest of the table's lines,
 * and the pieces that lie altogether in the small print's place (px of the patch); letters written over
 * it reach out of it.
 */
export function writingIn(ink: WordsInk, note: Rect | null): readonly Piece[] {
  const { mask, width, height } = ink;
  const inRim = rimOf(ink);
  const inNote = noteOf(ink, note);
  const around = 0.6 * AROUND * ink.pxPerMm;
  return regionsOf(mask, width, height).flatMap((pixels) => {
    const box = boundsOf(pixels, ink);
    const wide = box.right - box.left + 1;
    const tall = box.bottom - box.top + 1;
    const flat = tall < FLAT * wide;
    if (inNote(box) || inRim(pixels, box, flat && wide > SHORTEST_RULE * ink.pxPerMm)) {
      erase(ink, pixels);
      return [];
    }
    const inside = box.middle > around && box.middle < height - around;
    return inside && !flat ? [{ pixels, height: tall }] : [];
  });
}

interface Bounds {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  /** Mean row. */
  readonly middle: number;
}

function boundsOf(pixels: Int32Array, { width, height }: WordsInk): Bounds {
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
  return { left, right, top, bottom, middle: sum / pixels.length };
}

/** Whether a piece lies altogether along the room's edges; one that is long and flat may lie further in. */
function rimOf({ width, height, pxPerMm }: WordsInk) {
  const end = (AROUND + RIM) * pxPerMm;
  const low = (AROUND + LOW_RIM) * pxPerMm;
  return (pixels: Int32Array, { top, bottom }: Bounds, rule: boolean): boolean => {
    if (rule && (bottom < end || top > height - 1 - end)) return true;
    return pixels.every((pixel) => {
      const x = pixel % width;
      const y = (pixel - x) / width;
      return x < end || x > width - 1 - end || y < low || y > height - 1 - low;
    });
  };
}

function noteOf({ pxPerMm }: WordsInk, note: Rect | null) {
  if (!note) return () => false;
  const astray = ASTRAY * pxPerMm;
  const [left, top] = [note[0] - astray, note[1] - astray];
  const [right, bottom] = [note[0] + note[2] + astray, note[1] + note[3] + astray];
  return (box: Bounds): boolean => box.left >= left && box.right <= right && box.top >= top && box.bottom <= bottom;
}

/** Takes a piece away, with its soft edge. */
function erase({ mask, dark, width, height }: WordsInk, pixels: Int32Array): void {
  for (const pixel of pixels) mask[pixel] = 0;
  for (const pixel of pixels) {
    const x = pixel % width;
    const y = (pixel - x) / width;
    for (let v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++) {
      for (let u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) {
        if (!mask[v * width + u]) dark[v * width + u] = 0;
      }
    }
  }
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
