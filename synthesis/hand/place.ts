import type { Rect } from '#contract/form/definition.ts';
import type { Random } from '#synthesis/random.ts';
import type { Writer } from './writer.ts';

/** Where a digit goes: its middle and its height, mm, and the way it leans. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly height: number;
  /** The digit may not become wider than this. */
  readonly widest: number;
  readonly breadth: number;
  readonly slant: number;
  readonly turn: number;
}

/** Draws the place of a digit that fills `full` of the height of its room (mm), as this writer sets it. */
export function placeOf(room: Rect, full: number, writer: Writer, random: Random): Place {
  const [x, y, w, h] = room;
  return {
    x: x + w * (0.5 + writer.lean[0] + random.normal() * 0.04),
    y: y + h * (0.5 + writer.lean[1] + random.normal() * 0.035),
    height: Math.min(h * full, w * full * 1.7),
    widest: w * 0.92,
    breadth: writer.breadth * (1 + random.normal() * 0.06),
    slant: writer.slant + random.normal() * 0.03,
    turn: random.normal() * 0.035,
  };
}
