import type { FoundTag } from '#agent/page/april-tag.ts';
import { CORNERS, cornersOf } from '#agent/page/corners.ts';
import { fitHomography, type Homography, mapPoint, type Pair } from '#agent/page/homography.ts';
import { type Assignment, assignments, axesOfTag, pairsOfTag } from '#agent/page/mark-assignment.ts';
import { findMarkCandidates } from '#agent/page/mark-candidates.ts';
import type { MarkedSheet, MissingMark, SaddleMarks } from '#agent/page/marked-sheet.ts';
import type { Picture } from '#agent/page/picture.ts';
import { findSaddle } from '#agent/page/saddle.ts';
import { isInside } from '#agent/page/sampling.ts';
import type { CornerName, Point } from '#contract/form/definition.ts';

/** Contrast of a mark that is believed wherever it is, and of one that lies where the others say. */
const SEED_CONTRAST = 0.4;
const EXPECTED_CONTRAST = 0.2;
/** A mark washed out by a reflection is still believed right where it must be, but not as much. */
const FAINT_CONTRAST = 0.06;
const FAINT_WEIGHT = 0.25;
/** How far from where the other marks say, mm, nearest first: bent paper, or marks on one side only. */
const SEARCH_RADII = [6, 15, 30, 60] as const;
/** A mark must lie so many of its squares outside the picture to be called cut off. */
const CUT_OFF_SIDES = 3;
/** Assignments worth a look: beyond these the seeds are all clutter. */
const MAX_TRIES = 4;

/**
 * The ways the places that look like marks can be the corners of the sheet this tag is printed on,
 * the likeliest first and found only when asked for: things on the desk look like marks as well, and
 * the printed boxes must decide.
 */
export function* findMarks(picture: Picture, tag: FoundTag, marks: SaddleMarks): Generator<MarkedSheet> {
  const tagPairs = pairsOfTag(tag, marks);
  const axes = axesOfTag(tag, marks);
  const seeds = findMarkCandidates(picture, axes, SEED_CONTRAST);
  for (const assignment of assignments(seeds, tagPairs, axes, marks).slice(0, MAX_TRIES)) {
    yield completed(picture, assignment, tagPairs, marks);
  }
}

/**
 * Looks again for the marks that were missed, with what printed boxes tell of the perspective: three
 * marks and a tag leave the fourth corner open by centimetres.
 */
export function findMissing(
  picture: Picture,
  sheet: MarkedSheet,
  boxes: readonly Pair[],
  marks: SaddleMarks,
): MarkedSheet {
  const known = [...sheet.pairs];
  const missing: MissingMark[] = [];
  const faint = [...sheet.faint];
  for (const { corner } of sheet.missing) {
    const h = fitHomography([...known, ...boxes]) ?? sheet.h;
    const from = marks.saddles[corner];
    const mark = markNear(picture, h, from, marks.markSide);
    if (mark) known.push({ from, to: mark.at, weight: mark.weight });
    else missing.push({ corner, why: isCutOff(picture, h, from, marks.markSide) ? 'cut-off' : 'hidden' });
    if (mark && mark.weight < 1) faint.push(corner);
  }
  return { h: fitHomography([...known, ...boxes]) ?? sheet.h, pairs: known, missing, faint };
}

/** Looks again for every mark with the perspective now known, the surest first. */
function completed(
  picture: Picture,
  { seeds, h: first }: Assignment,
  tagPairs: readonly Pair[],
  marks: SaddleMarks,
): MarkedSheet {
  const known = new Map<CornerName, Pair>();
  for (const corner of CORNERS) {
    const seed = seeds[corner];
    if (seed) known.set(corner, { from: marks.saddles[corner], to: seed.at, weight: 1 });
  }
  const missing: MissingMark[] = [];
  const faint: CornerName[] = [];
  let h = first;
  for (const corner of [...CORNERS].sort((one, other) => Number(other in seeds) - Number(one in seeds))) {
    const from = marks.saddles[corner];
    const mark = markNear(picture, h, from, marks.markSide);
    if (mark) known.set(corner, { from, to: mark.at, weight: mark.weight });
    else known.delete(corner);
    if (!mark) missing.push({ corner, why: isCutOff(picture, h, from, marks.markSide) ? 'cut-off' : 'hidden' });
    if (mark && mark.weight < 1) faint.push(corner);
    h = fitHomography([...tagPairs, ...known.values()]) ?? h;
  }
  return { h, pairs: [...tagPairs, ...known.values()], missing, faint };
}

function markNear(
  picture: Picture,
  h: Homography,
  at: Point,
  side: number,
): { readonly at: Point; readonly weight: number } | null {
  for (const radius of SEARCH_RADII) {
    const mark = findSaddle(picture, h, at, side, radius, EXPECTED_CONTRAST);
    if (mark) return { at: mark.at, weight: 1 };
  }
  const mark = findSaddle(picture, h, at, side, SEARCH_RADII[0], FAINT_CONTRAST);
  return mark && { at: mark.at, weight: FAINT_WEIGHT };
}

/**
 * A mark is cut off where the picture ends well before it. Near the edge that cannot be told from
 * hidden: the fourth corner is foretold to a few squares only, and "not to be seen" is true of both.
 */
function isCutOff({ full }: Picture, h: Homography, [x, y]: Point, side: number): boolean {
  const unsure = CUT_OFF_SIDES * side;
  return cornersOf([x - unsure, y - unsure, 2 * unsure, 2 * unsure]).every((corner) => {
    const [u, v] = mapPoint(h, corner);
    return !isInside(full, u, v);
  });
}
