import { MARGIN } from '#agent/read/box.ts';
import { SIDE } from '#agent/read/normalise.ts';
import { type InkPicture, inkPicture, type Run } from './ink-picture.ts';

/** What a character looks like, told from pictures the digit model is shown. */
export interface Shape {
  /** Patches of paper that the strokes enclose. */
  readonly loops: number;
  /** A bar crosses the stem between a third and three quarters of the height. */
  readonly barred: boolean;
  /** How far the top reaches to the left of the stem, as a share of the height. */
  readonly flag: number;
  /** Width of the lowest part, as a share of the height. */
  readonly foot: number;
  /** Height of the writing as it lies in the box, as a share of the box's height. */
  readonly height: number;
}

/** A patch of paper smaller than this is a notch between two strokes, px. */
const SMALLEST_LOOP = 4;
/** In the first picture strokes have one width and full ink, whatever the pen. */
const INK = 0.45;
/** In the second, ink is as dark as it is: half as dark as its strongest stroke belongs to it. */
const HALF = 0.5;
/** Rows from the middle of a bar to where only the stem is left, and how much wider than the stem a bar is. */
const BAR_CLEAR = 4;
const WIDER_THAN_STEM = 1.7;
/** Side of the box in the second picture, px. */
const BOX_SIDE = SIDE / (1 + 2 * MARGIN);

/** `input` is what `cleanBox` gives the model: the writing fitted, then as it lies, then more. */
export function shapeOf(input: Float32Array): Shape {
  const writing = inkPicture(input.subarray(0, SIDE * SIDE), INK);
  const lying = input.subarray(SIDE * SIDE, 2 * SIDE * SIDE);
  const strongest = lying.reduce((most, value) => Math.max(most, value), 0);
  return {
    loops: loopsIn(writing),
    barred: isBarred(writing),
    flag: flagOf(writing),
    foot: footOf(writing),
    height: Math.min(1, inkPicture(lying, HALF * strongest).height / BOX_SIDE),
  };
}

/** Paper that cannot be reached from outside, counted in patches; a step goes along rows and columns only. */
function loopsIn({ isInk }: InkPicture): number {
  const seen = new Uint8Array(SIDE * SIDE);
  const sizeFrom = (start: number): number => {
    const queue = [start];
    seen[start] = 1;
    for (const pixel of queue) {
      for (const next of neighbours(pixel)) {
        if (seen[next] === 1 || isInk(next % SIDE, Math.floor(next / SIDE))) continue;
        seen[next] = 1;
        queue.push(next);
      }
    }
    return queue.length;
  };
  const patches = (pixels: readonly number[]) =>
    pixels
      .filter((pixel) => !isInk(pixel % SIDE, Math.floor(pixel / SIDE)))
      .map((pixel) => (seen[pixel] === 1 ? 0 : sizeFrom(pixel)));
  patches(PIXELS.filter((pixel) => neighbours(pixel).length < 4));
  return patches(PIXELS).filter((size) => size >= SMALLEST_LOOP).length;
}

const PIXELS = Array.from({ length: SIDE * SIDE }, (_, pixel) => pixel);

function neighbours(pixel: number): readonly number[] {
  const x = pixel % SIDE;
  return [
    ...(x > 0 ? [pixel - 1] : []),
    ...(x < SIDE - 1 ? [pixel + 1] : []),
    ...(pixel >= SIDE ? [pixel - SIDE] : []),
    ...(pixel < SIDE * (SIDE - 1) ? [pixel + SIDE] : []),
  ];
}

/** A row much wider than the stem a little above and below it, and not only because the stem turns there. */
function isBarred({ top, height, runAt }: InkPicture): boolean {
  for (let y = Math.round(top + 0.33 * height); y <= top + 0.75 * height; y++) {
    const [bar, above, below] = [runAt(y), runAt(y - BAR_CLEAR), runAt(y + BAR_CLEAR)];
    if (!bar || !above || !below) continue;
    const stem = Math.max(widthOf(above), widthOf(below));
    const crosses = bar.left < Math.min(above.left, below.left) && bar.right >= below.right;
    if (crosses && widthOf(bar) >= WIDER_THAN_STEM * stem) return true;
  }
  return false;
}

/** The stem is the lower half, whatever its slant, drawn on to the top. */
function flagOf({ top, height, runAt }: InkPicture): number {
  const [middle, low] = [runAt(Math.round(top + 0.5 * height)), runAt(Math.round(top + 0.8 * height))];
  if (!middle || !low) return 0;
  const slope = (middle.left - low.left) / (0.3 * height);
  let longest = 0;
  for (let y = top; y < top + 0.45 * height; y++) {
    const stem = middle.left + slope * (top + 0.5 * height - y);
    longest = Math.max(longest, stem - (runAt(y)?.left ?? stem));
  }
  return longest / height;
}

function footOf({ top, height, runAt }: InkPicture): number {
  let widest = 0;
  for (let y = Math.round(top + 0.85 * height); y < top + height; y++) {
    const run = runAt(y);
    if (run) widest = Math.max(widest, widthOf(run));
  }
  return height === 0 ? 0 : widest / height;
}

function widthOf({ left, right }: Run): number {
  return right - left + 1;
}
