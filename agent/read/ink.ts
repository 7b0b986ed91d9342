import type { BoxPatch } from './box.ts';

/** How dark a patch is against its own paper, and where its ink is. */
export interface Ink {
  readonly width: number;
  readonly height: number;
  /** Darkness against the paper around, 0 paper to 1 black. */
  readonly dark: Float32Array;
  /** Darkness of the darkest strokes inside the box; never below what paper and noise alone reach. */
  readonly strength: number;
  /** 1 where there is ink or print, else 0. */
  readonly mask: Uint8Array;
}

/** Half of the widest stroke that is still a stroke and not paper, as a share of the box's side. */
const WIDEST_STROKE = 0.14;
/** Paper with nothing on it never counts as ink: fainter than this is no writing (share of black). */
export const FAINTEST = 0.22;
/** Ink reaches this share of the strongest stroke. */
const EDGE = 0.38;

/** Flattens the light and parts ink from paper. */
export function findInk(patch: BoxPatch): Ink {
  const { width, height } = patch;
  const dark = darkness(patch);
  const strength = inkStrength(patch, dark);
  const mask = new Uint8Array(dark.length);
  for (let i = 0; i < dark.length; i++) if ((dark[i] ?? 0) > EDGE * strength) mask[i] = 1;
  return { width, height, dark, strength, mask };
}

/** The paper's light is what remains when strokes are closed over; found at half size, strokes are wide enough for that. */
function darkness({ width, height, light, box }: BoxPatch): Float32Array {
  const half = halved(light, width, height);
  const radius = Math.ceil((WIDEST_STROKE * Math.sqrt(box.width * box.height)) / 2);
  const closed = slide(slide(half, radius, highest), radius, lowest);
  const paper = slide(closed, radius, mean);
  const dark = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const index = y * width + x;
      dark[index] = Math.max(0, 1 - (light[index] ?? 0) / Math.max(0.02, doubled(paper, x, y)));
    }
  }
  return dark;
}

interface Plane {
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;
}

function halved(light: Float32Array, width: number, height: number): Plane {
  const w = Math.ceil(width / 2);
  const h = Math.ceil(height / 2);
  const values = new Float32Array(w * h);
  for (let y = 0; y < h; y++) {
    const y0 = 2 * y * width;
    const y1 = Math.min(height - 1, 2 * y + 1) * width;
    for (let x = 0; x < w; x++) {
      const x0 = 2 * x;
      const x1 = Math.min(width - 1, x0 + 1);
      values[y * w + x] =
        ((light[y0 + x0] ?? 0) + (light[y0 + x1] ?? 0) + (light[y1 + x0] ?? 0) + (light[y1 + x1] ?? 0)) / 4;
    }
  }
  return { width: w, height: h, values };
}

function doubled({ width, height, values }: Plane, x: number, y: number): number {
  const hx = Math.min(width - 1, Math.max(0, x / 2 - 0.25));
  const hy = Math.min(height - 1, Math.max(0, y / 2 - 0.25));
  const x0 = Math.floor(hx);
  const y0 = Math.floor(hy);
  const x1 = Math.min(width - 1, x0 + 1);
  const y1 = Math.min(height - 1, y0 + 1);
  const fx = hx - x0;
  const upper = (values[y0 * width + x0] ?? 0) * (1 - fx) + (values[y0 * width + x1] ?? 0) * fx;
  const lower = (values[y1 * width + x0] ?? 0) * (1 - fx) + (values[y1 * width + x1] ?? 0) * fx;
  return upper + (lower - upper) * (hy - y0);
}

type Window = (from: Float32Array, first: number, last: number, step: number) => number;

function highest(from: Float32Array, first: number, last: number, step: number): number {
  let value = 0;
  for (let i = first; i <= last; i += step) value = Math.max(value, from[i] ?? 0);
  return value;
}

function lowest(from: Float32Array, first: number, last: number, step: number): number {
  let value = 1;
  for (let i = first; i <= last; i += step) value = Math.min(value, from[i] ?? 0);
  return value;
}

function mean(from: Float32Array, first: number, last: number, step: number): number {
  let sum = 0;
  for (let i = first; i <= last; i += step) sum += from[i] ?? 0;
  return (sum * step) / (last - first + step);
}

/** Looks at the plane through a square window of this radius, first along the rows, then the columns. */
function slide({ width, height, values }: Plane, radius: number, window: Window): Plane {
  const rows = new Float32Array(width * height);
  const out = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const start = y * width;
      rows[start + x] = window(values, start + Math.max(0, x - radius), start + Math.min(width - 1, x + radius), 1);
    }
  }
  for (let y = 0; y < height; y++) {
    const first = Math.max(0, y - radius) * width;
    const last = Math.min(height - 1, y + radius) * width;
    for (let x = 0; x < width; x++) out[y * width + x] = window(rows, first + x, last + x, width);
  }
  return { width, height, values: out };
}

/**
 * Darkness of the darkest hundredth and a half inside the box. Paper alone sets a floor: no noise may
 * pass for writing. Paper is looked for in the lightest quarter, so that a blot over most of the box
 * does not pass for paper.
 */
function inkStrength({ width, box }: BoxPatch, dark: Float32Array): number {
  const histogram = new Uint32Array(LEVELS + 1);
  const right = Math.floor(box.x + 0.9 * box.width);
  const bottom = Math.floor(box.y + 0.9 * box.height);
  let count = 0;
  for (let y = Math.ceil(box.y + 0.1 * box.height); y < bottom; y++) {
    for (let x = Math.ceil(box.x + 0.1 * box.width); x < right; x++) {
      const level = Math.round((dark[y * width + x] ?? 0) * LEVELS);
      histogram[level] = (histogram[level] ?? 0) + 1;
      count++;
    }
  }
  const paper = quantile(histogram, 0.25 * count);
  const noise = paper - quantile(histogram, 0.05 * count);
  const floor = Math.min(0.6, Math.max(FAINTEST, paper + 6 * noise));
  return Math.max(floor, quantile(histogram, 0.9925 * count));
}

const LEVELS = 512;

function quantile(histogram: Uint32Array, below: number): number {
  let sum = 0;
  for (let level = 0; level < histogram.length; level++) {
    sum += histogram[level] ?? 0;
    if (sum > below) return level / LEVELS;
  }
  return 1;
}
