import type { ToPhoto } from '#agent/page/frames.ts';
import type { Gray } from '#agent/page/picture.ts';
import { brightnessAt } from '#agent/page/sampling.ts';
import type { Point, TurusGrid } from '#contract/form/definition.ts';

/** The inside of one tally cell, resampled to CELL_WIDTH × CELL_HEIGHT. */
export interface CellPatch {
  /** Row by row, 0 paper to 1 black. */
  readonly dark: Float32Array;
  /** Darkness of the darkest hundredth and a half: the pen's, where there is a stroke. */
  readonly darkest: number;
  /** How dark most of its paper is against the lightest: its grain and the noise of the picture. */
  readonly grain: number;
}

/** Fainter than this is no stroke, as a share of black. */
export const FAINTEST = 0.08;
export const CELL_WIDTH = 48;
export const CELL_HEIGHT = 34;
/** Share of the cell's sides left out on every side: there lies the printed line, however the page is displaced. */
const INSET = 0.06;
/** Shares of a cell, from its darkest, that are ink if any is, and that stand for its paper. */
const INK_RANK = 0.015;
const PAPER_RANK = 0.9;

/** Cuts every cell of a grid straight from the photo, row by row. */
export function cutCells(
  photo: Gray,
  { origin: [x, y], columns, rows, cell }: TurusGrid,
  toPhoto: ToPhoto,
): CellPatch[] {
  const [width, height] = cell;
  const corner = (column: number, row: number) => toPhoto([x + column * width, y + row * height]);
  const corners = Array.from({ length: rows + 1 }, (_, row) =>
    Array.from({ length: columns + 1 }, (_, column) => corner(column, row)),
  );
  const at = (column: number, row: number): Point => corners[row]?.[column] ?? [0, 0];
  return Array.from({ length: rows * columns }, (_, index) => {
    const column = index % columns;
    const row = (index - column) / columns;
    return cutCell(photo, at(column, row), at(column + 1, row), at(column + 1, row + 1), at(column, row + 1));
  });
}

/** A cell is small enough on the sheet for straight interpolation between its corners to follow any perspective. */
function cutCell(photo: Gray, tl: Point, tr: Point, br: Point, bl: Point): CellPatch {
  const dark = new Float32Array(CELL_WIDTH * CELL_HEIGHT);
  const levels = new Uint16Array(256);
  const lookAtRow = (row: number) => {
    const v = INSET + ((1 - 2 * INSET) * (row + 0.5)) / CELL_HEIGHT;
    const startX = tl[0] + (bl[0] - tl[0]) * v;
    const startY = tl[1] + (bl[1] - tl[1]) * v;
    const acrossX = tr[0] + (br[0] - tr[0]) * v - startX;
    const acrossY = tr[1] + (br[1] - tr[1]) * v - startY;
    for (let column = 0; column < CELL_WIDTH; column++) {
      const u = INSET + ((1 - 2 * INSET) * (column + 0.5)) / CELL_WIDTH;
      const light = brightnessAt(photo, startX + acrossX * u, startY + acrossY * u);
      dark[row * CELL_WIDTH + column] = light;
      const level = Math.round(light);
      levels[level] = (levels[level] ?? 0) + 1;
    }
  };
  for (let row = 0; row < CELL_HEIGHT; row += 2) lookAtRow(row);
  // Every stroke crosses many rows: where every other one shows none, the others need no look.
  if (shadesOf(levels).darkest <= FAINTEST) return { dark: dark.fill(0), ...shadesOf(levels) };
  for (let row = 1; row < CELL_HEIGHT; row += 2) lookAtRow(row);
  const { paper, darkest, grain } = shadesOf(levels);
  for (let i = 0; i < dark.length; i++) dark[i] = Math.max(0, 1 - (dark[i] ?? 0) / paper);
  return { dark, darkest, grain };
}

interface Shades extends Omit<CellPatch, 'dark'> {
  /** Gray level of the paper. */
  readonly paper: number;
}

function shadesOf(levels: Uint16Array): Shades {
  const samples = levels.reduce((sum, count) => sum + count, 0);
  const paper = Math.max(1, levelAt(levels, PAPER_RANK * samples));
  const darknessAt = (share: number) => Math.max(0, 1 - levelAt(levels, share * samples) / paper);
  return { paper, darkest: darknessAt(INK_RANK), grain: darknessAt(0.5) };
}

/** The gray level below which so many samples lie. */
function levelAt(levels: Uint16Array, rank: number): number {
  let below = 0;
  for (let level = 0; level < levels.length; level++) {
    below += levels[level] ?? 0;
    if (below > rank) return level;
  }
  return levels.length - 1;
}
