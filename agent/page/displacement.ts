import { inverseOf } from '#agent/page/linear.ts';
import { quantile } from '#agent/page/sampling.ts';
import type { Point } from '#contract/form/definition.ts';

/** How far a point of the sheet was found from where the homography says, mm. */
export interface Observation {
  readonly at: Point;
  readonly shift: Point;
}

/** A field of small shifts over the sheet, mm. */
export interface Displacement {
  shiftAt(point: Point): Point;
  /** Standard deviation of the shift foretold for a point, mm: small between observations, large far from them. */
  doubtAt(point: Point): number;
  /** Observations that the field follows, and those left out because all around them disagree. */
  readonly used: readonly Observation[];
  readonly left: readonly Observation[];
  /** 95 % of the used observations lie within this distance of what the others around foretell, mm. */
  readonly residualMm: number;
}

/** Size and length of the shifts expected, mm: bent paper and lenses, and on top of it folds. */
const BEND = { size: 2, length: 130 } as const;
const FOLD = { size: 0.5, length: 22 } as const;
/** Error of one observation, mm. */
const NOISE = 0.18;
/** An observation farther than this from what the others foretell is a wrong line, mm. */
const OUTLIER = 1.2;

/**
 * The field that follows the observations as far as bends and folds go and falls to zero away from
 * them: regression with the sum of two Gaussian kernels (a Gaussian process).
 */
export function fitDisplacement(observations: readonly Observation[]): Displacement {
  let used = observations;
  let fit = regression(used);
  for (let round = 0; round < 6; round++) {
    const worst = Math.max(0, ...fit.surprises);
    if (worst <= OUTLIER) break;
    // A wrong line makes its neighbours look wrong too: only the worst goes, then all are judged anew.
    const limit = Math.max(OUTLIER, 0.7 * worst);
    const surprises = fit.surprises;
    used = used.filter((_, k) => (surprises[k] ?? 0) <= limit);
    fit = regression(used);
  }
  return {
    shiftAt: fit.shiftAt,
    doubtAt: fit.doubtAt,
    used,
    left: observations.filter((observation) => !used.includes(observation)),
    residualMm: used.length > 0 ? quantile(fit.surprises, 0.95) : 0,
  };
}

interface Fit {
  shiftAt(point: Point): Point;
  doubtAt(point: Point): number;
  /** For each observation its distance from what all others foretell, mm. */
  readonly surprises: readonly number[];
}

const NOTHING: Fit = { shiftAt: () => [0, 0], doubtAt: () => Math.hypot(BEND.size, FOLD.size), surprises: [] };

function regression(observations: readonly Observation[]): Fit {
  const n = observations.length;
  const covariance = new Float64Array(n * n);
  observations.forEach((one, i) => {
    observations.forEach((other, j) => {
      covariance[i * n + j] = kernel(one.at, other.at) + (i === j ? NOISE ** 2 : 0);
    });
  });
  const inverse = inverseOf(covariance, n);
  if (!inverse) return NOTHING;
  const weights = observations.map((_, i): Point => {
    let x = 0;
    let y = 0;
    observations.forEach(({ shift }, j) => {
      x += (inverse[i * n + j] ?? 0) * shift[0];
      y += (inverse[i * n + j] ?? 0) * shift[1];
    });
    return [x, y];
  });
  return {
    shiftAt: (point) => {
      let x = 0;
      let y = 0;
      observations.forEach(({ at }, i) => {
        const share = kernel(at, point);
        x += share * (weights[i]?.[0] ?? 0);
        y += share * (weights[i]?.[1] ?? 0);
      });
      return [x, y];
    },
    doubtAt: (point) => {
      const near = observations.map(({ at }) => kernel(at, point));
      let known = 0;
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < n; j++) known += (near[i] ?? 0) * (inverse[i * n + j] ?? 0) * (near[j] ?? 0);
      }
      return Math.sqrt(Math.max(0, kernel(point, point) - known));
    },
    // Leaving one out of a Gaussian process needs no second fit: weight over the inverse's diagonal.
    surprises: weights.map(([x, y], i) => Math.hypot(x, y) / (inverse[i * n + i] ?? 1)),
  };
}

function kernel([ax, ay]: Point, [bx, by]: Point): number {
  const square = (ax - bx) ** 2 + (ay - by) ** 2;
  const bend = BEND.size ** 2 * Math.exp(-square / (2 * BEND.length ** 2));
  return square > (4 * FOLD.length) ** 2 ? bend : bend + FOLD.size ** 2 * Math.exp(-square / (2 * FOLD.length ** 2));
}
