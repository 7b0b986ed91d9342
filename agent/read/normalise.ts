import type { Ink } from './ink.ts';

/** Side of the model's picture, px; the writing is fitted into WRITING of it, as in MNIST. */
export const SIDE = 28;
const MIDDLE = (SIDE - 1) / 2;
const WRITING = 20;
/** Strokes are brought to about this width in the model's picture, px: MNIST's own. */
const STROKE = 2.4;
/** Darkness from which ink counts as black where it lies. */
const BLACK = 0.5;
/** Writing smaller than this share of the patch is not blown up to full size. */
const SMALLEST = 0.3;

/** The writing scaled to WRITING px, strokes evened out, its centre of mass in the middle. */
export function toDigitFrame(ink: Ink, writing: Uint8Array): Float32Array {
  const soft = softInk(ink, writing);
  const longest = Math.max(...extentOf(soft, ink), SMALLEST * Math.min(ink.width, ink.height));
  const scale = WRITING / longest;
  const even = grown(soft, ink, (STROKE / scale - strokeWidth(soft, ink)) / 2);
  const [cx, cy] = centreOfMass(even, ink.width);
  return shrink(even, ink.width, ink.height, [cx - MIDDLE / scale, cy - MIDDLE / scale], scale);
}

/** The whole patch fitted into the picture, faint ink faint; where the frame was erased there is paper. */
export function asItLies(ink: Ink, unframed: Uint8Array): Float32Array {
  const { dark, mask, width } = ink;
  // A row of nothing above and below, so that every pixel has all its neighbours.
  const erased = new Uint8Array(dark.length + 2 * width);
  for (let i = 0; i < dark.length; i++) erased[i + width] = (mask[i] as number) & ~(unframed[i] as number) & 1;
  const soft = new Float32Array(dark.length);
  for (let i = 0, at = width; i < dark.length; i++, at++) {
    const beside = (erased[at - 1] as number) | (erased[at + 1] as number);
    const near = (erased[at] as number) | beside | (erased[i] as number) | (erased[at + width] as number);
    if (unframed[i] === 1 || near === 0) soft[i] = Math.min(1, (dark[i] as number) / BLACK);
  }
  return wholePatch(soft, ink);
}

/** The whole patch fitted into the picture as it is, frame and all: what was written on the frame is only here. */
export function asPrinted(ink: Ink): Float32Array {
  return wholePatch(ink.dark, ink);
}

function wholePatch(from: Float32Array, { width, height }: Ink): Float32Array {
  const scale = SIDE / Math.max(width, height);
  return shrink(from, width, height, [(width - 1) / 2 - MIDDLE / scale, (height - 1) / 2 - MIDDLE / scale], scale);
}

/** Width and height of the ink, px, its edges where it is half dark: finer than whole pixels. */
function extentOf(soft: Float32Array, { width, height }: Ink): readonly [number, number] {
  const columns = new Float32Array(width);
  const rows = new Float32Array(height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const value = soft[y * width + x] ?? 0;
      columns[x] = Math.max(columns[x] ?? 0, value);
      rows[y] = Math.max(rows[y] ?? 0, value);
    }
  }
  return [span(columns), span(rows)];
}

function span(profile: Float32Array): number {
  const half = (value: number) => value >= 0.5;
  const edge = (at: number, outside: number) => {
    const inner = profile[at] ?? 0;
    const outer = profile[outside] ?? 0;
    return (inner - 0.5) / Math.max(1e-6, inner - outer);
  };
  const first = profile.findIndex(half);
  const last = profile.findLastIndex(half);
  return first < 0 ? 0 : last - first + edge(first, first - 1) + edge(last, last + 1);
}

/** Area over half the outline, which for soft edges is the sum of all steps from pixel to pixel. */
function strokeWidth(soft: Float32Array, { width }: Ink): number {
  let area = 0;
  let steps = 0;
  for (let i = 0; i < soft.length; i++) {
    const value = soft[i] ?? 0;
    area += value;
    steps += Math.abs(value - (soft[i - 1] ?? 0)) + Math.abs(value - (soft[i - width] ?? 0));
  }
  // Counted along pixel sides an outline is longer than it is: by 4/π over all directions.
  return steps === 0 ? 0 : (2 * area) / (steps * (Math.PI / 4));
}

/** Ink as 0 to 1 with soft edges: the half-dark pixels around the kept mask belong to it. */
function softInk({ dark, strength, width }: Ink, writing: Uint8Array): Float32Array {
  const soft = new Float32Array(dark.length);
  for (let i = 0; i < dark.length; i++) {
    const near = writing[i] || writing[i - 1] || writing[i + 1] || writing[i - width] || writing[i + width];
    if (near) soft[i] = Math.min(1, Math.max(0, ((dark[i] ?? 0) / strength - 0.2) / 0.5));
  }
  return soft;
}

/** Thickens strokes by `radius` px: the largest value around, faded out over the last pixel. */
function grown(soft: Float32Array, { width, height }: Ink, radius: number): Float32Array {
  if (radius < 0.25) return soft;
  const reach = Math.ceil(radius);
  const side = 2 * reach + 1;
  const fade = Float32Array.from({ length: side * side }, (_, i) =>
    Math.max(0, Math.min(1, radius + 1 - Math.hypot((i % side) - reach, Math.floor(i / side) - reach))),
  );
  const out = new Float32Array(soft.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const value = soft[y * width + x] ?? 0;
      if (value === 0) continue;
      for (let ny = Math.max(0, y - reach); ny <= Math.min(height - 1, y + reach); ny++) {
        for (let nx = Math.max(0, x - reach); nx <= Math.min(width - 1, x + reach); nx++) {
          const spread = value * (fade[(ny - y + reach) * side + nx - x + reach] ?? 0);
          const target = ny * width + nx;
          if (spread > (out[target] ?? 0)) out[target] = spread;
        }
      }
    }
  }
  return out;
}

function centreOfMass(soft: Float32Array, width: number): readonly [number, number] {
  let mass = 0;
  let x = 0;
  let y = 0;
  for (let i = 0; i < soft.length; i++) {
    const value = soft[i] ?? 0;
    mass += value;
    x += value * (i % width);
    y += value * Math.floor(i / width);
  }
  return mass === 0 ? [width / 2, soft.length / width / 2] : [x / mass, y / mass];
}

/** Averages under a bell as wide as an output pixel; `origin` is where the output's first pixel centre lies. */
function shrink(
  from: Float32Array,
  width: number,
  height: number,
  origin: readonly [number, number],
  scale: number,
): Float32Array {
  const across = bellsOf(origin[0], width, scale);
  const down = bellsOf(origin[1], height, scale);
  const rows = new Float32Array(SIDE * height);
  for (let y = 0; y < height; y++) weigh(from, y * width, 1, across, rows, y * SIDE, 1);
  const out = new Float32Array(SIDE * SIDE);
  for (let x = 0; x < SIDE; x++) weigh(rows, x, SIDE, down, out, x, SIDE);
  return out;
}

/** For each output pixel the weights, `taps` apart, of `counts` source pixels from its `first` on; what lies outside is paper. */
interface Bells {
  readonly taps: number;
  readonly first: Int32Array;
  readonly counts: Int32Array;
  readonly weights: Float32Array;
}

function bellsOf(origin: number, length: number, scale: number): Bells {
  const sigma = Math.max(0.45, 0.45 / scale);
  const reach = 2.2 * sigma;
  const taps = Math.ceil(2 * reach) + 1;
  const first = new Int32Array(SIDE);
  const counts = new Int32Array(SIDE);
  const weights = new Float32Array(SIDE * taps);
  const bell = new Float32Array(taps);
  for (let i = 0; i < SIDE; i++) {
    const centre = origin + i / scale;
    const start = Math.round(centre - reach);
    let sum = 0;
    for (let k = 0; k < taps; k++) {
      const off = start + k - centre;
      const weight = off > reach + 0.5 ? 0 : Math.exp((-off * off) / (2 * sigma * sigma));
      sum += weight;
      bell[k] = weight;
    }
    const before = Math.min(taps, Math.max(0, -start));
    first[i] = start + before;
    counts[i] = Math.max(0, Math.min(taps, length - start) - before);
    for (let k = 0; k < (counts[i] ?? 0); k++) weights[i * taps + k] = (bell[before + k] ?? 0) / sum;
  }
  return { taps, first, counts, weights };
}

/** Writes SIDE weighed sums of a row or column of `from` to `to`: where each begins, and from pixel to pixel. */
function weigh(
  from: Float32Array,
  start: number,
  step: number,
  { taps, first, counts, weights }: Bells,
  to: Float32Array,
  toStart: number,
  toStep: number,
): void {
  for (let i = 0; i < SIDE; i++) {
    let at = start + (first[i] as number) * step;
    const end = i * taps + (counts[i] as number);
    let sum = 0;
    for (let k = i * taps; k < end; k++, at += step) sum += (weights[k] as number) * (from[at] as number);
    to[toStart + i * toStep] = sum;
  }
}
