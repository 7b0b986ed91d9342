import type { FoundTag } from '#agent/page/april-tag.ts';
import { CORNERS, cornersOf } from '#agent/page/corners.ts';
import { axesAt, fitHomography, type Homography, mapPoint, type Pair, scaleAt } from '#agent/page/homography.ts';
import type { MarkAxes, MarkCandidate } from '#agent/page/mark-candidates.ts';
import type { SaddleMarks } from '#agent/page/marked-sheet.ts';
import { distance } from '#agent/page/quad.ts';
import type { CornerName, Point } from '#contract/form/definition.ts';

export type Seeds = Readonly<Partial<Record<CornerName, MarkCandidate>>>;

export interface Assignment {
  readonly seeds: Seeds;
  readonly h: Homography;
  /** Of the tag's corners from where the seeds have them, mm. */
  readonly tagError: number;
}

/** A tag's corner is a crossing of two fitted edges: less certain than a mark's saddle. */
const TAG_CORNER_WEIGHT = 0.25;
/** How far from where the tag alone says a mark may be: perspective is unknown, so a share of the way. */
const GATE_SHARE = 0.6;
const GATE_MM = 12;
/** The tag may lie so far from where the marks say, mm: paper bends, but a tag does not walk away. */
const MAX_TAG_ERROR_MM = 4;
/** Beyond this change of scale from the tag to a corner the sheet would be seen nearly edge-on. */
const MAX_SCALE_CHANGE = 2.5;

/** Which seed may be which corner: with most seeds first, of those the ones that fit the tag best. */
export function assignments(
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

/** The tag's own corners, from its top-left on, to the corners of its box on the sheet. */
export function pairsOfTag(tag: FoundTag, marks: SaddleMarks): readonly Pair[] {
  const box = cornersOf(marks.tag.box);
  const turn = marks.tag.turn / 90;
  return tag.corners.map((to, k): Pair => {
    const from = box[(k + turn) % 4] ?? box[0];
    return { from, to, weight: TAG_CORNER_WEIGHT };
  });
}

/** How a mark beside the tag is seen. */
export function axesOfTag(tag: FoundTag, marks: SaddleMarks): MarkAxes {
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
