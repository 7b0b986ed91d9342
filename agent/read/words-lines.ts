import type { WordsInk } from './words-ink.ts';
import { type Piece, together } from './words-pieces.ts';

/** One line of writing in the room, px of its patch. A point's height is y - slope × x. */
export interface WritingLine {
  readonly slope: number;
  /** Mean height of its ink. */
  readonly middle: number;
  /** How far the ink of all lines spreads from their middles (standard deviation): one hand writes one size. */
  readonly spread: number;
  /** Heights between which everything belongs to this line. */
  readonly top: number;
  readonly bottom: number;
  /** Stretches with letters, from left to right: x of first and last pixel. */
  readonly stretches: readonly (readonly [number, number])[];
}

/** A piece lower than this, mm, is a dot, a dash or dirt, and tells nothing of the lines. */
const LOWEST_LETTER = 0.9;
/** Nor does a piece lower than this share of its line belong to a letter. */
const LOWEST_PART = 0.2;
/** Lines of writing in a room that are told apart. */
const MOST_LINES = 3;
/** Steepest writing looked for, and the step (tangents). */
const STEEPEST = 0.07;
const SLOPE_STEP = 0.007;
/** By how much level writing is believed more than steep: the bars of a few letters line up by chance. */
const LEVEL = 4;
/** Pixels that show the slope as well as all do. */
const ENOUGH = 1500;
/** Rows with less ink than this share of the fullest lie between lines. */
const BETWEEN = 0.2;
/** A line has at least this share of the ink of the fullest line. */
const SMALLEST_LINE = 0.12;

/** The lines of writing that these pieces make, from top to bottom; none where nothing like letters is there. */
export function findLines(ink: WordsInk, pieces: readonly Piece[]): readonly WritingLine[] {
  const letters = pieces.filter(({ height }) => height >= Math.max(4, LOWEST_LETTER * ink.pxPerMm));
  const pixels = together(letters);
  if (pixels.length === 0) return [];
  const slope = slopeOf(pixels, ink);
  const profile = profileOf(pixels, ink, slope);
  const bands = bandsOf(filledProfile(letters, ink, slope));
  const spread = spreadOf(profile.rows, bands);
  return bands.map(([from, to], i): WritingLine => {
    const above = bands[i - 1]?.[1] ?? -Infinity;
    const below = bands[i + 1]?.[0] ?? Infinity;
    return {
      slope,
      middle: measure(profile.rows, from, to).middle + profile.first,
      spread,
      top: (from + above) / 2 + profile.first,
      bottom: (to + below) / 2 + profile.first,
      stretches: stretchesOf(
        together(pieces.filter(({ height }) => height >= LOWEST_PART * (to - from + 1))),
        ink,
        slope,
        from + profile.first,
        to + profile.first,
      ),
    };
  });
}

/** The slope along which the ink gathers into the sharpest rows; short words keep level. */
function slopeOf(pixels: Int32Array, ink: WordsInk): number {
  const some = pixels.filter((_, i) => i % Math.ceil(pixels.length / ENOUGH) === 0);
  let [best, bestScore] = [0, 0];
  for (let slope = -STEEPEST; slope <= STEEPEST + 1e-9; slope += SLOPE_STEP) {
    const { rows } = profileOf(some, ink, slope);
    let squares = 0;
    for (let row = 1; row + 1 < rows.length; row++) {
      squares += ((rows[row - 1] ?? 0) + (rows[row] ?? 0) + (rows[row + 1] ?? 0)) ** 2;
    }
    const score = squares * (1 - LEVEL * Math.abs(slope));
    if (score > bestScore) [best, bestScore] = [slope, score];
  }
  return best;
}

interface Profile {
  /** Ink by height. */
  readonly rows: Float32Array;
  /** Height of the first row. */
  readonly first: number;
}

function profileOf(pixels: Int32Array, { width, height }: WordsInk, slope: number): Profile {
  const first = -Math.ceil(STEEPEST * width) - 1;
  const rows = new Float32Array(height - 2 * first);
  for (let i = 0; i < pixels.length; i++) {
    const pixel = pixels[i] as number;
    const x = pixel % width;
    const row = Math.round((pixel - x) / width - slope * x) - first;
    rows[row] = (rows[row] as number) + 1;
  }
  return { rows, first };
}

/** The same as if every piece were ink from its top to its bottom: no gap within a letter passes for one between lines. */
function filledProfile(pieces: readonly Piece[], ink: WordsInk, slope: number): Float32Array {
  const { rows } = profileOf(new Int32Array(), ink, slope);
  for (const { pixels, height } of pieces) {
    const some = profileOf(pixels, ink, slope).rows;
    const top = some.findIndex((count) => count > 0);
    const bottom = some.findLastIndex((count) => count > 0);
    for (let row = top; row <= bottom; row++) rows[row] = (rows[row] ?? 0) + pixels.length / height;
  }
  return rows;
}

type Band = readonly [from: number, to: number];

/** Rows of ink parted by rows with hardly any; dots above and tails below are no lines of their own. */
function bandsOf(rows: Float32Array): readonly Band[] {
  const least = BETWEEN * Math.max(...rows);
  const bands: Band[] = [];
  for (let from = 0; from < rows.length; from++) {
    if ((rows[from] ?? 0) <= least) continue;
    let to = from;
    while ((rows[to] ?? 0) > least) to++;
    bands.push([from, to - 1]);
    from = to;
  }
  const inkOf = ([from, to]: Band) => rows.subarray(from, to + 1).reduce((sum, count) => sum + count, 0);
  const tall = Math.max(...bands.map(([from, to]) => to - from + 1));
  const most = Math.max(...bands.map(inkOf));
  return joined(bands, tall * 0.1)
    .filter((band) => inkOf(band) >= SMALLEST_LINE * most && band[1] - band[0] + 1 >= 0.4 * tall)
    .slice(0, MOST_LINES);
}

/** Bands nearer than this are one line: a letter whose parts do not touch. */
function joined(bands: readonly Band[], near: number): readonly Band[] {
  const lines: [number, number][] = [];
  for (const [from, to] of bands) {
    const last = lines.at(-1);
    if (last && from - last[1] - 1 < near) last[1] = to;
    else lines.push([from, to]);
  }
  return lines;
}

function measure(rows: Float32Array, from: number, to: number): { count: number; middle: number; variance: number } {
  let [count, sum, squares] = [0, 0, 0];
  for (let row = from; row <= to; row++) {
    const ink = rows[row] ?? 0;
    count += ink;
    sum += ink * row;
    squares += ink * row * row;
  }
  const middle = sum / count;
  return { count, middle, variance: Math.max(0.25, squares / count - middle * middle) };
}

function spreadOf(rows: Float32Array, bands: readonly Band[]): number {
  const lines = bands.map(([from, to]) => measure(rows, from, to));
  const count = lines.reduce((sum, line) => sum + line.count, 0);
  return Math.sqrt(lines.reduce((sum, line) => sum + line.count * line.variance, 0) / count);
}

/** Columns with ink of the line, neighbouring ones put together. */
function stretchesOf(
  pixels: Int32Array,
  { width }: WordsInk,
  slope: number,
  top: number,
  bottom: number,
): readonly (readonly [number, number])[] {
  const inked = new Uint8Array(width);
  for (const pixel of pixels) {
    const x = pixel % width;
    const row = (pixel - x) / width - slope * x;
    if (row >= top - 0.5 && row <= bottom + 0.5) inked[x] = 1;
  }
  const stretches: [number, number][] = [];
  for (let x = 0; x < width; x++) {
    if (!inked[x]) continue;
    const last = stretches.at(-1);
    if (last && last[1] === x - 1) last[1] = x;
    else stretches.push([x, x]);
  }
  return stretches;
}
