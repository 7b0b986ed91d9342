import type { Gray, Picture } from '#agent/page/picture.ts';
import { findSaddlePoints, type SaddlePoint } from '#agent/page/saddle-points.ts';
import { brightnessAt } from '#agent/page/sampling.ts';
import type { Point } from '#contract/form/definition.ts';

/** A place that looks like a corner mark. */
export interface MarkCandidate {
  /** px at full scale, good to a pixel of the small picture. */
  readonly at: Point;
  /** How much darker its brightest black is than its darkest white, 0 to 1 of that white. */
  readonly contrast: number;
}

/** How a mark should lie: px of the photo along its side's two directions on the sheet. */
export interface MarkAxes {
  readonly right: Point;
  readonly down: Point;
}

/** Perspective makes a far mark smaller, a near one larger than one beside the tag, each side by itself… */
const SCALES = [0.42, 0.56, 0.75, 1, 1.33, 1.78, 2.37] as const;
/** …but one side not by more than this against the other. */
const MAX_STRETCH = 1.9;
const VIEWS = SCALES.flatMap((across) =>
  SCALES.filter((along) => Math.max(across / along, along / across) < MAX_STRETCH).map((along) => ({ across, along })),
);
/** And it turns the sides, but not by more than this, radians. */
const MAX_TURN = 0.7;

/**
 * All places where brightness has a saddle and the four quadrants around it are black up-left and
 * down-right, white in the others and just outside. Searched over the whole picture: seen from a
 * tag alone, in perspective, a far corner is not known to better than a tenth of the sheet.
 */
export function findMarkCandidates(picture: Picture, axes: MarkAxes, minContrast: number): readonly MarkCandidate[] {
  const side = (Math.hypot(...axes.right) + Math.hypot(...axes.down)) / 2;
  const found: MarkCandidate[] = [];
  const shift = (picture.factor - 1) / 2;
  for (const saddle of findSaddlePoints(picture.small, side / picture.factor)) {
    const [x, y] = saddle.at;
    const at: Point = [x * picture.factor + shift, y * picture.factor + shift];
    const seen = alongEdges(saddle, axes);
    const contrast = seen ? contrastAt(picture.full, at, seen, minContrast) : minContrast;
    if (contrast > minContrast) found.push({ at, contrast });
  }
  return withoutNeighbours(found, side);
}

/**
 * The mark's sides along the two edges that cross in the saddle (there brightness does not bend);
 * null where they run otherwise than a mark's can beside this tag.
 */
function alongEdges({ xx, xy, yy }: SaddlePoint, { right, down }: MarkAxes): MarkAxes | null {
  const middle = (xx + yy) / 2;
  const spread = Math.hypot((xx - yy) / 2, xy);
  const phase = Math.atan2(xy, (xx - yy) / 2);
  const opening = Math.acos(Math.max(-1, Math.min(1, -middle / spread)));
  const one = (phase + opening) / 2;
  const other = (phase - opening) / 2;
  const straight = turnBetween(right, one) + turnBetween(down, other);
  const crossed = turnBetween(right, other) + turnBetween(down, one);
  const [forRight, forDown] = straight < crossed ? [one, other] : [other, one];
  if (turnBetween(right, forRight) > MAX_TURN || turnBetween(down, forDown) > MAX_TURN) return null;
  return { right: turnedTo(right, forRight), down: turnedTo(down, forDown) };
}

/** Angle between a vector and a line, radians. */
function turnBetween([x, y]: Point, line: number): number {
  return Math.acos(Math.min(1, Math.abs(x * Math.cos(line) + y * Math.sin(line)) / Math.hypot(x, y)));
}

/** The vector turned on to a line, its length and sense kept. */
function turnedTo([x, y]: Point, line: number): Point {
  const length = Math.hypot(x, y) * Math.sign(x * Math.cos(line) + y * Math.sin(line));
  return [length * Math.cos(line), length * Math.sin(line)];
}

/** Middles of the black squares, in sides of the mark. */
const BLACK: readonly Point[] = [
  [-0.5, -0.5],
  [0.5, 0.5],
];
/** Middles of the white quadrants, and paper all around: a chessboard has more black there. */
const OUT = 1.22;
const WHITE: readonly Point[] = [
  [0.5, -0.5],
  [-0.5, 0.5],
  [-0.5, -OUT],
  [-OUT, -0.5],
  [0.5, OUT],
  [OUT, 0.5],
  [0.5, -OUT],
  [-OUT, 0.5],
  [-0.5, OUT],
  [OUT, -0.5],
];

/** The best contrast of all scales, or `atLeast` where none is better. */
function contrastAt(gray: Gray, at: Point, { right, down }: MarkAxes, atLeast: number): number {
  let best = atLeast;
  for (const { across, along } of VIEWS) {
    const axes: MarkAxes = {
      right: [right[0] * across, right[1] * across],
      down: [down[0] * along, down[1] * along],
    };
    best = Math.max(best, contrastSeen(gray, at, axes, best));
  }
  return best;
}

/** The contrast of all these places; given up as soon as it must stay below `atLeast`. */
function contrastSeen(gray: Gray, at: Point, axes: MarkAxes, atLeast: number): number {
  let black = 0;
  for (const place of BLACK) black = Math.max(black, levelAround(gray, at, axes, place));
  let white = 255;
  for (const place of WHITE) {
    white = Math.min(white, levelAround(gray, at, axes, place));
    if (white - black <= atLeast * white) return atLeast;
  }
  return (white - black) / white;
}

const SPREAD = 0.15;

function levelAround(gray: Gray, at: Point, { right, down }: MarkAxes, place: Point): number {
  const x = at[0] + right[0] * place[0] + down[0] * place[1];
  const y = at[1] + right[1] * place[0] + down[1] * place[1];
  const rx = right[0] * SPREAD;
  const ry = right[1] * SPREAD;
  const dx = down[0] * SPREAD;
  const dy = down[1] * SPREAD;
  return (
    (brightnessAt(gray, x, y) +
      brightnessAt(gray, x + rx + dx, y + ry + dy) +
      brightnessAt(gray, x + rx - dx, y + ry - dy) +
      brightnessAt(gray, x - rx + dx, y - ry + dy) +
      brightnessAt(gray, x - rx - dx, y - ry - dy)) /
    5
  );
}

/** Of places closer than half a mark the one with more contrast stays. */
function withoutNeighbours(candidates: readonly MarkCandidate[], side: number): readonly MarkCandidate[] {
  const kept: MarkCandidate[] = [];
  for (const candidate of [...candidates].sort((one, other) => other.contrast - one.contrast)) {
    const [x, y] = candidate.at;
    if (kept.every(({ at }) => Math.hypot(at[0] - x, at[1] - y) > side / 2)) kept.push(candidate);
  }
  return kept;
}
