import type { Gray } from '#agent/page/picture.ts';
import { brightnessAt, median } from '#agent/page/sampling.ts';
import type { Point } from '#contract/form/definition.ts';

/** Four corners of a dark shape, clockwise as the photo shows it, px at full scale. */
export type Quad = readonly [Point, Point, Point, Point];

/** Brings four corners into clockwise order (y down); null for a shape that is not convex. */
export function clockwiseQuad(points: readonly Point[]): Quad | null {
  const [a, b, c, d] = points;
  if (!a || !b || !c || !d || points.length !== 4) return null;
  const turns = [turn(a, b, c), turn(b, c, d), turn(c, d, a), turn(d, a, b)];
  if (turns.every((t) => t > 0)) return [a, b, c, d];
  if (turns.every((t) => t < 0)) return [a, d, c, b];
  return null;
}

export function sideLengths(quad: Quad): readonly [number, number, number, number] {
  const [a, b, c, d] = quad;
  return [distance(a, b), distance(b, c), distance(c, d), distance(d, a)];
}

export function distance([ax, ay]: Point, [bx, by]: Point): number {
  return Math.hypot(bx - ax, by - ay);
}

/**
 * Moves the sides of a dark quad on a bright ground to where the brightness changes most, within
 * `reach` px, and gives the corners where the sides then cross: to a fraction of a pixel.
 */
export function refineQuad(gray: Gray, quad: Quad, reach: number): Quad | null {
  const [a, b, c, d] = quad;
  const ab = edgeLine(gray, a, b, reach);
  const bc = edgeLine(gray, b, c, reach);
  const cd = edgeLine(gray, c, d, reach);
  const da = edgeLine(gray, d, a, reach);
  if (!ab || !bc || !cd || !da) return null;
  const corners = [crossing(da, ab), crossing(ab, bc), crossing(bc, cd), crossing(cd, da)];
  const [p, q, r, s] = corners;
  return p && q && r && s ? clockwiseQuad([p, q, r, s]) : null;
}

interface Line {
  readonly at: Point;
  readonly along: Point;
}

const PROFILES_A_SIDE = 16;

function edgeLine(gray: Gray, from: Point, to: Point, reach: number): Line | null {
  const length = distance(from, to);
  const along: Point = [(to[0] - from[0]) / length, (to[1] - from[1]) / length];
  const outward: Point = [along[1], -along[0]];
  const points: Point[] = [];
  for (let k = 0; k < PROFILES_A_SIDE; k++) {
    // The rounded ends of a side belong to two edges at once.
    const t = length * (0.12 + (0.76 * k) / (PROFILES_A_SIDE - 1));
    const base: Point = [from[0] + along[0] * t, from[1] + along[1] * t];
    const offset = steepestRise(gray, base, outward, reach);
    if (offset !== null) points.push([base[0] + outward[0] * offset, base[1] + outward[1] * offset]);
  }
  return robustLine(points);
}

/** Where, along the outward normal, dark turns to bright fastest; null where nothing rises. */
function steepestRise(gray: Gray, base: Point, outward: Point, reach: number): number | null {
  const step = 0.5;
  const count = Math.ceil((2 * reach) / step) + 1;
  const rises: number[] = [];
  for (let k = 0; k < count; k++) {
    const offset = -reach + k * step;
    const x = base[0] + outward[0] * offset;
    const y = base[1] + outward[1] * offset;
    const ahead = brightnessAt(gray, x + outward[0], y + outward[1]);
    rises.push(ahead - brightnessAt(gray, x - outward[0], y - outward[1]));
  }
  const peak = rises.reduce((best, rise, k) => (rise > (rises[best] ?? 0) ? k : best), 0);
  const height = rises[peak] ?? 0;
  if (height < 8) return null;
  let weight = 0;
  let sum = 0;
  for (let k = Math.max(0, peak - 4); k <= Math.min(count - 1, peak + 4); k++) {
    const rise = Math.max(0, (rises[k] ?? 0) - height / 4);
    weight += rise;
    sum += rise * (-reach + k * step);
  }
  return sum / weight;
}

/** The line through most of the points: fitted, its outliers left out, fitted again. */
function robustLine(points: readonly Point[]): Line | null {
  let kept = points;
  for (let round = 0; round < 3; round++) {
    const line = principalLine(kept);
    if (!line) return null;
    const offsets = kept.map((point) => Math.abs(offsetFrom(line, point)));
    const limit = Math.max(0.3, 2.5 * median(offsets));
    kept = kept.filter((_, k) => (offsets[k] ?? 0) <= limit);
  }
  return kept.length >= PROFILES_A_SIDE / 2 ? principalLine(kept) : null;
}

function principalLine(points: readonly Point[]): Line | null {
  if (points.length < PROFILES_A_SIDE / 2) return null;
  const cx = points.reduce((sum, [x]) => sum + x, 0) / points.length;
  const cy = points.reduce((sum, [, y]) => sum + y, 0) / points.length;
  let xx = 0;
  let xy = 0;
  let yy = 0;
  for (const [x, y] of points) {
    xx += (x - cx) ** 2;
    xy += (x - cx) * (y - cy);
    yy += (y - cy) ** 2;
  }
  const angle = 0.5 * Math.atan2(2 * xy, xx - yy);
  return { at: [cx, cy], along: [Math.cos(angle), Math.sin(angle)] };
}

function offsetFrom(line: Line, [x, y]: Point): number {
  return (x - line.at[0]) * line.along[1] - (y - line.at[1]) * line.along[0];
}

function crossing(one: Line, other: Line): Point | null {
  const across = one.along[0] * other.along[1] - one.along[1] * other.along[0];
  if (Math.abs(across) < 1e-6) return null;
  const dx = other.at[0] - one.at[0];
  const dy = other.at[1] - one.at[1];
  const t = (dx * other.along[1] - dy * other.along[0]) / across;
  return [one.at[0] + one.along[0] * t, one.at[1] + one.along[1] * t];
}

function turn(a: Point, b: Point, c: Point): number {
  return (b[0] - a[0]) * (c[1] - b[1]) - (b[1] - a[1]) * (c[0] - b[0]);
}
