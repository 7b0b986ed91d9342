import { cv, withMats } from '#agent/page/opencv.ts';
import type { Gray } from '#agent/page/picture.ts';
import type { Point } from '#contract/form/definition.ts';

/** A saddle of brightness and the second derivatives there, gray levels over the reach. */
export interface SaddlePoint {
  readonly at: Point;
  readonly xx: number;
  readonly xy: number;
  readonly yy: number;
}

/** Curvature of the smallest saddle worth a look, gray levels over a quarter of a mark. */
const MIN_SADDLE = 6;

/** Where the determinant of the second derivatives is most negative; `side` is a mark's, px of the picture. */
export function findSaddlePoints(picture: Gray, side: number): readonly SaddlePoint[] {
  const bends = new Bends(picture, Math.max(2, Math.round(0.25 * side)), Math.max(0.8, 0.2 * side));
  const { width, height } = bends;
  const margin = bends.reach + 3;
  const found: SaddlePoint[] = [];
  // A saddle is wider than two pixels: every second of every second row meets it.
  for (let y = margin; y < height - margin; y += 2) {
    for (let x = margin; x < width - margin; x += 2) {
      const i = y * width + x;
      if (bends.determinant(i) > -(MIN_SADDLE ** 2) / 2) continue;
      const lowest = lowestAround(bends, i);
      if (lowest === null || bends.determinant(lowest) > -(MIN_SADDLE ** 2)) continue;
      const at: Point = [lowest % width, Math.floor(lowest / width)];
      found.push({ at, xx: bends.xx(lowest), xy: bends.xy(lowest), yy: bends.yy(lowest) });
    }
  }
  return found;
}

/** Second derivatives of a smoothed picture over a fixed reach. */
class Bends {
  readonly width: number;
  readonly height: number;
  readonly reach: number;
  readonly #data: Uint8Array;

  constructor(small: Gray, reach: number, sigma: number) {
    this.width = small.width;
    this.height = small.height;
    this.reach = reach;
    this.#data = blurred(small, sigma);
  }

  xx(i: number): number {
    const data = this.#data;
    return (data[i - this.reach] ?? 0) + (data[i + this.reach] ?? 0) - 2 * (data[i] ?? 0);
  }

  yy(i: number): number {
    const data = this.#data;
    const line = this.reach * this.width;
    return (data[i - line] ?? 0) + (data[i + line] ?? 0) - 2 * (data[i] ?? 0);
  }

  xy(i: number): number {
    const data = this.#data;
    const up = i - this.reach * this.width;
    const down = i + this.reach * this.width;
    const falling = (data[up - this.reach] ?? 0) + (data[down + this.reach] ?? 0);
    return (falling - (data[up + this.reach] ?? 0) - (data[down - this.reach] ?? 0)) / 4;
  }

  determinant(i: number): number {
    return this.xx(i) * this.yy(i) - this.xy(i) ** 2;
  }
}

/** The lowest place beside a raster point, if it is lower than all its own neighbours too. */
function lowestAround(bends: Bends, centre: number): number | null {
  const best = lowestOf(bends, centre, 1);
  return lowestOf(bends, best, 2) === best ? best : null;
}

function lowestOf(bends: Bends, centre: number, reach: number): number {
  let best = centre;
  let lowest = bends.determinant(centre);
  for (let dy = -reach; dy <= reach; dy++) {
    for (let dx = -reach; dx <= reach; dx++) {
      const i = centre + dy * bends.width + dx;
      const value = bends.determinant(i);
      if (value < lowest) {
        lowest = value;
        best = i;
      }
    }
  }
  return best;
}

function blurred(gray: Gray, sigma: number): Uint8Array {
  return withMats((scope) => {
    const mat = scope.keep(new cv.Mat(Buffer.from(gray.data), gray.height, gray.width, cv.CV_8UC1));
    return scope.keep(mat.gaussianBlur(new cv.Size(0, 0), sigma)).getData();
  });
}
