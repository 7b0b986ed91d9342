import { solveLinear } from '#agent/page/linear.ts';
import type { Point } from '#contract/form/definition.ts';

/** A plane-to-plane mapping, here from mm on the sheet to px of the photo: nine numbers, row by row. */
export type Homography = readonly [number, number, number, number, number, number, number, number, number];

/** A point known in both frames, and how much it is to be believed (1: as much as a corner mark). */
export interface Pair {
  readonly from: Point;
  readonly to: Point;
  readonly weight: number;
}

export function mapPoint(h: Homography, [x, y]: Point): Point {
  const w = h[6] * x + h[7] * y + h[8];
  return [(h[0] * x + h[1] * y + h[2]) / w, (h[3] * x + h[4] * y + h[5]) / w];
}

/**
 * The mapping that brings the pairs together with the least weighted square distance in the target
 * frame; null for fewer than four pairs or where they lie on a line. Each round divides an equation
 * by its own denominator of the round before, which turns the algebraic error into the distance.
 */
export function fitHomography(pairs: readonly Pair[]): Homography | null {
  if (pairs.length < 4) return null;
  const from = normaliser(pairs.map((pair) => pair.from));
  const to = normaliser(pairs.map((pair) => pair.to));
  const scaled = pairs.map((pair) => ({
    from: from.apply(pair.from),
    to: to.apply(pair.to),
    weight: pair.weight,
  }));
  let h: Homography | null = null;
  for (let round = 0; round < 4; round++) {
    h = leastSquares(scaled, h);
    if (!h) return null;
  }
  return h && multiply(multiply(to.inverse, h), from.matrix);
}

/** The mapping back; a homography that can be fitted can be inverted. */
export function invert(h: Homography): Homography {
  const [a, b, c, d, e, f, g, i, j] = h;
  return [
    e * j - f * i,
    c * i - b * j,
    b * f - c * e,
    f * g - d * j,
    a * j - c * g,
    c * d - a * f,
    d * i - e * g,
    b * g - a * i,
    a * e - b * d,
  ];
}

/** Change of the target by one unit of x and of y at a point: the local axes, px a mm. */
export function axesAt(h: Homography, [x, y]: Point): { readonly x: Point; readonly y: Point } {
  const w = h[6] * x + h[7] * y + h[8];
  const [u, v] = mapPoint(h, [x, y]);
  return {
    x: [(h[0] - u * h[6]) / w, (h[3] - v * h[6]) / w],
    y: [(h[1] - u * h[7]) / w, (h[4] - v * h[7]) / w],
  };
}

/** Pixels along one mm at a point, the geometric mean over all directions. */
export function scaleAt(h: Homography, point: Point): number {
  const axes = axesAt(h, point);
  return Math.sqrt(Math.abs(axes.x[0] * axes.y[1] - axes.x[1] * axes.y[0]));
}

interface Normaliser {
  readonly matrix: Homography;
  readonly inverse: Homography;
  apply(point: Point): Point;
}

/** Moves points to mean 0 and spread 1: the equations are hopelessly uneven without it. */
function normaliser(points: readonly Point[]): Normaliser {
  const n = points.length;
  const cx = points.reduce((sum, [x]) => sum + x, 0) / n;
  const cy = points.reduce((sum, [, y]) => sum + y, 0) / n;
  const spread = points.reduce((sum, [x, y]) => sum + Math.hypot(x - cx, y - cy), 0) / n;
  const s = spread > 0 ? 1 / spread : 1;
  return {
    matrix: [s, 0, -cx * s, 0, s, -cy * s, 0, 0, 1],
    inverse: [1 / s, 0, cx, 0, 1 / s, cy, 0, 0, 1],
    apply: ([x, y]) => [(x - cx) * s, (y - cy) * s],
  };
}

function leastSquares(pairs: readonly Pair[], before: Homography | null): Homography | null {
  const a = new Float64Array(64);
  const b = new Float64Array(8);
  for (const { from, to, weight } of pairs) {
    const [x, y] = from;
    const [u, v] = to;
    const w = before ? before[6] * x + before[7] * y + before[8] : 1;
    const strength = weight / (w * w);
    accumulate(a, b, [x, y, 1, 0, 0, 0, -u * x, -u * y], u, strength);
    accumulate(a, b, [0, 0, 0, x, y, 1, -v * x, -v * y], v, strength);
  }
  const h = solveLinear(a, b);
  if (!h) return null;
  const [p = 0, q = 0, r = 0, s = 0, t = 0, k = 0, l = 0, m = 0] = h;
  return [p, q, r, s, t, k, l, m, 1];
}

function accumulate(a: Float64Array, b: Float64Array, row: readonly number[], target: number, weight: number): void {
  for (let i = 0; i < 8; i++) {
    const left = (row[i] ?? 0) * weight;
    b[i] = (b[i] ?? 0) + left * target;
    for (let j = 0; j < 8; j++) a[i * 8 + j] = (a[i * 8 + j] ?? 0) + left * (row[j] ?? 0);
  }
}

function multiply(m: Homography, n: Homography): Homography {
  const cell = (row: 0 | 3 | 6, column: 0 | 1 | 2): number =>
    m[row] * n[column] + at(m, row + 1) * at(n, column + 3) + at(m, row + 2) * at(n, column + 6);
  return [cell(0, 0), cell(0, 1), cell(0, 2), cell(3, 0), cell(3, 1), cell(3, 2), cell(6, 0), cell(6, 1), cell(6, 2)];
}

function at(h: Homography, index: number): number {
  return h[index] ?? 0;
}
