import type { Gray, Picture } from '#agent/page/picture.ts';
import type { Point } from '#contract/form/definition.ts';

/** A dark square on bright ground. */
export interface DarkSquare {
  /** Its middle, px at full scale. */
  readonly at: Point;
  /** px at full scale, to about a fifth. */
  readonly side: number;
  /** How much darker it is than the ground around, 0 to 1 of that ground. */
  readonly contrast: number;
}

/** Sides tried, each this much longer than the one before. */
const GROWTH = 1.25;
/** The ring of ground that is looked at around a square, in sides from its middle. */
const RING_FROM = 0.68;
const RING_TO = 0.95;
/** Candidates kept, the best first. */
const KEPT = 32;

/**
 * Dark squares between two sizes (px at full scale), best contrast first. Means over areas are
 * compared, not outlines, so that a square a copier turned into speckles is found as well.
 */
export function findDarkSquares(
  picture: Picture,
  sides: { readonly from: number; readonly to: number },
  minContrast: number,
): readonly DarkSquare[] {
  const { small, factor } = picture;
  const sums = new AreaSums(small);
  const found: DarkSquare[] = [];
  for (let side = sides.from / factor; side <= (sides.to / factor) * 1.05; side *= GROWTH) {
    const step = Math.max(1, Math.round(side / 8));
    for (let y = 0; y < small.height; y += step) {
      for (let x = 0; x < small.width; x += step) {
        // Most of a sheet is bright: it is passed over without a look at its surroundings.
        if (insideOf(sums, x, y, side) > 255 * (1 - minContrast)) continue;
        const contrast = contrastOf(sums, x, y, side);
        if (contrast >= minContrast) found.push({ at: [x, y], side, contrast });
      }
    }
  }
  return distinct(found).map(({ at, side, contrast }) => ({
    at: fullScale(centreOfDarkness(sums, at, side), factor),
    side: side * factor,
    contrast,
  }));
}

/** Best first, each far enough from the better ones to be another square. */
function distinct(found: readonly DarkSquare[]): readonly DarkSquare[] {
  const kept: DarkSquare[] = [];
  for (const square of [...found].sort((one, other) => other.contrast - one.contrast)) {
    const apart = kept.every(({ at, side }) => Math.hypot(at[0] - square.at[0], at[1] - square.at[1]) > 0.8 * side);
    if (apart) kept.push(square);
    if (kept.length === KEPT) break;
  }
  return kept;
}

/** Against the darkest of the four strips around it, so that the inside of a black bar is no square. */
function contrastOf(sums: AreaSums, x: number, y: number, side: number): number {
  const inner = RING_FROM * side;
  const outer = RING_TO * side;
  let darkest = 255;
  let brightest = 1;
  for (const strip of [
    sums.mean(x - outer, y - inner, x - inner, y + inner),
    sums.mean(x + inner, y - inner, x + outer, y + inner),
    sums.mean(x - inner, y - outer, x + inner, y - inner),
    sums.mean(x - inner, y + inner, x + inner, y + outer),
  ]) {
    if (strip === null) continue;
    darkest = Math.min(darkest, strip);
    brightest = Math.max(brightest, strip);
  }
  return (darkest - insideOf(sums, x, y, side)) / brightest;
}

function insideOf(sums: AreaSums, x: number, y: number, side: number): number {
  const half = 0.42 * side;
  return sums.mean(x - half, y - half, x + half, y + half) ?? 255;
}

/** Moves to where the darkness around a place has its middle, until it stays. */
function centreOfDarkness(sums: AreaSums, [x, y]: Point, side: number): Point {
  let cx = x;
  let cy = y;
  for (let round = 0; round < 6; round++) {
    const [nx, ny] = sums.darknessCentre(cx, cy, RING_FROM * side);
    const moved = Math.hypot(nx - cx, ny - cy);
    cx = nx;
    cy = ny;
    if (moved < 0.02) break;
  }
  return [cx, cy];
}

function fullScale([x, y]: Point, factor: number): Point {
  const shift = (factor - 1) / 2;
  return [x * factor + shift, y * factor + shift];
}

/** Sums over squares in constant time; what lies outside the picture is not counted. */
class AreaSums {
  readonly #gray: Gray;
  readonly #sums: Float64Array;

  constructor(gray: Gray) {
    const { width, height, data } = gray;
    const sums = new Float64Array((width + 1) * (height + 1));
    for (let y = 0; y < height; y++) {
      let line = 0;
      for (let x = 0; x < width; x++) {
        line += data[y * width + x] ?? 0;
        sums[(y + 1) * (width + 1) + x + 1] = (sums[y * (width + 1) + x + 1] ?? 0) + line;
      }
    }
    this.#gray = gray;
    this.#sums = sums;
  }

  /** Mean level of the part of a rectangle that lies in the picture; null where none does. */
  mean(left: number, top: number, right: number, bottom: number): number | null {
    const { width, height } = this.#gray;
    const x0 = Math.max(0, Math.round(left));
    const y0 = Math.max(0, Math.round(top));
    const x1 = Math.min(width, Math.round(right) + 1);
    const y1 = Math.min(height, Math.round(bottom) + 1);
    if (x1 <= x0 || y1 <= y0) return null;
    const at = (column: number, row: number) => this.#sums[row * (width + 1) + column] ?? 0;
    return (at(x1, y1) - at(x0, y1) - at(x1, y0) + at(x0, y0)) / ((x1 - x0) * (y1 - y0));
  }

  /** Middle of what is darker than half-way from the darkest to the brightest, weighted by how much. */
  darknessCentre(x: number, y: number, reach: number): Point {
    const { width, height, data } = this.#gray;
    let brightest = 0;
    let darkest = 255;
    this.#each(x, y, reach, (px, py) => {
      const level = data[py * width + px] ?? 0;
      brightest = Math.max(brightest, level);
      darkest = Math.min(darkest, level);
    });
    const limit = (brightest + darkest) / 2;
    let weight = 0;
    let sx = 0;
    let sy = 0;
    this.#each(x, y, reach, (px, py) => {
      const dark = Math.max(0, limit - (data[Math.min(py, height - 1) * width + px] ?? 0));
      weight += dark;
      sx += dark * px;
      sy += dark * py;
    });
    return weight > 0 ? [sx / weight, sy / weight] : [x, y];
  }

  #each(x: number, y: number, reach: number, visit: (px: number, py: number) => void): void {
    const { width, height } = this.#gray;
    for (let py = Math.max(0, Math.round(y - reach)); py <= Math.min(height - 1, Math.round(y + reach)); py++) {
      for (let px = Math.max(0, Math.round(x - reach)); px <= Math.min(width - 1, Math.round(x + reach)); px++) {
        visit(px, py);
      }
    }
  }
}
