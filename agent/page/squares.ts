import { CORNERS } from '#agent/page/corners.ts';
import { type DarkSquare, findDarkSquares } from '#agent/page/dark-squares.ts';
import { fitHomography, type Pair } from '#agent/page/homography.ts';
import type { MarkedSheet, MissingMark, SquareMarks } from '#agent/page/marked-sheet.ts';
import type { Picture } from '#agent/page/picture.ts';
import { distance } from '#agent/page/quad.ts';
import type { CornerName, FormDefinition, Point } from '#contract/form/definition.ts';

/** The sheet fills between these shares of the picture's width or height. */
const SHEET_SHARE = { from: 0.5, to: 1.1 } as const;
const MIN_CONTRAST = 0.3;
/** A square may be so much larger or smaller than the distances between the squares say. */
const MAX_SIDE_RATIO = 1.6;
/** How far a square may lie from where two others put it, as a share of the sheet's width: perspective. */
const MAX_MISFIT = 0.25;
/** Placings handed on to be compared with the printed boxes. */
const KEPT = 6;

/**
 * The ways the dark squares of a picture can be the corners of this form, the likeliest first. The
 * squares alone tell neither which form it is nor which way up: the printed boxes must decide. With
 * one square of the four not found, its place is where a parallelogram has it.
 */
export function findSquares(picture: Picture, form: FormDefinition, marks: SquareMarks): readonly MarkedSheet[] {
  const squares = findDarkSquares(picture, expectedSides(picture, form, marks), MIN_CONTRAST);
  const placings: Placing[] = [];
  for (const tl of squares) {
    for (const tr of squares) {
      const placing = tl === tr ? null : placed(tl, tr, squares, marks);
      if (placing) placings.push(placing);
    }
  }
  return placings
    .sort((one, other) => other.worth - one.worth)
    .slice(0, KEPT)
    .map((placing) => sheetOf(placing, marks))
    .filter((sheet) => sheet !== null);
}

function expectedSides(picture: Picture, form: FormDefinition, marks: SquareMarks): { from: number; to: number } {
  const { width, height } = picture.full;
  const { sheet } = form;
  // Whichever way up the sheet lies, its long side goes with the picture's long side.
  const pxAMm = Math.min(
    Math.max(width, height) / Math.max(sheet.width, sheet.height),
    Math.min(width, height) / Math.min(sheet.width, sheet.height),
  );
  return { from: SHEET_SHARE.from * pxAMm * marks.side, to: SHEET_SHARE.to * pxAMm * marks.side };
}

interface Placing {
  readonly squares: ReadonlyMap<CornerName, DarkSquare>;
  readonly worth: number;
}

/** Takes two squares for the upper corners and looks where the lower ones must be. */
function placed(
  tl: DarkSquare,
  tr: DarkSquare,
  squares: readonly DarkSquare[],
  { centres, side }: SquareMarks,
): Placing | null {
  const width = distance(tl.at, tr.at);
  const pxAMm = width / distance(centres.tl, centres.tr);
  if (!fitsSize(tl, side * pxAMm) || !fitsSize(tr, side * pxAMm)) return null;
  const right: Point = [(tr.at[0] - tl.at[0]) / width, (tr.at[1] - tl.at[1]) / width];
  const height = distance(centres.tl, centres.bl) * pxAMm;
  const down: Point = [-right[1] * height, right[0] * height];
  const near = (from: DarkSquare) =>
    nearest(squares, [from.at[0] + down[0], from.at[1] + down[1]], MAX_MISFIT * width, side * pxAMm);
  const chosen = new Map<CornerName, DarkSquare>([
    ['tl', tl],
    ['tr', tr],
  ]);
  let misfit = 0;
  for (const [corner, from] of [
    ['bl', tl],
    ['br', tr],
  ] as const) {
    const found = near(from);
    if (!found || [...chosen.values()].includes(found.square)) continue;
    chosen.set(corner, found.square);
    misfit += found.away / width;
  }
  if (chosen.size < 3) return null;
  const contrast = [...chosen.values()].reduce((sum, square) => sum + square.contrast, 0);
  return { squares: chosen, worth: contrast - 4 * misfit };
}

function fitsSize(square: DarkSquare, expected: number): boolean {
  return square.side < MAX_SIDE_RATIO * expected && square.side > expected / MAX_SIDE_RATIO;
}

function nearest(
  squares: readonly DarkSquare[],
  place: Point,
  reach: number,
  side: number,
): { readonly square: DarkSquare; readonly away: number } | null {
  let best: { square: DarkSquare; away: number } | null = null;
  for (const square of squares) {
    const away = distance(square.at, place);
    if (away <= reach && fitsSize(square, side) && (!best || away < best.away)) best = { square, away };
  }
  return best;
}

function sheetOf({ squares }: Placing, { centres }: SquareMarks): MarkedSheet | null {
  const found = CORNERS.flatMap((corner): readonly Pair[] => {
    const square = squares.get(corner);
    return square ? [{ from: centres[corner], to: square.at, weight: 1 }] : [];
  });
  const missing = CORNERS.filter((corner) => !squares.has(corner)).map(
    (corner): MissingMark => ({ corner, why: 'hidden' }),
  );
  const guessed = missing.map(({ corner }) => ({ from: centres[corner], to: fourth(corner, squares), weight: 1 }));
  const h = fitHomography([...found, ...guessed]);
  return h && { h, pairs: found, missing, faint: [] };
}

/** The corner that completes the other three to a parallelogram. */
function fourth(corner: CornerName, squares: ReadonlyMap<CornerName, DarkSquare>): Point {
  const k = CORNERS.indexOf(corner);
  const at = (turn: number): Point => squares.get(CORNERS[(k + turn) % 4] ?? corner)?.at ?? [0, 0];
  const [before, opposite, after] = [at(3), at(2), at(1)];
  return [before[0] + after[0] - opposite[0], before[1] + after[1] - opposite[1]];
}
