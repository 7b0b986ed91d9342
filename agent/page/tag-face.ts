import { fitHomography, type Homography, mapPoint } from '#agent/page/homography.ts';
import type { Gray } from '#agent/page/picture.ts';
import type { Quad } from '#agent/page/quad.ts';
import { brightnessAt } from '#agent/page/sampling.ts';
import { type CodeMatch, matchCode } from '#agent/page/tag-family.ts';
import { TAG_SIDE } from '#contract/form/april-tag.ts';
import type { Point } from '#contract/form/definition.ts';

/** The family's codes differ in 10 bits or more: two wrong bits stay far from any other. */
const MAX_BIT_ERRORS = 2;
/** Of the 28 modules of the border so many must be black. */
const MIN_BORDER = 26;
/** Least difference of black and white in a tag that can be trusted, gray levels. */
const MIN_CONTRAST = 20;
/** How much of what blur took from a module's difference to its neighbours is given back. */
const SHARPENING = 0.6;
/** Modules along one side with one of the paper on each side. */
const GRID = TAG_SIDE + 2;

/** What a quad is: a tag of the family, or a tag by its black border whose bits cannot be read. */
export type TagFace = ({ readonly kind: 'read' } & CodeMatch) | { readonly kind: 'unreadable' };

/** Reads a quad as a tag; null where it has no black border on bright ground. */
export function readFace(gray: Gray, quad: Quad): TagFace | null {
  if (!isDarkInside(gray, quad)) return null;
  const levels = moduleLevels(gray, quad);
  const threshold = levels && thresholdBetween(levels);
  if (!levels || !threshold) return null;
  const border = modules.filter(({ ring }) => ring === 1);
  const black = border.filter(({ row, column }) => (levels[row * GRID + column] ?? 0) < threshold(row, column));
  if (black.length < MIN_BORDER) return null;
  const bits = modules
    .filter(({ ring }) => ring > 1)
    .map(({ row, column }) => sharpened(levels, row, column) > threshold(row, column));
  const match = matchCode(bits, MAX_BIT_ERRORS);
  return match ? { kind: 'read', ...match } : { kind: 'unreadable' };
}

/** A look at the middles of the four sides: most quads are letters and empty boxes. */
function isDarkInside(gray: Gray, quad: Quad): boolean {
  const [a, b, c, d] = quad;
  const middle: Point = [(a[0] + b[0] + c[0] + d[0]) / 4, (a[1] + b[1] + c[1] + d[1]) / 4];
  let difference = 0;
  for (const [from, to] of [
    [a, b],
    [b, c],
    [c, d],
    [d, a],
  ] as const) {
    const side: Point = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2];
    // Half a module inwards and outwards: an eighth of the way to the middle.
    const inwards = (share: number) =>
      brightnessAt(gray, side[0] + share * (middle[0] - side[0]), side[1] + share * (middle[1] - side[1]));
    difference += inwards(-1 / TAG_SIDE) - inwards(1 / TAG_SIDE);
  }
  return difference / 4 >= MIN_CONTRAST / 2;
}

interface Module {
  readonly row: number;
  readonly column: number;
  /** 0 is the paper around, 1 the black border, more is inside. */
  readonly ring: number;
}

const modules: readonly Module[] = Array.from({ length: GRID * GRID }, (_, k): Module => {
  const row = Math.floor(k / GRID);
  const column = k % GRID;
  return { row, column, ring: Math.min(row, column, GRID - 1 - row, GRID - 1 - column) };
});

/** Mean brightness of the middle of each module, row by row, the paper around included. */
function moduleLevels(gray: Gray, [a, b, c, d]: Quad): Float64Array | null {
  const end = TAG_SIDE + 1;
  const h = fitHomography([
    { from: [1, 1], to: a, weight: 1 },
    { from: [end, 1], to: b, weight: 1 },
    { from: [end, end], to: c, weight: 1 },
    { from: [1, end], to: d, weight: 1 },
  ]);
  return h && Float64Array.from(modules, ({ row, column }) => levelOf(gray, h, row, column));
}

function levelOf(gray: Gray, h: Homography, row: number, column: number): number {
  let sum = 0;
  for (const dx of [0.33, 0.67]) {
    for (const dy of [0.33, 0.67]) {
      const [u, v] = mapPoint(h, [column + dx, row + dy]);
      sum += brightnessAt(gray, u, v);
    }
  }
  return sum / 4;
}

function sharpened(levels: Float64Array, row: number, column: number): number {
  const at = row * GRID + column;
  const around =
    ((levels[at - 1] ?? 0) + (levels[at + 1] ?? 0) + (levels[at - GRID] ?? 0) + (levels[at + GRID] ?? 0)) / 4;
  const level = levels[at] ?? 0;
  return level + SHARPENING * (level - around);
}

type LevelAt = (row: number, column: number) => number;

/** Half-way between black and white, as both change across the tag with the light. */
function thresholdBetween(levels: Float64Array): LevelAt | null {
  const black = plane(levels, 1);
  const white = plane(levels, 0);
  const middle = (GRID - 1) / 2;
  if (white(middle, middle) - black(middle, middle) < MIN_CONTRAST) return null;
  return (row, column) => (black(row, column) + white(row, column)) / 2;
}

/** The plane through the levels of a ring, which lies evenly around the middle. */
function plane(levels: Float64Array, ring: number): LevelAt {
  const middle = (GRID - 1) / 2;
  const on = modules.filter((module) => module.ring === ring);
  let mean = 0;
  let down = 0;
  let right = 0;
  let spread = 0;
  for (const { row, column } of on) {
    const level = levels[row * GRID + column] ?? 0;
    mean += level / on.length;
    down += (row - middle) * level;
    right += (column - middle) * level;
    spread += (row - middle) ** 2;
  }
  return (row, column) => mean + ((row - middle) * down + (column - middle) * right) / spread;
}
