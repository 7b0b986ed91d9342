import { axesAt, type Homography, mapPoint } from '#agent/page/homography.ts';
import type { Gray, Picture } from '#agent/page/picture.ts';
import { brightnessAt } from '#agent/page/sampling.ts';
import type { Point } from '#contract/form/definition.ts';

/** A square piece of the sheet, laid straight: samples every `step` mm around `centre`. */
export interface Patch {
  readonly centre: Point;
  readonly step: number;
  /** Samples from the centre to each side. */
  readonly reach: number;
  readonly size: number;
  /** Row by row, gray levels. */
  readonly levels: Float64Array;
}

/** Cuts the piece from the photo. The sheet is taken as flat within it: one local affine map. */
export function cutPatch(picture: Picture, h: Homography, centre: Point, reachMm: number, step: number): Patch {
  const reach = Math.ceil(reachMm / step);
  const size = 2 * reach + 1;
  const levels = new Float64Array(size * size);
  const [u, v] = mapPoint(h, centre);
  const axes = axesAt(h, centre);
  const { gray, scale, shift } = sourceFor(picture, Math.hypot(...axes.x) * step);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const x = (column - reach) * step;
      const y = (row - reach) * step;
      const px = u + axes.x[0] * x + axes.y[0] * y;
      const py = v + axes.x[1] * x + axes.y[1] * y;
      levels[row * size + column] = brightnessAt(gray, (px - shift) * scale, (py - shift) * scale);
    }
  }
  return { centre, step, reach, size, levels };
}

/** Sums over rectangles of a patch in constant time. */
export class PatchSums {
  readonly #patch: Patch;
  readonly #sums: Float64Array;

  constructor(patch: Patch) {
    const side = patch.size + 1;
    const sums = new Float64Array(side * side);
    for (let row = 0; row < patch.size; row++) {
      let line = 0;
      for (let column = 0; column < patch.size; column++) {
        line += patch.levels[row * patch.size + column] ?? 0;
        sums[(row + 1) * side + column + 1] = (sums[row * side + column + 1] ?? 0) + line;
      }
    }
    this.#patch = patch;
    this.#sums = sums;
  }

  /** Mean level between two corners given in samples from the patch's centre, both included. */
  mean(left: number, top: number, right: number, bottom: number): number {
    const { reach, size } = this.#patch;
    const side = size + 1;
    const x0 = left + reach;
    const y0 = top + reach;
    const x1 = right + reach + 1;
    const y1 = bottom + reach + 1;
    const at = (x: number, y: number) => this.#sums[y * side + x] ?? 0;
    return (at(x1, y1) - at(x0, y1) - at(x1, y0) + at(x0, y0)) / ((x1 - x0) * (y1 - y0));
  }
}

/** Samples farther apart than a pixel are taken from the small picture, whose pixels are means. */
function sourceFor(picture: Picture, pxAStep: number): { gray: Gray; scale: number; shift: number } {
  const { full, small, factor } = picture;
  if (factor === 1 || pxAStep < 0.6 * factor) return { gray: full, scale: 1, shift: 0 };
  return { gray: small, scale: 1 / factor, shift: (factor - 1) / 2 };
}
