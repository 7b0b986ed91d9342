import { type Homography, mapPoint } from '#agent/page/homography.ts';
import { solveLinear } from '#agent/page/linear.ts';
import { cutPatch, type Patch, PatchSums } from '#agent/page/patch.ts';
import type { Picture } from '#agent/page/picture.ts';
import type { Point } from '#contract/form/definition.ts';

/** A corner mark as it lies in the photo. */
export interface FoundMark {
  /** px at full scale. */
  readonly at: Point;
  /** How much darker its brightest black is than its darkest white, 0 to 1 of that white. */
  readonly contrast: number;
}

/** Edge of the search raster, mm. */
const SEARCH_STEP = 1;
/** Left out along the edges of the squares, mm: blur and a slightly wrong scale live there. */
const INSET = 1;
/** White paper asked for around the two squares, mm. */
const SURROUND = 1;

/**
 * Looks for the mark within `radius` mm of where it is expected: two black squares up-left and
 * down-right of a point, paper in the other quadrants and around. Null where the best place has
 * less than `minContrast` between its darkest white and its brightest black.
 */
export function findSaddle(
  picture: Picture,
  h: Homography,
  expected: Point,
  markSide: number,
  radius: number,
  minContrast: number,
): FoundMark | null {
  const margin = markSide + 2 * SURROUND;
  const patch = cutPatch(picture, h, expected, radius + margin, SEARCH_STEP);
  const sums = new PatchSums(patch);
  let best: { x: number; y: number; contrast: number } | null = null;
  const reach = Math.floor(radius / SEARCH_STEP);
  for (let y = -reach; y <= reach; y++) {
    for (let x = -reach; x <= reach; x++) {
      const contrast = markContrast(sums, x, y, markSide / SEARCH_STEP);
      if (contrast >= minContrast && (!best || contrast > best.contrast)) best = { x, y, contrast };
    }
  }
  if (!best) return null;
  const coarse: Point = [expected[0] + best.x * SEARCH_STEP, expected[1] + best.y * SEARCH_STEP];
  const fine = refineSaddle(picture, h, coarse, markSide);
  return fine && { at: mapPoint(h, fine), contrast: best.contrast };
}

function markContrast(sums: PatchSums, x: number, y: number, side: number): number {
  const near = Math.round(INSET / SEARCH_STEP);
  const far = Math.floor(side - INSET / SEARCH_STEP);
  const out = Math.round(side + INSET / SEARCH_STEP);
  const end = out + Math.round(SURROUND / SEARCH_STEP);
  const black = Math.max(
    sums.mean(x - far, y - far, x - near, y - near),
    sums.mean(x + near, y + near, x + far, y + far),
  );
  const white = Math.min(
    sums.mean(x + near, y - far, x + far, y - near),
    sums.mean(x - far, y + near, x - near, y + far),
    sums.mean(x - end, y - far, x - out, y - near),
    sums.mean(x - far, y - end, x - near, y - out),
    sums.mean(x + out, y + near, x + end, y + far),
    sums.mean(x + near, y + out, x + far, y + end),
    sums.mean(x + near, y - end, x + far, y - out),
    sums.mean(x - end, y + near, x - out, y + far),
    sums.mean(x - far, y + out, x - near, y + end),
    sums.mean(x + out, y - far, x + end, y - near),
  );
  return white > 0 ? (white - black) / white : 0;
}

/** Share of the square's side that the fitted surface spans from the saddle to each side. */
const WINDOW = 0.45;

/**
 * The saddle point of the brightness to a fraction of a pixel, mm; null where it wanders off. Ink
 * that spread or dried back moves the edges of both squares, but not the point of their symmetry.
 */
function refineSaddle(picture: Picture, h: Homography, coarse: Point, markSide: number): Point | null {
  let at = coarse;
  for (let round = 0; round < 8; round++) {
    const patch = cutPatch(picture, h, at, WINDOW * markSide, 0.25);
    const move = saddleOf(patch);
    if (!move) return null;
    const length = Math.hypot(...move);
    const bound = length > 1 ? 1 / length : 1;
    at = [at[0] + move[0] * bound, at[1] + move[1] * bound];
    if (Math.hypot(at[0] - coarse[0], at[1] - coarse[1]) > markSide / 2) return null;
    if (length < 0.01) break;
  }
  return at;
}

/** Where the second-order surface through the patch has its saddle, mm from the centre. */
function saddleOf(patch: Patch): Point | null {
  const a = new Float64Array(36);
  const b = new Float64Array(6);
  const limit = patch.reach * patch.step;
  for (let row = 0; row < patch.size; row++) {
    for (let column = 0; column < patch.size; column++) {
      const x = (column - patch.reach) * patch.step;
      const y = (row - patch.reach) * patch.step;
      const weight = 1 - (x * x + y * y) / (limit * limit);
      if (weight <= 0) continue;
      const terms = [1, x, y, x * x, x * y, y * y];
      const level = patch.levels[row * patch.size + column] ?? 0;
      for (let i = 0; i < 6; i++) {
        const left = weight * (terms[i] ?? 0);
        b[i] = (b[i] ?? 0) + left * level;
        for (let j = 0; j < 6; j++) a[i * 6 + j] = (a[i * 6 + j] ?? 0) + left * (terms[j] ?? 0);
      }
    }
  }
  const surface = solveLinear(a, b);
  if (!surface) return null;
  const [, gx = 0, gy = 0, xx = 0, xy = 0, yy = 0] = surface;
  const determinant = 4 * xx * yy - xy * xy;
  if (determinant >= 0) return null;
  return [(xy * gy - 2 * yy * gx) / determinant, (xy * gx - 2 * xx * gy) / determinant];
}
