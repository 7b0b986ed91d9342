import { solveLinear } from '#agent/page/linear.ts';
import { distance } from '#agent/page/quad.ts';
import { quantile } from '#agent/page/sampling.ts';
import type { Point } from '#contract/form/definition.ts';

/** How far a point of the sheet was found from where the homography says, mm. */
export interface Observation {
  readonly at: Point;
  readonly shift: Point;
}

/** A smooth field of small shifts over the sheet, mm. */
export interface Displacement {
  shiftAt(point: Point): Point;
  /** Observations that the field follows, and those left out because their neighbours disagree. */
  readonly used: readonly Observation[];
  readonly left: readonly Observation[];
  /** 95 % of the used observations lie within this distance of the field, mm. */
  readonly residualMm: number;
}

/** Paper bends and lenses err over about this length, mm. */
const LENGTH = 130;
/** Size of the shifts expected, and of the error of one observation, mm. */
const AMPLITUDE = 2;
const NOISE = 0.15;
/** An observation farther than this from what the others agree on is a wrong line, mm. */
const OUTLIER = 0.7;
/** Raster of the stored field, mm. */
const CELL = 20;

/**
 * The field that follows the observations as far as they are smooth over LENGTH and falls to zero
 * away from them (regression with a Gaussian kernel). Kept as a raster, so that a point costs four
 * look-ups.
 */
export function fitDisplacement(
  observations: readonly Observation[],
  sheet: { readonly width: number; readonly height: number },
): Displacement {
  let used = observations;
  let field = regression(used);
  for (let round = 0; round < 4; round++) {
    const kept = used.filter(({ at, shift }) => distance(field(at), shift) <= OUTLIER);
    if (kept.length === used.length) break;
    used = kept;
    field = regression(used);
  }
  const errors = used.map(({ at, shift }) => distance(field(at), shift));
  return {
    shiftAt: rasterised(field, sheet),
    used,
    left: observations.filter((observation) => !used.includes(observation)),
    residualMm: errors.length > 0 ? quantile(errors, 0.95) : 0,
  };
}

type Field = (point: Point) => Point;

function regression(observations: readonly Observation[]): Field {
  const n = observations.length;
  if (n === 0) return () => [0, 0];
  const covariance = new Float64Array(n * n);
  observations.forEach((one, i) => {
    observations.forEach((other, j) => {
      covariance[i * n + j] = AMPLITUDE ** 2 * kernel(one.at, other.at) + (i === j ? NOISE ** 2 : 0);
    });
  });
  const along = (axis: 0 | 1) =>
    solveLinear(
      covariance.slice(),
      Float64Array.from(observations, ({ shift }) => shift[axis]),
    );
  const x = along(0);
  const y = along(1);
  if (!x || !y) return () => [0, 0];
  return (point) => {
    let sx = 0;
    let sy = 0;
    observations.forEach(({ at }, i) => {
      const share = AMPLITUDE ** 2 * kernel(at, point);
      sx += share * (x[i] ?? 0);
      sy += share * (y[i] ?? 0);
    });
    return [sx, sy];
  };
}

function kernel([ax, ay]: Point, [bx, by]: Point): number {
  return Math.exp(-((ax - bx) ** 2 + (ay - by) ** 2) / (2 * LENGTH ** 2));
}

function rasterised(field: Field, sheet: { readonly width: number; readonly height: number }): Field {
  const columns = Math.ceil(sheet.width / CELL) + 1;
  const rows = Math.ceil(sheet.height / CELL) + 1;
  const nodes = new Float64Array(columns * rows * 2);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      nodes.set(field([column * CELL, row * CELL]), 2 * (row * columns + column));
    }
  }
  return ([x, y]) => {
    const gx = Math.min(Math.max(x / CELL, 0), columns - 1.001);
    const gy = Math.min(Math.max(y / CELL, 0), rows - 1.001);
    const column = Math.floor(gx);
    const row = Math.floor(gy);
    const fx = gx - column;
    const fy = gy - row;
    const i = 2 * (row * columns + column);
    const below = i + 2 * columns;
    const between = (k: number) =>
      ((nodes[i + k] ?? 0) * (1 - fx) + (nodes[i + 2 + k] ?? 0) * fx) * (1 - fy) +
      ((nodes[below + k] ?? 0) * (1 - fx) + (nodes[below + 2 + k] ?? 0) * fx) * fy;
    return [between(0), between(1)];
  };
}
