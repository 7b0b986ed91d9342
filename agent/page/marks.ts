import type { FoundTag } from '#agent/page/april-tag.ts';
import { axesAt, fitHomography, type Homography, mapPoint, type Pair, scaleAt } from '#agent/page/homography.ts';
import { findMarkCandidates, type MarkAxes, type MarkCandidate } from '#agent/page/mark-candidates.ts';
import type { Picture } from '#agent/page/picture.ts';
import { distance } from '#agent/page/quad.ts';
import { findSaddle } from '#agent/page/saddle.ts';
import { isInside } from '#agent/page/sampling.ts';
import type { CornerName, FormDefinition, Point, Rect } from '#contract/form/definition.ts';

export type SaddleMarks = Extract<FormDefinition['marks'], { by: 'saddles' }>;

/** Why a mark gave no point: the picture ends before it, or it is inside and not to be seen. */
export interface MissingMark {
  readonly corner: CornerName;
  readonly why: 'cut-off' | 'hidden';
}

/** The sheet as its marks tell it: mm to px, with what it rests on. */
export interface MarkedSheet {
  readonly h: Homography;
  readonly pairs: readonly Pair[];
  readonly missing: readonly MissingMark[];
  /** Marks that are hardly to be seen and count little. */
  readonly faint: readonly CornerName[];
}

export const CORNERS: readonly CornerName[] = ['tl', 'tr', 'br', 'bl'];

/** A tag's corner is a crossing of two fitted edges: less certain than a mark's saddle. */
const TAG_CORNER_WEIGHT = 0.25;
/** Contrast of a mark that is believed wherever it is, and of one that lies where the others say. */
const SEED_CONTRAST = 0.4;
const EXPECTED_CONTRAST = 0.2;
/** A mark washed out by a reflection is still believed right where it must be, but not as much. */
const FAINT_CONTRAST = 0.06;
const FAINT_WEIGHT = 0.25;
/** How far from where the tag alone says a mark may be: perspective is unknown, so a share of the way. */
const GATE_SHARE = 0.6;
const GATE_MM = 12;
/** How far from where the other marks say, mm, nearest first: bent paper, or marks on one side only. */
const SEARCH_RADII = [6, 15, 30, 60] as const;
/** The tag may lie so far from where the marks say, mm: paper bends, but a tag does not walk away. */
const MAX_TAG_ERROR_MM = 4;
/** A mark must lie so many of its squares outside the picture to be called cut off. */
const CUT_OFF_SIDES = 3;
/** Assignments worth a look: beyond these the seeds are all clutter. */
const MAX_TRIES = 4;
/** Beyond this change of scale from the tag to a corner the sheet would be seen nearly edge-on. */
const MAX_SCALE_CHANGE = 2.5;

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

type Seeds = Readonly<Partial<Record<CornerName, MarkCandidate>>>;

interface Assignment {
  readonly seeds: Seeds;
  readonly h: Homography;
  /** Of the tag's corners from where the seeds have them, mm. */
  readonly tagError: number;
}

/** Which seed may be which corner: with most seeds first, of those the ones that fit the tag best. */
function assignments(
  seeds: readonly MarkCandidate[],
  tagPairs: readonly Pair[],
  axes: MarkAxes,
  marks: SaddleMarks,
): readonly Assignment[] {
  let partial: Seeds[] = [{}];
  for (const corner of CORNERS) {
    const options = seeds.filter((seed) => isNear(seed, corner, tagPairs, axes, marks)).slice(0, 4);
    partial = partial.flatMap((chosen) => [
      chosen,
      ...options.filter((seed) => !Object.values(chosen).includes(seed)).map((seed) => ({ ...chosen, [corner]: seed })),
    ]);
  }
  const count = ({ seeds: chosen }: Assignment) => Object.keys(chosen).length;
  return partial
    .map((chosen) => agreed(chosen, tagPairs, marks))
    .filter((assignment) => assignment !== null)
    .sort((one, other) => count(other) - count(one) || one.tagError - other.tagError);
}

function isNear(
  seed: MarkCandidate,
  corner: CornerName,
  tagPairs: readonly Pair[],
  { right, down }: MarkAxes,
  marks: SaddleMarks,
): boolean {
  const [middle, seen] = middleOf(tagPairs);
  const [x, y] = marks.saddles[corner];
  const dx = (x - middle[0]) / marks.markSide;
  const dy = (y - middle[1]) / marks.markSide;
  const expected: Point = [seen[0] + right[0] * dx + down[0] * dy, seen[1] + right[1] * dx + down[1] * dy];
  const pxAMm = (Math.hypot(...right) + Math.hypot(...down)) / 2 / marks.markSide;
  const gate = (GATE_MM + GATE_SHARE * distance(marks.saddles[corner], middle)) * pxAMm;
  return distance(seed.at, expected) <= gate;
}

function agreed(seeds: Seeds, tagPairs: readonly Pair[], marks: SaddleMarks): Assignment | null {
  const pairs = CORNERS.flatMap((corner) => {
    const seed = seeds[corner];
    return seed ? [{ from: marks.saddles[corner], to: seed.at, weight: 1 }] : [];
  });
  const h = fitHomography([...tagPairs, ...pairs]);
  if (!h || !isPlausible(h, tagPairs, marks)) return null;
  const [middle] = middleOf(tagPairs);
  const error = Math.max(...tagPairs.map(({ from, to }) => distance(mapPoint(h, from), to)));
  const tagError = error / scaleAt(h, middle);
  return tagError <= MAX_TAG_ERROR_MM ? { seeds, h, tagError } : null;
}

/** Whether a sheet could be seen so: all of it before the camera, and not mirrored. */
function isPlausible(h: Homography, tagPairs: readonly Pair[], marks: SaddleMarks): boolean {
  const [middle] = middleOf(tagPairs);
  const scale = scaleAt(h, middle);
  return CORNERS.every((corner) => {
    const axes = axesAt(h, marks.saddles[corner]);
    const change = scaleAt(h, marks.saddles[corner]) / scale;
    const upright = axes.x[0] * axes.y[1] - axes.x[1] * axes.y[0] > 0;
    return upright && change < MAX_SCALE_CHANGE && change > 1 / MAX_SCALE_CHANGE;
  });
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

/** The tag's own corners, from its top-left on, to the corners of its box on the sheet. */
function pairsOfTag(tag: FoundTag, marks: SaddleMarks): readonly Pair[] {
  const box = cornersOf(marks.tag.box);
  const turn = marks.tag.turn / 90;
  return tag.corners.map((to, k): Pair => {
    const from = box[(k + turn) % 4] ?? box[0];
    return { from, to, weight: TAG_CORNER_WEIGHT };
  });
}

/** How a mark beside the tag is seen. */
function axesOfTag(tag: FoundTag, marks: SaddleMarks): MarkAxes {
  const box = cornersOf(marks.tag.box);
  const turn = marks.tag.turn / 90;
  const corner = (k: number): Point => tag.corners[((((k - turn) % 4) + 4) % 4) as 0 | 1 | 2 | 3];
  const side = distance(box[0], box[1]) / marks.markSide;
  const [tl, tr, br, bl] = [corner(0), corner(1), corner(2), corner(3)];
  return {
    right: [(tr[0] - tl[0] + br[0] - bl[0]) / 2 / side, (tr[1] - tl[1] + br[1] - bl[1]) / 2 / side],
    down: [(bl[0] - tl[0] + br[0] - tr[0]) / 2 / side, (bl[1] - tl[1] + br[1] - tr[1]) / 2 / side],
  };
}

function middleOf(pairs: readonly Pair[]): readonly [on: Point, seen: Point] {
  const mean = (points: readonly Point[]): Point => [
    points.reduce((sum, [x]) => sum + x, 0) / points.length,
    points.reduce((sum, [, y]) => sum + y, 0) / points.length,
  ];
  return [mean(pairs.map(({ from }) => from)), mean(pairs.map(({ to }) => to))];
}

export function cornersOf([x, y, width, height]: Rect): readonly [Point, Point, Point, Point] {
  return [
    [x, y],
    [x + width, y],
    [x + width, y + height],
    [x, y + height],
  ];
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
