import { quantile } from '#agent/page/sampling.ts';
import { CELL_HEIGHT, CELL_WIDTH, type CellPatch, FAINTEST } from './turus-cell.ts';

/** Below this contrast of pen to grain noise passes for strokes [measured: in half of the empty cells]. */
const LEAST_CONTRAST = 12;
/** Ink is as good as full at this share of the pen's darkness, and begins at that share of full. */
const FULL_INK = 0.7;
export const EDGE = 0.45;
/** Below this share of full it is paper. */
const FAINT_INK = 0.15;
/** So many pixels of ink in a column may be noise; across the thinnest stroke there is one. */
const SPECK = 1;
/** No stroke is shorter than this share of the cell, and none lies in its outermost columns only: there the line may be. */
const SHORTEST = 0.3;
const RIM = 2;

/**
 * Darkness of the pen that a grid was tallied with, 0 to 1; 0 where no cell has ink. Null where ink does
 * not stand out from the noise of the picture: then no cell shows what is in it.
 */
export function penDarkness(cells: readonly CellPatch[]): number | null {
  const inked = cells.filter(({ darkest }) => darkest > FAINTEST);
  if (inked.length === 0) return 0;
  const darkness = quantile(
    inked.map(({ darkest }) => darkest),
    0.6,
  );
  // Most cells with little ink show the paper's own grain.
  const grain = quantile(
    cells.map((cell) => cell.grain),
    0.25,
  );
  return darkness < LEAST_CONTRAST * grain ? null : darkness;
}

/** The ink of a cell, 0 paper to 1 as dark as the pen makes it, and the rectangle that holds what is surely ink. */
export interface CellInk {
  readonly dark: Float32Array;
  /** Pixels that are not just paper. */
  readonly pixels: readonly number[];
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Null where there is nothing but paper, and what reaches in from the line and the cells around. */
export function inkOf(cell: CellPatch, darkness: number): CellInk | null {
  const full = Math.max(FAINTEST, darkness) * FULL_INK;
  const dark = new Float32Array(cell.dark.length);
  const pixels: number[] = [];
  const columns = new Uint8Array(CELL_WIDTH);
  const rows = new Uint8Array(CELL_HEIGHT);
  for (let i = 0; i < dark.length; i++) {
    const value = Math.min(1, (cell.dark[i] ?? 0) / full);
    if (value < FAINT_INK) continue;
    dark[i] = value;
    pixels.push(i);
    if (value < EDGE) continue;
    const x = i % CELL_WIDTH;
    const y = (i - x) / CELL_WIDTH;
    columns[x] = (columns[x] ?? 0) + 1;
    rows[y] = (rows[y] ?? 0) + 1;
  }
  const inked = (count: number, x: number) => count > SPECK && x >= RIM && x < CELL_WIDTH - RIM;
  const [left, right] = [columns.findIndex(inked), columns.findLastIndex(inked)];
  const [top, bottom] = [rows.findIndex((count) => count > 0), rows.findLastIndex((count) => count > 0)];
  const isStroke = left >= 0 && bottom - top >= SHORTEST * CELL_HEIGHT;
  return isStroke ? { dark, pixels, left, right, top, bottom } : null;
}
