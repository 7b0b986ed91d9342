import { CELL_HEIGHT, CELL_WIDTH, type CellPatch } from './turus-cell.ts';
import { type CellInk, EDGE, inkOf } from './turus-ink.ts';

/** What is seen in one tally cell, before anything is made of it. */
export interface CellSight {
  /** Strokes that stand side by side, leaning or not; 0 where there is no ink. */
  readonly uprights: number;
  /** Strokes met on the way down between two uprights, on average; beside it where there is one only. */
  readonly bridges: number;
  /** Share of the cell's width, from the first ink to the last. */
  readonly span: number;
}

/** Ink on a line for more than this share of the height runs along with it. */
const ALONG = 0.4;
/** Slopes tried besides 0 to find how the uprights lean, columns a row; and half the way between two. */
const SLOPES = [-0.6, -0.4, -0.2, 0.2, 0.4, 0.6] as const;
const FINER = 0.1;
/** An upright has this share of the ink of the strongest, and the ink falls by so much of that beside it. */
const UPRIGHT = 0.3;
const DIP = 0.2;
/** So much more ink on a line, pixels, makes no difference. */
const LITTLE = 3;
/** Strokes stand side by side where they are apart at this share of the heights. */
const ENOUGH_HEIGHTS = 0.4;
/** Beside a single upright a stroke is looked for so many columns away. */
const BESIDE = 6;

export function sightOf(cell: CellPatch, darkness: number): CellSight {
  const ink = inkOf(cell, darkness);
  if (!ink) return { uprights: 0, bridges: 0, span: 0 };
  const { slope, profile } = leaning(ink);
  const { uprights, valleys } = standing(profile);
  const [only = 0] = uprights;
  const lines = uprights.length > 1 ? [valleys] : [[only - BESIDE], [only + BESIDE]];
  const met = lines.map((columns) => mean(columns.map((column) => strokesDown(ink, column, slope))));
  return {
    uprights: Math.max(uprights.length, strokesAcross(ink)),
    bridges: Math.max(...met),
    span: (ink.right - ink.left + 1) / CELL_WIDTH,
  };
}

/** Columns of a profile beyond both sides of the cell, where leaning strokes may end. */
const BEYOND = Math.ceil(((Math.max(...SLOPES) + FINER) * CELL_HEIGHT) / 2) + 1;

interface Leaning {
  readonly slope: number;
  /** Ink along each line of this slope; a line is named by its column at half height, BEYOND added. */
  readonly profile: Float32Array;
  readonly sharpness: number;
}

/** Looking along the uprights the ink stands in few sharp lines: the slope at which it does, to a tenth. */
function leaning(ink: CellInk): Leaning {
  const sharpest = (slopes: readonly number[], first: Leaning) =>
    slopes
      .map((slope) => profileAlong(ink, slope))
      .reduce((best, other) => (other.sharpness > best.sharpness ? other : best), first);
  const coarse = sharpest(SLOPES, profileAlong(ink, 0));
  return sharpest([coarse.slope - FINER, coarse.slope + FINER], coarse);
}

function profileAlong({ dark, pixels }: CellInk, slope: number): Leaning {
  const profile = new Float32Array(CELL_WIDTH + 2 * BEYOND);
  for (const i of pixels) {
    const x = i % CELL_WIDTH;
    const shifted = x + BEYOND + slope * ((i - x) / CELL_WIDTH - CELL_HEIGHT / 2);
    const column = Math.floor(shifted);
    const part = shifted - column;
    const value = dark[i] ?? 0;
    profile[column] = (profile[column] ?? 0) + value * (1 - part);
    profile[column + 1] = (profile[column + 1] ?? 0) + value * part;
  }
  let sharpness = 0;
  for (const value of profile) sharpness += value * value;
  return { slope, profile, sharpness };
}

interface Standing {
  /** Columns of the uprights in the profile, and of the least ink between each two. */
  readonly uprights: readonly number[];
  readonly valleys: readonly number[];
}

/** Peaks of the profile: up by a dip from the valley before, down by a dip behind. */
function standing(rough: Float32Array): Standing {
  const profile = rough.map((value, x) => ((rough[x - 1] ?? 0) + 2 * value + (rough[x + 1] ?? 0)) / 4);
  const strongest = Math.max(...profile);
  const [least, dip] = [UPRIGHT * strongest, DIP * strongest];
  const uprights: number[] = [];
  const valleys: number[] = [];
  let [peak, valley] = [0, 0];
  let way: 'up' | 'down' = 'up';
  const at = (x: number) => profile[x] ?? 0;
  for (let x = 0; x < profile.length; x++) {
    if (way === 'up') {
      if (at(x) >= at(peak)) peak = x;
      if (at(peak) < least || at(peak) - at(x) <= Math.max(dip, at(peak) / 4)) continue;
      const [before] = uprights.slice(-1);
      if (before !== undefined) valleys.push(clearest(profile, valley, (before + peak) / 2));
      uprights.push(peak);
      [way, valley] = ['down', x];
    } else {
      if (at(x) < at(valley)) valley = x;
      if (at(x) < least || at(x) - at(valley) <= dip) continue;
      [way, peak] = ['up', x];
    }
  }
  return { uprights, valleys };
}

/** Strokes met on the way across at enough heights: strokes that converge are told apart at their open ends. */
function strokesAcross({ dark, left, right, top, bottom }: CellInk): number {
  const heights = new Uint8Array(CELL_WIDTH);
  for (let y = top; y <= bottom; y++) {
    let strokes = 0;
    let inside = false;
    for (let x = left; x <= right; x++) {
      const isInk = (dark[y * CELL_WIDTH + x] ?? 0) > EDGE;
      if (isInk && !inside) strokes++;
      inside = isInk;
    }
    heights[strokes] = (heights[strokes] ?? 0) + 1;
  }
  const enough = ENOUGH_HEIGHTS * (bottom - top + 1);
  let above = 0;
  for (let strokes = heights.length - 1; strokes > 0; strokes--) {
    above += heights[strokes] ?? 0;
    if (above >= enough) return strokes;
  }
  return 0;
}

/** Half way between two uprights the strokes across lie farthest apart, if no upright leans into it. */
function clearest(profile: Float32Array, valley: number, middle: number): number {
  const half = Math.round(middle);
  return (profile[half] ?? 0) - (profile[valley] ?? 0) <= LITTLE ? half : valley;
}

/** Strokes crossed on the way down a line of this slope; what runs along with it is none, nor what is cut by the rim. */
function strokesDown({ dark, top, bottom }: CellInk, column: number, slope: number): number {
  const longest = ALONG * (bottom - top + 1);
  let strokes = 0;
  let length = 0;
  for (let y = top; y <= bottom + 1; y++) {
    const isInk = y <= bottom && darkAt(dark, column - BEYOND - slope * (y - CELL_HEIGHT / 2), y) > EDGE;
    if (isInk) length++;
    else {
      const cut = y - length === 0 || y === CELL_HEIGHT;
      if (length > 0 && length <= longest && !cut) strokes++;
      length = 0;
    }
  }
  return strokes;
}

function darkAt(dark: Float32Array, x: number, y: number): number {
  const left = Math.floor(x);
  if (left < 0 || left >= CELL_WIDTH - 1) return 0;
  const at = y * CELL_WIDTH + left;
  const value = dark[at] ?? 0;
  return value + ((dark[at + 1] ?? 0) - value) * (x - left);
}

function mean(values: readonly number[]): number {
  return values.length > 0 ? values.reduce((sum, value) => sum + value, 0) / values.length : 0;
}
