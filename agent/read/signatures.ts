import type { ToPhoto } from '#agent/page/frames.ts';
import type { Gray } from '#agent/page/picture.ts';
import type { SignaturesReading } from '#agent/tally/evidence.ts';
import type { Rect } from '#contract/form/definition.ts';
import { cutBox } from './box.ts';
import { findInk } from './ink.ts';

/**
 * How many cells of an attendance list are signed. A signature is ink of any shape, so the ink is measured,
 * not read: a cell's probability of being signed comes from the share of its inside that is darker than
 * its own paper, and the count's from all cells together.
 */

/** Share of a cell's sides left out: the printed lines, and what reaches in from the cells around. */
const INSET = 0.12;
/**
 * Share of ink at which a cell is as likely signed as not, and how fast that changes: half way, in logarithms,
 * between specks (below 0.2 %) and the thinnest signatures (7 % on good photos); a dash across the cell has 1 to 2 %.
 */
const HALF = 0.02;
const STEEP = 4;
/** No cell is surer than this: a tick, a thumbprint, a stain. */
const SUREST = 0.9999;
/** Counts less likely than this are not listed one by one. */
const LISTED = 1e-4;

export function countSignatures(photo: Gray, cells: readonly Rect[], toPhoto: ToPhoto): SignaturesReading {
  return countOf(cells.map((cell) => signedProbability(inkShare(photo, cell, toPhoto))));
}

/** The count's distribution where each cell is signed with its own probability. */
export function countOf(signed: readonly number[]): SignaturesReading {
  let counts = [1];
  for (const p of signed) {
    counts = Array.from({ length: counts.length + 1 }, (_, n) => (counts[n] ?? 0) * (1 - p) + (counts[n - 1] ?? 0) * p);
  }
  const candidates = counts
    .map((probability, value) => ({ value, probability }))
    .filter(({ probability }) => probability >= LISTED)
    .sort((one, other) => other.probability - one.probability);
  const listed = candidates.reduce((sum, { probability }) => sum + probability, 0);
  return { candidates, unlisted: Math.max(0, 1 - listed) };
}

export function signedProbability(ink: number): number {
  const odds = (Math.max(ink, 1e-6) / HALF) ** STEEP;
  return Math.min(SUREST, Math.max(1 - SUREST, odds / (1 + odds)));
}

/** Share of the cell's inside that is ink, 0 to 1. Darkness is measured against the paper around: a shadow's edge is none. */
export function inkShare(photo: Gray, cell: Rect, toPhoto: ToPhoto): number {
  const patch = cutBox(photo, cell, toPhoto);
  const { mask, width } = findInk(patch);
  const { box } = patch;
  const [left, right] = [box.x + INSET * box.width, box.x + (1 - INSET) * box.width];
  const [top, bottom] = [box.y + INSET * box.height, box.y + (1 - INSET) * box.height];
  let ink = 0;
  let samples = 0;
  for (let y = Math.ceil(top); y < bottom; y++) {
    for (let x = Math.ceil(left); x < right; x++) {
      ink += mask[y * width + x] ?? 0;
      samples += 1;
    }
  }
  return ink / samples;
}
