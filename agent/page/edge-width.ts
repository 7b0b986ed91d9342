import type { Gray } from '#agent/page/picture.ts';
import { distance, type Quad } from '#agent/page/quad.ts';
import { brightnessAt } from '#agent/page/sampling.ts';
import type { Point } from '#contract/form/definition.ts';

/** Step along a profile, px, and profiles averaged along one side. */
const STEP = 0.5;
const PROFILES = 24;

/**
 * Px over which the sides of a dark quad turn from black to white, in the direction that is seen
 * worse: the whole step over its steepest slope. `reach` is how far, px, ground and quad are even.
 */
export function edgeWidth(gray: Gray, [a, b, c, d]: Quad, reach: number): number {
  const across = (widthOfSide(gray, a, b, reach) + widthOfSide(gray, c, d, reach)) / 2;
  const along = (widthOfSide(gray, b, c, reach) + widthOfSide(gray, d, a, reach)) / 2;
  return Math.max(across, along);
}

function widthOfSide(gray: Gray, from: Point, to: Point, reach: number): number {
  const profile = meanProfile(gray, from, to, reach);
  const step = Math.max(...profile) - Math.min(...profile);
  let steepest = 0;
  for (let k = 2; k < profile.length; k++) {
    steepest = Math.max(steepest, ((profile[k] ?? 0) - (profile[k - 2] ?? 0)) / (2 * STEP));
  }
  return steepest > 0 ? step / steepest : 2 * reach;
}

/** From inside to outside, averaged along the side, so that noise does not look like sharpness. */
function meanProfile(gray: Gray, from: Point, to: Point, reach: number): Float64Array {
  const length = distance(from, to);
  const right: Point = [(to[0] - from[0]) / length, (to[1] - from[1]) / length];
  const profile = new Float64Array(2 * Math.round(reach / STEP) + 1);
  for (let p = 0; p < PROFILES; p++) {
    const t = length * (0.15 + (0.7 * p) / (PROFILES - 1));
    for (let k = 0; k < profile.length; k++) {
      const out = k * STEP - reach;
      const x = from[0] + right[0] * t + right[1] * out;
      const y = from[1] + right[1] * t - right[0] * out;
      profile[k] = (profile[k] ?? 0) + brightnessAt(gray, x, y) / PROFILES;
    }
  }
  return profile;
}
