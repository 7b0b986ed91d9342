import type { SKRSContext2D } from '@napi-rs/canvas';
import type { TurusGrid } from '#contract/form/definition.ts';
import type { Random } from '#synthesis/random.ts';
import { drawStrokes } from './pen.ts';
import type { Point, Stroke } from './stroke.ts';
import type { Writer } from './writer.ts';

const STROKES_A_CELL = 5;

/** Strokes a tally grid has room for. */
export function capacityOf(grid: TurusGrid): number {
  return grid.columns * grid.rows * STROKES_A_CELL;
}

/** Strokes in one row of a tally that holds `count`. */
export function strokesInRow(grid: TurusGrid, count: number, row: number): number {
  const full = grid.columns * STROKES_A_CELL;
  return Math.max(0, Math.min(full, count - row * full));
}

/** Tallies `count` votes: four strokes and one across them in a cell, cell by cell, row by row. */
export function tally(context: SKRSContext2D, grid: TurusGrid, count: number, writer: Writer, random: Random): void {
  const [width, height] = grid.cell;
  const strokes: Stroke[] = [];
  const lean = random.normal() * 0.06;
  for (let vote = 0; vote < Math.min(count, capacityOf(grid)); vote++) {
    const cell = Math.floor(vote / STROKES_A_CELL);
    const left = grid.origin[0] + (cell % grid.columns) * width;
    const top = grid.origin[1] + Math.floor(cell / grid.columns) * height;
    strokes.push(strokeIn([left, top], width, height, vote % STROKES_A_CELL, lean, random));
  }
  drawStrokes(context, strokes, { ...writer.pen, width: Math.min(writer.pen.width, 1.1) }, random);
}

function strokeIn(
  [left, top]: Point,
  width: number,
  height: number,
  place: number,
  lean: number,
  random: Random,
): Stroke {
  const at = (u: number, v: number): Point => [
    left + width * (u + random.normal() * 0.02),
    top + height * (v + random.normal() * 0.025),
  ];
  if (place === STROKES_A_CELL - 1) return [at(0.14, 0.74), at(0.84, 0.28)];
  const u = 0.24 + place * 0.16;
  return [at(u + lean, 0.18), at(u - lean, 0.82)];
}
