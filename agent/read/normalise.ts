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
export function asItLies({ dark, mask, width, height }: Ink, unframed: Uint8Array): Float32Array {
  const scale = SIDE / Math.max(width, height);
  const soft = new Float32Array(dark.length);
  for (let i = 0; i < dark.length; i++) {
    const erased = isErased(i) || isErased(i - 1) || isErased(i + 1) || isErased(i - width) || isErased(i + width);
    if (unframed[i] === 1 || !erased) soft[i] = Math.min(1, (dark[i] ?? 0) / BLACK);
  }
  return shrink(soft, width, height, [(width - 1) / 2 - MIDDLE / scale, (height - 1) / 2 - MIDDLE / scale], scale);

  function isErased(i: number): boolean {
    return mask[i] === 1 && unframed[i] === 0;
  }
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
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < SIDE; x++) rows[y * SIDE + x] = weighed(from, y * width, 1, across, x);
  }
  const out = new Float32Array(SIDE * SIDE);
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) out[y * SIDE + x] = weighed(rows, x, SIDE, down, y);
  }
  return out;
}

/** For each output pixel `taps` weights over the source from its `first` on; what lies outside is paper. */
interface Bells {
  readonly taps: number;
  readonly first: Int32Array;
  readonly weights: Float32Array;
}

function bellsOf(origin: number, length: number, scale: number): Bells {
  const sigma = Math.max(0.45, 0.45 / scale);
  const reach = 2.2 * sigma;
  const taps = Math.ceil(2 * reach) + 1;
  const first = new Int32Array(SIDE);
  const weights = new Float32Array(SIDE * taps);
  for (let i = 0; i < SIDE; i++) {
    const centre = origin + i / scale;
    const start = Math.round(centre - reach);
    first[i] = start;
    let sum = 0;
    for (let k = 0; k < taps; k++) {
      const off = start + k - centre;
      const weight = off > reach + 0.5 ? 0 : Math.exp((-off * off) / (2 * sigma * sigma));
      sum += weight;
      weights[i * taps + k] = start + k < 0 || start + k >= length ? 0 : weight;
    }
    for (let k = 0; k < taps; k++) weights[i * taps + k] = (weights[i * taps + k] ?? 0) / sum;
  }
  return { taps, first, weights };
}

function weighed(from: Float32Array, start: number, step: number, bells: Bells, pixel: number): number {
  const { taps, weights } = bells;
  const first = bells.first[pixel] ?? 0;
  let sum = 0;
  for (let k = 0; k < taps; k++) {
    const weight = weights[pixel * taps + k] ?? 0;
    if (weight > 0) sum += weight * (from[start + (first + k) * step] ?? 0);
  }
  return sum;
}
