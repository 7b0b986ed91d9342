import { GRAIN_DEVIATION, grainFrom } from './grain.ts';
import type { Random } from './random.ts';

/** A rendered picture, RGBA row by row. */
export interface RawPicture {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8ClampedArray;
}

export interface WornPicture {
  readonly gray: Uint8Array;
  /** Blue, green, red. */
  readonly bgr: Uint8Array;
}

/** How a small picture was taken. */
interface Wear {
  /** Standard deviation of the blur, px, along x and y (motion blurs one way more). */
  readonly blur: readonly [number, number];
  /** Level of white paper at left and right, top and bottom, 0..1: uneven light. */
  readonly light: readonly [number, number, number, number];
  /** Level that printed black is lifted to, 0..1. */
  readonly black: number;
  readonly tint: readonly [number, number, number];
  readonly noise: number;
  /** A scanner's hard contrast: 1 leaves the levels, 6 nearly makes them black and white. */
  readonly contrast: number;
  /** Stripes of a screen photographed, of a scanner's lamp, of a watermark. */
  readonly stripes: Stripes | null;
}

interface Stripes {
  /** Waves a px along x and y. */
  readonly waves: readonly [number, number];
  readonly phase: number;
  /** Share of the light they take at their darkest. */
  readonly depth: number;
}

/** Blurs, lights and adds noise to the picture of a cell whose box is `boxPx` wide, quickly (typed arrays, no picture library). */
export function wear(picture: RawPicture, boxPx: number, random: Random): WornPicture {
  const { width, height } = picture;
  const taken = drawWear(boxPx, random);
  const gray = new Uint8Array(width * height);
  const bgr = new Uint8ClampedArray(width * height * 3);
  const plane = new Float32Array(width * height);
  const spare = new Float32Array(width * height);
  for (let channel = 0; channel < 3; channel++) {
    for (let i = 0; i < plane.length; i++) plane[i] = picture.rgba[i * 4 + channel] as number;
    blurLines(plane, spare, width, height, taken.blur[0]);
    blurColumns(spare, plane, width, height, taken.blur[1]);
    develop(plane, bgr, 2 - channel, width, height, taken, taken.tint[channel] ?? 1, random);
  }
  for (let i = 0; i < gray.length; i++) {
    gray[i] = (0.114 * (bgr[i * 3] ?? 0) + 0.587 * (bgr[i * 3 + 1] ?? 0) + 0.299 * (bgr[i * 3 + 2] ?? 0) + 0.5) | 0;
  }
  return { gray, bgr: new Uint8Array(bgr.buffer) };
}

/**
 * A picture softer than this, or with more noise in the light it has, is refused before it is read
 * (agent/page/quality.ts): a digit nobody can make out teaches the reader to doubt all others.
 */
const SOFTEST = 0.055;
const NOISIEST = 9;

function drawWear(boxPx: number, random: Random): Wear {
  const scan = random.chance(0.2);
  const drawn = scan ? random.between(0.2, 0.7) : Math.abs(random.normal()) * 0.014 * boxPx + 0.3;
  const skew = random.chance(0.2) ? random.between(1, 2.2) : 1;
  const blur = Math.max(0.3, Math.min(drawn, (SOFTEST * boxPx) / skew));
  const level = scan ? 0.98 : random.between(0.35, 0.98);
  const uneven = (): number => Math.min(1, level * (1 + random.normal() * (scan ? 0.01 : 0.06)));
  return {
    blur: random.chance(0.5) ? [blur * skew, blur] : [blur, blur * skew],
    light: [uneven(), uneven(), uneven(), uneven()],
    black: scan ? 0 : random.between(0, 0.16),
    tint: scan ? [1, 1, 1] : [1 + random.normal() * 0.05, 1, 1 + random.normal() * 0.08],
    noise: scan ? random.between(0, 4) : random.between(1, NOISIEST) * level,
    contrast: scan ? random.between(1.2, 5) : 1,
    stripes: random.chance(0.1) ? drawStripes(boxPx, random) : null,
  };
}

function drawStripes(boxPx: number, random: Random): Stripes {
  const [towards, wave] = [random.between(0, Math.PI), random.between(0.07, 0.45) * boxPx];
  return {
    waves: [Math.cos(towards) / wave, Math.sin(towards) / wave],
    phase: random.unit(),
    depth: random.between(0.02, 0.14),
  };
}

/** What the stripes leave of the light at a pixel, 0..1. */
function lightBetween({ waves, phase, depth }: Stripes, x: number, y: number): number {
  return 1 - (depth * (1 + Math.sin(2 * Math.PI * (waves[0] * x + waves[1] * y + phase)))) / 2;
}

function develop(
  plane: Float32Array,
  bgr: Uint8ClampedArray,
  channel: number,
  width: number,
  height: number,
  taken: Wear,
  tint: number,
  random: Random,
): void {
  const [left, right, top, bottom] = taken.light;
  const lift = taken.black * 255;
  const noise = taken.noise / GRAIN_DEVIATION;
  const grain = grainFrom(width * height, random);
  for (let y = 0; y < height; y++) {
    const down = y / height;
    const rowLight = top * (1 - down) + bottom * down;
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      const striped = taken.stripes ? lightBetween(taken.stripes, x, y) : 1;
      const light = ((left + ((right - left) * x) / width + rowLight) / 2) * tint * striped;
      let level = (lift + ((plane[i] as number) * (255 - lift)) / 255) * light;
      level = (level - 165) * taken.contrast + 165 + (grain.table[grain.start + i] as number) * noise;
      bgr[i * 3 + channel] = level;
    }
  }
}

/** Weights of a Gaussian, from its middle outwards. */
function weightsOf(deviation: number): Float32Array {
  const reach = Math.max(1, Math.ceil(deviation * 2.5));
  const weights = Float32Array.from({ length: reach + 1 }, (_, i) => Math.exp((-i * i) / (2 * deviation * deviation)));
  const sum = weights.reduce((total, weight, i) => total + (i === 0 ? weight : 2 * weight), 0);
  return weights.map((weight) => weight / sum);
}

function blurLines(from: Float32Array, to: Float32Array, width: number, height: number, deviation: number): void {
  const weights = weightsOf(deviation);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    for (let x = 0; x < width; x++) {
      let sum = (from[row + x] as number) * (weights[0] as number);
      for (let k = 1; k < weights.length; k++) {
        const [before, after] = [x < k ? 0 : x - k, x + k >= width ? width - 1 : x + k];
        sum += ((from[row + before] as number) + (from[row + after] as number)) * (weights[k] as number);
      }
      to[row + x] = sum;
    }
  }
}

function blurColumns(from: Float32Array, to: Float32Array, width: number, height: number, deviation: number): void {
  const weights = weightsOf(deviation);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let sum = (from[y * width + x] as number) * (weights[0] as number);
      for (let k = 1; k < weights.length; k++) {
        const [above, below] = [y < k ? 0 : y - k, y + k >= height ? height - 1 : y + k];
        sum += ((from[above * width + x] as number) + (from[below * width + x] as number)) * (weights[k] as number);
      }
      to[y * width + x] = sum;
    }
  }
}
