import type { ToPhoto } from '#agent/page/frames.ts';
import type { Gray } from '#agent/page/picture.ts';
import { median } from '#agent/page/sampling.ts';
import type { BoxReading, TurusReading } from '#agent/tally/evidence.ts';
import { massOf, readRow } from '#agent/tally/pattern.ts';
import type { TurusGrid } from '#contract/form/definition.ts';
import { cutCells } from './turus-cell.ts';
import { type CellLikelihood, saidByTally, type TallyRow, weighTotals } from './turus-count.ts';
import { penDarkness } from './turus-ink.ts';
import { likelihoodOf, MANNERS, type Manner } from './turus-likelihood.ts';
import { type CellSight, sightOf } from './turus-sight.ts';

/** What is seen in the cells of one grid, a list a row. */
export type GridSight = readonly (readonly CellSight[])[];

/** Looks at every cell of a tally grid (mm); null where the picture does not show strokes. */
export function seeTurus(photo: Gray, grid: TurusGrid, toPhoto: ToPhoto): GridSight | null {
  if (cellHeight(grid, toPhoto) < FEWEST_PX) return null;
  const cells = cutCells(photo, grid, toPhoto);
  const darkness = penDarkness(cells);
  if (darkness === null) return null;
  const sights = cells.map((cell) => sightOf(cell, darkness));
  return Array.from({ length: grid.rows }, (_, row) => sights.slice(row * grid.columns, (row + 1) * grid.columns));
}

/** In cells less high than this, px, the strokes of a ballpoint run into one another. */
const FEWEST_PX = 24;

function cellHeight({ origin: [x, y], rows, cell: [, height] }: TurusGrid, toPhoto: ToPhoto): number {
  const [[topX, topY], [bottomX, bottomY]] = [toPhoto([x, y]), toPhoto([x, y + rows * height])];
  return Math.hypot(bottomX - topX, bottomY - topY) / rows;
}

/** Rows whose "jumlah" is worth reading: those with strokes. */
export function usedRows(grid: GridSight): readonly number[] {
  return grid.flatMap((cells, row) => (cells.some(({ uprights }) => uprights > 0) ? [row] : []));
}

/**
 * The number a tally holds, from its strokes and from what was read in the boxes "jumlah tiap baris" of
 * the rows that were looked at.
 */
export function countTurus(grid: GridSight, rowTotals: ReadonlyMap<number, readonly BoxReading[]>): TurusReading {
  const totals = grid.map((_, row) => rowTotalLikelihood(rowTotals.get(row) ?? []));
  const usual = usualSpan(grid);
  const readings = MANNERS.map((manner) => readingIn(manner, grid, usual));
  const fittest = Math.max(...readings.map(({ fit }) => fit));
  const weights = readings
    .filter(({ fit }) => fit > fittest - HOPELESS)
    .map(({ cells, fit }) => {
      const rows = cells.map((row, r): TallyRow => ({ cells: row, total: totals[r] ?? UNREAD }));
      return weighTotals(rows).map((weight) => weight * Math.exp(fit - fittest));
    });
  return saidByTally(weights.reduce((sum, some) => sum.map((weight, total) => weight + (some[total] ?? 0))));
}

/** A manner in which even the fittest strokes are so much less likely than in another, nats, is left out. */
const HOPELESS = 25;

interface MannerReading {
  /** Likelihoods of each cell against its likeliest content. */
  readonly cells: readonly (readonly CellLikelihood[])[];
  /** Logarithm of the likelihood of the likeliest content of all cells, and of the manner. */
  readonly fit: number;
}

function readingIn(manner: Manner, grid: GridSight, usual: number): MannerReading {
  let fit = Math.log(manner.share);
  const cells = grid.map((row) =>
    row.map((sight) => {
      const cell = likelihoodOf(sight, usual, manner);
      const most = Math.max(cell.struck, ...cell.strokes);
      fit += Math.log(most);
      return scaled(cell, most);
    }),
  );
  return { cells, fit };
}

/**
 * A row's total in its boxes is written by the hand that writes the figure, with its likenesses of
 * digits: it may tell totals apart that the strokes hold for alike, but no more than ten to one.
 */
const MOST_OF_ROW_TOTAL = 9;

const UNREAD = () => 1;

function rowTotalLikelihood(boxes: readonly BoxReading[]): (count: number) => number {
  if (boxes.length === 0) return UNREAD;
  const { numbers } = readRow(boxes);
  const masses = new Map(numbers.map((number) => [number.value, massOf(number)]));
  return (count) => 1 + MOST_OF_ROW_TOTAL * (masses.get(count) ?? 0);
}

/** The span of most cells that look full; the whole width where too few do. */
function usualSpan(grid: GridSight): number {
  const spans = grid.flat().flatMap(({ uprights, span }) => (uprights >= LOOKS_FULL ? [span] : []));
  return spans.length >= ENOUGH_FULL ? median(spans) : 1;
}

const LOOKS_FULL = 3;
const ENOUGH_FULL = 3;

function scaled({ strokes, struck }: CellLikelihood, scale: number): CellLikelihood {
  return { strokes: strokes.map((likelihood) => likelihood / scale), struck: struck / scale };
}
