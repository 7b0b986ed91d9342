import { type Stroke, smooth } from './stroke.ts';

/** One way of drawing a letter. */
export interface LetterForm {
  /** Width against the height of a capital. */
  readonly breadth: number;
  /** Lines in a frame of width 1; y is 0 at the top of a capital, 1 on the line, more below it. */
  readonly strokes: readonly Stroke[];
}

/** The ways of a letter, the commonest first. */
export type LetterHabits = readonly [LetterForm, ...LetterForm[]];

export function form(breadth: number, ...strokes: readonly Stroke[]): LetterForm {
  return { breadth, strokes };
}

/** A line without corners through these points. */
export function curve(...points: Stroke): Stroke {
  return smooth(points, 4);
}

/** A line with corners. */
export function line(...points: Stroke): Stroke {
  return points;
}
