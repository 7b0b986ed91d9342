import { type Stroke, smooth } from './stroke.ts';

/**
 * How Indonesians draw each digit, as lines in a frame of width 1 and height 1 (y down). Each digit
 * has several habits; a writer keeps one. Measured from nothing: drawn by hand for this project.
 */
type Habit = () => readonly Stroke[];

const curve = (...points: Stroke): Stroke => smooth(points, 5);
const line = (...points: Stroke): Stroke => points;
const loop = (x: number, y: number, rx: number, ry: number, turn = 0): Stroke =>
  Array.from({ length: 25 }, (_, i) => {
    const angle = -1.9 + turn + (i / 24) * 6.4;
    return [x + rx * Math.cos(angle), y + ry * Math.sin(angle)] as const;
  });
const box = (left: number, top: number, right: number, bottom: number): Stroke =>
  line([left, top], [right, top], [right, bottom], [left, bottom], [left, top - 0.02]);

const HABITS: readonly (readonly [Habit, ...Habit[]])[] = [
  [
    () => [loop(0.5, 0.5, 0.48, 0.5)],
    () => [loop(0.5, 0.5, 0.36, 0.5, 0.5)],
    () => [
      curve([0.62, 0.03], [0.2, 0.1], [0.03, 0.55], [0.3, 0.98], [0.75, 0.9], [0.95, 0.45], [0.75, 0.06], [0.5, 0.04]),
    ],
    () => [box(0.1, 0.02, 0.9, 0.98)],
  ],
  [
    () => [line([0.5, 0], [0.48, 0.5], [0.5, 1])],
    () => [line([0.3, 0.24], [0.55, 0], [0.53, 1])],
    () => [line([0.25, 0.22], [0.52, 0], [0.52, 1]), line([0.22, 1], [0.84, 0.99])],
    () => [line([0.62, 0], [0.38, 1])],
    () => [line([0.36, 0.12], [0.54, 0.02], [0.54, 1])],
  ],
  [
    () => [
      curve([0.1, 0.24], [0.35, 0.02], [0.75, 0.08], [0.82, 0.34], [0.5, 0.7], [0.08, 0.98], [0.5, 0.97], [0.95, 0.98]),
    ],
    () => [
      curve(
        [0.12, 0.22],
        [0.4, 0],
        [0.85, 0.16],
        [0.72, 0.5],
        [0.2, 0.95],
        [0.08, 0.86],
        [0.3, 0.82],
        [0.6, 0.98],
        [0.95, 0.92],
      ),
    ],
    () => [line([0.08, 0.04], [0.9, 0.02], [0.86, 0.42], [0.1, 0.98], [0.95, 0.98])],
    () => [curve([0.12, 0.2], [0.5, 0.02], [0.84, 0.22], [0.6, 0.6], [0.1, 0.98]), line([0.1, 0.98], [0.95, 0.96])],
  ],
  [
    () => [
      curve([0.1, 0.12], [0.5, 0], [0.86, 0.22], [0.62, 0.44], [0.36, 0.47]),
      curve([0.36, 0.47], [0.75, 0.5], [0.92, 0.74], [0.55, 1], [0.06, 0.86]),
    ],
    () => [
      line([0.1, 0.02], [0.86, 0.02], [0.42, 0.42]),
      curve([0.42, 0.42], [0.85, 0.5], [0.86, 0.86], [0.45, 1], [0.06, 0.88]),
    ],
    () => [curve([0.08, 0.08], [0.6, 0], [0.8, 0.2], [0.3, 0.46], [0.85, 0.6], [0.85, 0.9], [0.4, 1], [0.05, 0.94])],
  ],
  [
    () => [line([0.22, 0], [0.06, 0.58], [0.96, 0.56]), line([0.7, 0.22], [0.66, 1])],
    () => [line([0.64, 0], [0.04, 0.66], [0.98, 0.66]), line([0.66, 0.02], [0.66, 1])],
    () => [curve([0.1, 0.02], [0.1, 0.42], [0.4, 0.56], [0.86, 0.5]), line([0.86, 0.02], [0.82, 1])],
    () => [line([0.72, 1], [0.7, 0], [0.04, 0.64], [0.98, 0.62])],
  ],
  [
    () => [
      line([0.86, 0.02], [0.24, 0.03]),
      curve([0.24, 0.03], [0.18, 0.42], [0.6, 0.38], [0.92, 0.66], [0.6, 0.98], [0.06, 0.92]),
    ],
    () => [curve([0.9, 0.04], [0.25, 0.06], [0.16, 0.36], [0.75, 0.5], [0.88, 0.8], [0.5, 1], [0.06, 0.9])],
    () => [line([0.9, 0.02], [0.12, 0.02], [0.12, 0.46], [0.88, 0.46], [0.88, 0.98], [0.08, 0.98])],
    () => [
      line([0.22, 0.04], [0.16, 0.44]),
      curve([0.16, 0.44], [0.55, 0.36], [0.9, 0.62], [0.62, 0.98], [0.06, 0.94]),
      line([0.22, 0.04], [0.9, 0]),
    ],
  ],
  [
    () => [
      curve([0.74, 0.02], [0.34, 0.26], [0.08, 0.7], [0.34, 0.99], [0.8, 0.9], [0.86, 0.62], [0.5, 0.52], [0.1, 0.74]),
    ],
    () => [curve([0.5, 0], [0.16, 0.4], [0.06, 0.76], [0.42, 1], [0.9, 0.8], [0.7, 0.56], [0.3, 0.62], [0.1, 0.82])],
    () => [line([0.8, 0.02], [0.12, 0.02], [0.12, 0.98], [0.88, 0.98], [0.88, 0.5], [0.14, 0.5])],
  ],
  [
    () => [line([0.06, 0.04], [0.92, 0.02], [0.4, 1])],
    () => [line([0.06, 0.04], [0.92, 0.02], [0.4, 1]), line([0.3, 0.5], [0.86, 0.48])],
    () => [line([0.06, 0.2], [0.08, 0.02], [0.92, 0.02], [0.46, 1])],
    () => [curve([0.05, 0.06], [0.5, 0.08], [0.92, 0], [0.6, 0.5], [0.48, 1])],
    () => [line([0.1, 0.02], [0.88, 0.02], [0.88, 1])],
  ],
  [
    () => [
      curve(
        [0.82, 0.14],
        [0.45, 0],
        [0.16, 0.2],
        [0.5, 0.46],
        [0.88, 0.76],
        [0.5, 1],
        [0.12, 0.78],
        [0.46, 0.48],
        [0.84, 0.22],
        [0.76, 0.1],
      ),
    ],
    () => [loop(0.5, 0.25, 0.34, 0.25), loop(0.5, 0.74, 0.42, 0.26)],
    () => [box(0.14, 0.02, 0.86, 0.48), box(0.12, 0.5, 0.88, 0.98)],
  ],
  [
    () => [curve([0.84, 0.2], [0.45, 0], [0.1, 0.28], [0.44, 0.52], [0.84, 0.24]), line([0.86, 0.1], [0.76, 1])],
    () => [loop(0.46, 0.27, 0.36, 0.26, 1), curve([0.84, 0.2], [0.86, 0.6], [0.7, 0.94], [0.16, 0.98])],
    () => [line([0.88, 0.5], [0.12, 0.5], [0.12, 0.02], [0.88, 0.02], [0.88, 0.98], [0.14, 0.98])],
    () => [curve([0.82, 0.12], [0.3, 0.04], [0.12, 0.34], [0.5, 0.5], [0.86, 0.16], [0.82, 0.6], [0.5, 1])],
  ],
];

/** Number of habits known for a digit. */
export function habitsOf(digit: number): number {
  return HABITS[digit]?.length ?? 0;
}

/** The lines of a digit in one of its habits, in a frame of 1 × 1. */
export function habitStrokes(digit: number, habit: number): readonly Stroke[] {
  const habits = HABITS[digit];
  if (!habits) throw new RangeError(`${digit} is not a digit`);
  return (habits[habit % habits.length] ?? habits[0])();
}

/** Corners of a seven-segment figure: left and right, top, middle and bottom. */
const SEGMENT_LINES: readonly (readonly Stroke[])[] = [
  [line([0, 0], [1, 0], [1, 1], [0, 1], [0, 0])],
  [line([0.5, 0], [0.5, 1])],
  [line([0, 0], [1, 0], [1, 0.5], [0, 0.5], [0, 1], [1, 1])],
  [line([0, 0], [1, 0], [1, 0.5], [0, 0.5]), line([1, 0.5], [1, 1], [0, 1])],
  [line([0, 0], [0, 0.5], [1, 0.5]), line([1, 0], [1, 1])],
  [line([1, 0], [0, 0], [0, 0.5], [1, 0.5], [1, 1], [0, 1])],
  [line([1, 0], [0, 0], [0, 1], [1, 1], [1, 0.5], [0, 0.5])],
  [line([0, 0], [1, 0], [1, 1])],
  [line([0, 0.5], [0, 0], [1, 0], [1, 1], [0, 1], [0, 0.5], [1, 0.5])],
  [line([1, 0.5], [0, 0.5], [0, 0], [1, 0], [1, 1], [0, 1])],
];
/** A 1 is drawn on the guide's middle column by some and on its right side by others. */
const RIGHT_ONE: readonly Stroke[] = [line([1, 0], [1, 1])];

/** The lines of a digit along the printed seven-segment guide, in the guide's frame of 1 × 1. */
export function segmentStrokes(digit: number, one: 'middle' | 'right'): readonly Stroke[] {
  if (digit === 1 && one === 'right') return RIGHT_ONE;
  const strokes = SEGMENT_LINES[digit];
  if (!strokes) throw new RangeError(`${digit} is not a digit`);
  return strokes;
}
