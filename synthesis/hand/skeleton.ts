import { DIGIT_SIDE, type DigitPicture } from './mnist.ts';
import { type Point, type Stroke, smooth } from './stroke.ts';

/** Working grid: twice the picture, with a border of empty pixels. */
const SIDE = DIGIT_SIDE * 2 + 4;
const EMPTY_BORDER = 2;
/** Offsets of the eight neighbours, clockwise from north. */
const AROUND = [-SIDE, -SIDE + 1, 1, SIDE + 1, SIDE, SIDE - 1, -1, -SIDE - 1] as const;
/** Traces shorter than this are burrs of the thinning, not pen strokes. */
const SHORTEST = 4;
/** A mask this much thicker somewhere than on average has a filled loop, which thinning would lose. */
const BLOB = 2.1;

/**
 * The line a pen drew, recovered from a picture of a digit, in units of the picture's pixels; null
 * where the line is not to be recovered (loops run full of ink), so that the picture itself is used.
 */
export function penStrokes(picture: DigitPicture): readonly Stroke[] | null {
  const mask = enlarged(picture);
  const thickest = thickestPart(mask);
  const area = mask.reduce((sum, pixel) => sum + pixel, 0);
  thin(mask);
  const length = mask.reduce((sum, pixel) => sum + pixel, 0);
  if (length < 6 || thickest > (BLOB * area) / length / 2) return null;
  const strokes = traces(mask);
  const real = strokes.filter((stroke) => stroke.length >= SHORTEST);
  const kept = real.length > 0 ? real : strokes;
  return kept.map((stroke) => relaxed(stroke).map(([x, y]) => [(x - EMPTY_BORDER) / 2, (y - EMPTY_BORDER) / 2]));
}

function enlarged(picture: DigitPicture): Uint8Array {
  const mask = new Uint8Array(SIDE * SIDE);
  const at = (x: number, y: number) =>
    x < 0 || y < 0 || x >= DIGIT_SIDE || y >= DIGIT_SIDE ? 0 : (picture[y * DIGIT_SIDE + x] ?? 0);
  for (let y = 0; y < DIGIT_SIDE * 2; y++) {
    for (let x = 0; x < DIGIT_SIDE * 2; x++) {
      const [u, v] = [x / 2 - 0.25, y / 2 - 0.25];
      const [i, j] = [Math.floor(u), Math.floor(v)];
      const [a, b] = [u - i, v - j];
      const value =
        (at(i, j) * (1 - a) + at(i + 1, j) * a) * (1 - b) + (at(i, j + 1) * (1 - a) + at(i + 1, j + 1) * a) * b;
      if (value > 110) mask[(y + EMPTY_BORDER) * SIDE + x + EMPTY_BORDER] = 1;
    }
  }
  return mask;
}

/** Largest city-block distance from the ink's edge, pixels. */
function thickestPart(mask: Uint8Array): number {
  const distance = new Uint8Array(mask.length);
  for (let i = SIDE; i < mask.length; i++) {
    if (mask[i]) distance[i] = 1 + Math.min(distance[i - 1] ?? 0, distance[i - SIDE] ?? 0);
  }
  let most = 0;
  for (let i = mask.length - SIDE - 1; i >= 0; i--) {
    if (!mask[i]) continue;
    const value = Math.min(distance[i] ?? 0, 1 + (distance[i + 1] ?? 0), 1 + (distance[i + SIDE] ?? 0));
    distance[i] = value;
    most = Math.max(most, value);
  }
  return most;
}

/** Zhang and Suen's thinning (1984), in place. */
function thin(mask: Uint8Array): void {
  for (let changed = true; changed; ) {
    changed = false;
    for (const pass of [0, 1] as const) {
      const gone: number[] = [];
      for (let i = SIDE + 1; i < mask.length - SIDE - 1; i++) if (mask[i] && removable(mask, i, pass)) gone.push(i);
      for (const i of gone) mask[i] = 0;
      changed ||= gone.length > 0;
    }
  }
}

function removable(mask: Uint8Array, i: number, pass: 0 | 1): boolean {
  let count = 0;
  let rises = 0;
  let before = mask[i + AROUND[7]] ?? 0;
  for (const offset of AROUND) {
    const pixel = mask[i + offset] ?? 0;
    count += pixel;
    if (!before && pixel) rises++;
    before = pixel;
  }
  if (count < 2 || count > 6 || rises !== 1) return false;
  const [n, e, s, w] = [mask[i - SIDE], mask[i + 1], mask[i + SIDE], mask[i - 1]];
  return pass === 0 ? !(n && e && s) && !(e && s && w) : !(n && e && w) && !(n && s && w);
}

/** Follows the thin line from its loose ends, straight on over crossings, until all of it is drawn. */
function traces(mask: Uint8Array): readonly Stroke[] {
  const drawn = new Uint8Array(mask.length);
  const pixels = Array.from(mask.keys()).filter((i) => mask[i]);
  const ends = pixels.filter((i) => AROUND.filter((offset) => mask[i + offset]).length === 1);
  const strokes: Stroke[] = [];
  for (const start of [...ends, ...pixels]) if (!drawn[start]) strokes.push(walk(mask, drawn, start));
  return strokes;
}

function walk(mask: Uint8Array, drawn: Uint8Array, start: number): Stroke {
  const path: number[] = [start];
  drawn[start] = 1;
  for (let here = start; ; ) {
    const [dx, dy] = heading(path);
    let best: number | null = null;
    let bestScore = -Infinity;
    for (const offset of AROUND) {
      const next = here + offset;
      if (!mask[next] || drawn[next]) continue;
      const [x, y] = [(next % SIDE) - (here % SIDE), Math.floor(next / SIDE) - Math.floor(here / SIDE)];
      const score = (x * dx + y * dy) / Math.hypot(x, y) - (x !== 0 && y !== 0 ? 0.05 : 0);
      if (score > bestScore) [best, bestScore] = [next, score];
    }
    if (best === null) break;
    path.push(best);
    drawn[best] = 1;
    here = best;
  }
  return joined(mask, path).map((i): Point => [i % SIDE, Math.floor(i / SIDE)]);
}

function heading(path: readonly number[]): Point {
  const here = path.at(-1) ?? 0;
  const before = path.at(-5) ?? path[0] ?? here;
  return [(here % SIDE) - (before % SIDE), Math.floor(here / SIDE) - Math.floor(before / SIDE)];
}

/** A trace that stops beside a line already drawn touches it: the pen did. */
function joined(mask: Uint8Array, path: readonly number[]): readonly number[] {
  const last = path.at(-1) ?? 0;
  const first = path[0] ?? 0;
  const own = new Set(path.slice(-4));
  const touch = AROUND.map((offset) => last + offset).find((i) => mask[i] && !own.has(i));
  const before = new Set(path.slice(0, 4));
  const touchFirst = AROUND.map((offset) => first + offset).find((i) => mask[i] && !before.has(i) && i !== touch);
  return [...(touchFirst === undefined ? [] : [touchFirst]), ...path, ...(touch === undefined ? [] : [touch])];
}

/** Takes the staircase of the pixels out of a line. */
function relaxed(stroke: Stroke): Stroke {
  let points = [...stroke];
  for (let round = 0; round < 3; round++) {
    points = points.map(([x, y], i): Point => {
      const [before, after] = [points[i - 1], points[i + 1]];
      return before && after ? [(before[0] + 2 * x + after[0]) / 4, (before[1] + 2 * y + after[1]) / 4] : [x, y];
    });
  }
  return smooth(
    points.filter((_, i) => i % 3 === 0 || i === points.length - 1),
    2,
  );
}
