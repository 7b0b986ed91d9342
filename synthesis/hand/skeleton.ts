import { DIGIT_SIDE, type DigitPicture } from './mnist.ts';
import { moved, type Point, type Stroke, smooth } from './stroke.ts';

/** Working grid: twice the picture, with a border of empty pixels. */
const SIDE = DIGIT_SIDE * 2 + 4;
const EMPTY_BORDER = 2;
/** Offsets of the eight neighbours, clockwise from north. */
const AROUND = [-SIDE, -SIDE + 1, 1, SIDE + 1, SIDE, SIDE - 1, -1, -SIDE - 1] as const;
/** Brightness of a stroke's edge. */
const EDGE = 110;
/** Traces shorter than this are burrs of the thinning, not pen strokes. */
const SHORTEST = 4;
/** Ink this much farther from the line than half the line's width, px, is ink that the line does not explain. */
const SLACK = 1.5;
/** Share of the ink that may stay unexplained. */
const UNEXPLAINED = 0.012;

/**
 * The line a pen drew, recovered from a picture of a digit, in units of the picture's pixels; null
 * where a line does not explain the ink or has fewer than `loops` closed loops (they run full of ink
 * in bold digits), so that nobody writes a 6 whose loop is gone.
 */
export function penStrokes(picture: DigitPicture, loops: number): readonly Stroke[] | null {
  const mask = enlarged(picture);
  if (loops > 0 && loopsOf(mask) < loops) return null;
  const ink = inkOf(mask);
  const line = thinned(mask, ink);
  if (line.length < 6) return null;
  const strokes = traces(mask, line);
  const real = strokes.filter((stroke) => stroke.length >= SHORTEST);
  const kept = (real.length > 0 ? real : strokes).map(relaxed);
  if (!explains(kept, ink, ink.length / line.length / 2)) return null;
  return moved(kept, ([x, y]) => [(x - EMPTY_BORDER) / 2, (y - EMPTY_BORDER) / 2]);
}

/** Patches of paper that ink encloses: what a flood from outside does not reach. */
function loopsOf(mask: Uint8Array): number {
  const reached = Uint8Array.from(mask);
  let floods = 0;
  for (let start = 0; start < reached.length; start++) {
    if (reached[start]) continue;
    floods++;
    const queue = [start];
    reached[start] = 1;
    for (let here = queue.pop(); here !== undefined; here = queue.pop()) {
      for (const next of [here - 1, here + 1, here - SIDE, here + SIDE]) {
        if (reached[next] !== 0) continue;
        reached[next] = 1;
        queue.push(next);
      }
    }
  }
  return floods - 1;
}

function inkOf(mask: Uint8Array): readonly number[] {
  const ink: number[] = [];
  for (let i = 0; i < mask.length; i++) if (mask[i]) ink.push(i);
  return ink;
}

function explains(strokes: readonly Stroke[], ink: readonly number[], halfWidth: number): boolean {
  const points = strokes.flat();
  const reach = (halfWidth + SLACK) ** 2;
  const near = (i: number): boolean => {
    const [x, y] = [i % SIDE, Math.floor(i / SIDE)];
    return points.some(([u, v]) => (u - x) ** 2 + (v - y) ** 2 <= reach);
  };
  let left = ink.length * UNEXPLAINED;
  for (const i of ink) {
    if (near(i)) continue;
    left--;
    if (left < 0) return false;
  }
  return true;
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
      if (value > EDGE) mask[(y + EMPTY_BORDER) * SIDE + x + EMPTY_BORDER] = 1;
    }
  }
  return mask;
}

/** Zhang and Suen's thinning (1984), in place; returns what is left of the ink. */
function thinned(mask: Uint8Array, ink: readonly number[]): readonly number[] {
  let left = ink;
  for (let changed = true; changed; ) {
    changed = false;
    for (const pass of [0, 1] as const) {
      const gone = left.filter((i) => removable(mask, i, pass));
      for (const i of gone) mask[i] = 0;
      if (gone.length > 0) left = left.filter((i) => mask[i]);
      changed ||= gone.length > 0;
    }
  }
  return left;
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
function traces(mask: Uint8Array, pixels: readonly number[]): readonly Stroke[] {
  const drawn = new Uint8Array(mask.length);
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
