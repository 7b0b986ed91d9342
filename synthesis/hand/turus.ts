import type { SKRSContext2D } from '@napi-rs/canvas';
import type { Rect, TurusGrid } from '#contract/form/definition.ts';
import type { Random } from '#synthesis/random.ts';
import { drawStrokes } from './pen.ts';
import type { Point, Stroke } from './stroke.ts';
import type { TallyHabit } from './tally-habit.ts';
import type { Writer } from './writer.ts';

const STROKES_A_CELL = 5;

/** Strokes in each cell of a tally, row by row; null where the cell is struck out and counts for nothing. */
export type TallyCells = readonly (number | null)[];

/** Strokes a tally grid has room for. */
export function capacityOf(grid: TurusGrid): number {
  return grid.columns * grid.rows * STROKES_A_CELL;
}

/** Strokes in one row of a tally that holds `count`. */
export function strokesInRow(grid: TurusGrid, count: number, row: number): number {
  const full = grid.columns * STROKES_A_CELL;
  return Math.max(0, Math.min(full, count - row * full));
}

/** The strokes that count, of a whole tally. */
export function strokesOf(cells: TallyCells): number {
  return cells.reduce<number>((sum, strokes) => sum + (strokes ?? 0), 0);
}

/** Chance that a tally is so. */
export interface TallySlips {
  /** A stroke too few or too many: a call missed or heard twice, a cell of four or six. */
  readonly miscount: number;
  /** A cell is struck out and the count goes on in the next. */
  readonly struck: number;
}

export function emptyTally(grid: TurusGrid): TallyCells {
  return Array.from({ length: grid.columns * grid.rows }, () => 0);
}

/** Plans the tally of `count` votes: full cells, row by row, and what is left in the last. */
export function planTally(grid: TurusGrid, count: number, slips: TallySlips, random: Random): TallyCells {
  const slip = random.chance(slips.miscount) ? random.pick(['call', 'cell'] as const) : null;
  const off = random.pick([-1, 1] as const);
  const heard = slip === 'call' ? Math.max(0, count + off) : count;
  const cells = emptyTally(grid).map((_, cell): number | null =>
    Math.max(0, Math.min(STROKES_A_CELL, heard - cell * STROKES_A_CELL)),
  );
  const room = cells.length;
  const full = cells.filter((strokes) => strokes === STROKES_A_CELL).length;
  if (slip === 'cell' && full > 0) cells[random.whole(0, full - 1)] = STROKES_A_CELL + off;
  if (random.chance(slips.struck) && full + 1 < room) cells.splice(random.whole(0, full), 0, null);
  return cells.slice(0, room);
}

/** Writes the planned strokes in the writer's habit. */
export function writeTurus(
  context: SKRSContext2D,
  grid: TurusGrid,
  cells: TallyCells,
  habit: TallyHabit,
  writer: Writer,
  random: Random,
): void {
  const [width, height] = grid.cell;
  const strokes = cells.flatMap((count, cell) => {
    const left = grid.origin[0] + (cell % grid.columns) * width;
    const top = grid.origin[1] + Math.floor(cell / grid.columns) * height;
    const room: Rect = [left, top, width, height];
    if (count !== null) return strokesIn(room, count, habit, random);
    return [...strokesIn(room, random.whole(1, STROKES_A_CELL), habit, random), ...struckOut(room, random)];
  });
  drawStrokes(context, strokes, { ...writer.pen, width: habit.pen }, random);
}

/** A cell of `count` strokes: five, or six made before the writer looked up, with the one across last. */
function strokesIn([left, top, width, height]: Rect, count: number, habit: TallyHabit, random: Random): Stroke[] {
  const space = Math.max(habit.space * width, habit.pen * 1.3);
  const span = space * (habit.shape === 'fence' ? STROKES_A_CELL - 1 : STROKES_A_CELL - 2);
  const tall = habit.shape === 'box' ? Math.min(habit.height * height, span * 1.2) : habit.height * height;
  const x = left + (width - span) * Math.min(0.5, habit.indent + random.normal() * 0.03);
  const y = top + (height - tall) / 2 + height * (habit.sink + random.normal() * 0.015);
  const stray = habit.uneven * tall;
  const at = (u: number, v: number): Point => [
    x + span * u + tall * habit.lean * (0.5 - v) + random.normal() * stray * 0.5,
    y + tall * v + random.normal() * stray,
  ];
  if (habit.shape === 'box') return boxStrokes(at).slice(0, count);
  const crossed = habit.shape === 'gate' && count >= STROKES_A_CELL;
  const uprights = crossed ? count - 1 : count;
  const pitch = space / span;
  const fence = Array.from({ length: uprights }, (_, i): Stroke => [at(i * pitch, 0), at(i * pitch, 1)]);
  if (!crossed) return fence;
  const [from, to] = habit.across;
  return [...fence, [at(-habit.overhang * pitch, from), at((uprights - 1 + habit.overhang) * pitch, to)]];
}

function boxStrokes(at: (u: number, v: number) => Point): Stroke[] {
  return [
    [at(0, 0), at(0, 1)],
    [at(0, 0), at(1, 0)],
    [at(1, 0), at(1, 1)],
    [at(1, 1), at(0, 1)],
    [at(0, 1), at(1, 0)],
    [at(0, 0), at(1, 1)],
  ];
}

function struckOut([left, top, width, height]: Rect, random: Random): Stroke[] {
  const at = (u: number, v: number): Point => [
    left + width * (u + random.normal() * 0.04),
    top + height * (v + random.normal() * 0.04),
  ];
  if (random.chance(0.5)) {
    return [
      [at(0.08, 0.12), at(0.92, 0.88)],
      [at(0.92, 0.12), at(0.08, 0.88)],
    ];
  }
  return [Array.from({ length: 9 }, (_, i): Point => at(0.1 + 0.1 * i, i % 2 === 0 ? 0.15 : 0.85))];
}
