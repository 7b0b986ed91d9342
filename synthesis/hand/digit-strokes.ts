import { type Point, type Stroke, smooth } from './stroke.ts';

/** What a writer makes of a habit: three shares from 0 to 1 that say how long, how steep, how far. */
export type Flair = readonly [number, number, number];

/**
 * How Indonesians draw each digit, as lines in a frame of width 1 and height 1 (y down). Each digit
 * has several habits; a writer keeps one, and draws it in a flair of his own. Measured from nothing:
 * drawn by hand for this project.
 */
type Habit = (flair: Flair) => readonly Stroke[];

const curve = (...points: Stroke): Stroke => smooth(points, 5);
const line = (...points: Stroke): Stroke => points;
const loop = (x: number, y: number, rx: number, ry: number, turn = 0): Stroke =>
  Array.from({ length: 25 }, (_, i) => {
    const angle = -1.9 + turn + (i / 24) * 6.4;
    return [x + rx * Math.cos(angle), y + ry * Math.sin(angle)] as const;
  });
const box = (left: number, top: number, right: number, bottom: number): Stroke =>
  line([left, top], [right, top], [right, bottom], [left, bottom], [left, top - 0.02]);
const between = (low: number, high: number, share: number): number => low + (high - low) * share;

/** Width of a 1's frame against its height: what its flag reaches sideways is told in heights. */
const ONE_BREADTH = 0.42;

/** The end of a 1's flag: `long` heights from the top of its stem at `x`, `steep` radians below the level. */
function flagOf(x: number, long: number, steep: number): Point {
  return [x - (long * Math.cos(steep)) / ONE_BREADTH, 0.02 + long * Math.sin(steep)];
}

/** A flag falls from the top of the stem, at 35 degrees below the level at least: the bar of a 7 does not. */
const flagIn = ([long, steep]: Flair, x: number): Point =>
  flagOf(x, between(0.08, 0.42, long), between(0.62, 1.3, steep));

const HABITS: readonly (readonly [Habit, ...Habit[]])[] = [
  [
    () => [loop(0.5, 0.5, 0.48, 0.5)],
    ([narrow, , turn]) => [loop(0.5, 0.5, between(0.26, 0.44, narrow), 0.5, between(-0.4, 0.9, turn))],
    ([open, high]) => [
      curve(
        [0.62, between(0.01, 0.08, high)],
        [0.2, 0.1],
        [0.03, 0.55],
        [0.3, 0.98],
        [0.75, 0.9],
        [0.95, 0.45],
        [0.78, 0.08],
        [between(0.42, 0.66, open), between(0, 0.07, high)],
      ),
    ],
    () => [box(0.1, 0.02, 0.9, 0.98)],
  ],
  [
    ([bow]) => [line([0.5, 0], [between(0.42, 0.56, bow), 0.5], [0.5, 1])],
    (flair) => [line(flagIn(flair, 0.55), [0.55, 0], [between(0.46, 0.58, flair[2]), 1])],
    // The hand does not stop at the top: the flag bends over into the stem.
    (flair) => {
      const [x, y] = flagIn(flair, 0.56);
      return [curve([x, y], [between(x, 0.52, 0.75), between(y, 0.01, 0.85)], [0.6, 0.03], [0.57, 0.45], [0.54, 1])];
    },
    (flair) => {
      const foot = between(0.18, 0.6, flair[2]);
      return [line(flagIn(flair, 0.52), [0.52, 0], [0.52, 1]), line([0.52 - foot, 1], [0.52 + foot, 0.99])];
    },
    ([lean]) => [line([between(0.5, 0.8, lean), 0], [between(0.5, 0.2, lean), 1])],
    ([foot]) => [
      line([0.5, 0], [0.5, 1]),
      line([0.5 - between(0.2, 0.5, foot), 1], [0.5 + between(0.2, 0.5, foot), 1]),
    ],
    // A short blot at the top where the pen was set down.
    ([, steep]) => [line(flagOf(0.54, 0.07, between(0.4, 1.2, steep)), [0.54, 0.02], [0.54, 1])],
  ],
  [
    ([low]) => [
      curve(
        [0.1, between(0.14, 0.3, low)],
        [0.35, 0.02],
        [0.75, 0.08],
        [0.82, 0.34],
        [0.5, 0.7],
        [0.08, 0.98],
        [0.5, 0.97],
        [0.95, 0.98],
      ),
    ],
    ([wide, round]) => [
      curve(
        [0.12, 0.22],
        [0.4, 0],
        [0.85, 0.16],
        [0.72, 0.5],
        [between(0.16, 0.3, wide), 0.95],
        [0.08, between(0.9, 0.8, round)],
        [0.3, between(0.88, 0.78, round)],
        [0.6, 0.98],
        [0.95, between(0.98, 0.86, wide)],
      ),
    ],
    // A loop at its foot that may grow nearly as large as the digit.
    ([size, long]) => [
      curve(
        [0.2, 0.2],
        [0.5, 0],
        [0.84, 0.18],
        [0.66, 0.52],
        [0.3, 0.88],
        [between(0.1, 0, size), between(0.86, 0.72, size)],
        [between(0.22, 0.3, size), between(0.78, 0.56, size)],
        [between(0.4, 0.56, size), between(0.86, 0.74, size)],
        [0.6, 0.96],
        [between(0.8, 1, long), 0.9],
      ),
    ],
    // A loop at its foot that may grow nearly as large as the digit.
    ([size, long]) => [
      curve(
        [0.2, 0.2],
        [0.5, 0],
        [0.84, 0.18],
        [0.66, 0.52],
        [0.3, 0.88],
        [between(0.1, 0, size), between(0.86, 0.72, size)],
        [between(0.22, 0.3, size), between(0.78, 0.56, size)],
        [between(0.4, 0.56, size), between(0.86, 0.74, size)],
        [0.6, 0.96],
        [between(0.8, 1, long), 0.9],
      ),
    ],
    ([hook]) => [
      line([0.08, between(0.04, 0.2, hook)], [0.1, 0.03], [0.9, 0.02], [0.86, 0.42], [0.1, 0.98], [0.95, 0.98]),
    ],
    ([, , slope]) => [
      curve([0.12, 0.2], [0.5, 0.02], [0.84, 0.22], [0.6, 0.6], [0.1, 0.98]),
      line([0.1, 0.98], [0.95, between(1, 0.9, slope)]),
    ],
  ],
  [
    ([waist]) => [
      curve([0.1, 0.12], [0.5, 0], [0.86, 0.22], [0.62, 0.44], [between(0.3, 0.5, waist), 0.47]),
      curve([between(0.3, 0.5, waist), 0.47], [0.75, 0.5], [0.92, 0.74], [0.55, 1], [0.06, 0.86]),
    ],
    ([, low]) => [
      line([0.1, 0.02], [0.86, 0.02], [0.42, between(0.36, 0.46, low)]),
      curve([0.42, between(0.36, 0.46, low)], [0.85, 0.5], [0.86, 0.86], [0.45, 1], [0.06, 0.88]),
    ],
    ([nook, tail]) => [
      curve(
        [0.08, 0.08],
        [0.6, 0],
        [0.8, 0.2],
        [between(0.2, 0.5, nook), 0.46],
        [0.85, 0.6],
        [0.85, 0.9],
        [0.4, 1],
        [0.05, between(0.98, 0.84, tail)],
      ),
    ],
  ],
  [
    ([, far, low]) => [
      line([0.22, 0], [0.06, between(0.5, 0.64, low)], [between(0.8, 1, far), between(0.48, 0.62, low)]),
      line([0.7, between(0.02, 0.3, far)], [0.66, 1]),
    ],
    // Closed at the top; the bar passes the stem by much or by next to nothing.
    ([far, low]) => [
      line([0.64, 0], [0.04, between(0.52, 0.72, low)], [between(0.74, 1, far), between(0.52, 0.7, low)]),
      line([0.66, 0.02], [0.66, 1]),
    ],
    ([round, far]) => [
      curve([0.1, 0.02], [0.1, between(0.34, 0.48, round)], [0.4, 0.56], [between(0.84, 0.98, far), 0.5]),
      line([0.86, 0.02], [0.82, 1]),
    ],
    ([far, low, lean]) => [
      line(
        [between(0.62, 0.74, lean), 1],
        [0.7, 0],
        [0.04, between(0.5, 0.7, low)],
        [between(0.8, 1, far), between(0.48, 0.68, low)],
      ),
    ],
    // The stem first, then a slanted triangle whose bar ends at it.
    ([far, low, lean]) => [
      line(
        [between(0.6, 0.8, lean), 1],
        [between(0.6, 0.72, lean), 0],
        [between(0, 0.2, low), between(0.56, 0.74, low)],
        [between(0.7, 0.86, far), between(0.5, 0.66, low)],
      ),
    ],
    // A short left arm far below the top of the stem.
    ([short, far]) => [
      line([0.3, between(0.08, 0.28, short)], [0.12, 0.62], [between(0.86, 1, far), 0.6]),
      line([0.68, 0], [0.66, 1]),
    ],
  ],
  [
    ([top]) => [
      line([between(0.7, 0.95, top), 0.02], [0.24, 0.03]),
      curve([0.24, 0.03], [0.18, 0.42], [0.6, 0.38], [0.92, 0.66], [0.6, 0.98], [0.06, 0.92]),
    ],
    ([top, , tail]) => [
      curve(
        [between(0.74, 0.95, top), 0.04],
        [0.25, 0.06],
        [0.16, 0.36],
        [0.75, 0.5],
        [0.88, 0.8],
        [0.5, 1],
        [0.06, between(0.98, 0.82, tail)],
      ),
    ],
    () => [line([0.9, 0.02], [0.12, 0.02], [0.12, 0.46], [0.88, 0.46], [0.88, 0.98], [0.08, 0.98])],
    // The bar is put on last, and does not quite meet the rest.
    ([gap, top]) => [
      line([0.22, between(0.02, 0.1, gap)], [0.16, 0.44]),
      curve([0.16, 0.44], [0.55, 0.36], [0.9, 0.62], [0.62, 0.98], [0.06, 0.94]),
      line([between(0.2, 0.34, gap), 0.04], [between(0.7, 0.98, top), 0]),
    ],
  ],
  [
    ([, size]) => [
      curve(
        [0.74, 0.02],
        [0.34, 0.26],
        [0.08, 0.7],
        [0.34, 0.99],
        [0.8, 0.9],
        [0.86, between(0.56, 0.7, size)],
        [0.5, between(0.46, 0.62, size)],
        [0.1, 0.74],
      ),
    ],
    ([straight, size]) => [
      curve(
        [between(0.4, 0.7, straight), 0],
        [0.16, 0.4],
        [0.06, 0.76],
        [0.42, 1],
        [0.9, 0.8],
        [0.7, between(0.5, 0.64, size)],
        [0.3, between(0.56, 0.68, size)],
        [0.1, 0.82],
      ),
    ],
    () => [line([0.8, 0.02], [0.12, 0.02], [0.12, 0.98], [0.88, 0.98], [0.88, 0.5], [0.14, 0.5])],
  ],
  [
    ([slope, , foot]) => [line([0.06, between(0.12, 0, slope)], [0.92, 0.02], [between(0.24, 0.7, foot), 1])],
    ([slope, high, foot]) => [
      line([0.06, between(0.12, 0, slope)], [0.92, 0.02], [between(0.3, 0.62, foot), 1]),
      line([0.24, between(0.44, 0.6, high)], [0.9, between(0.42, 0.58, high)]),
    ],
    ([serif, , foot]) => [
      line([0.06, between(0.1, 0.28, serif)], [0.08, 0.02], [0.92, 0.02], [between(0.3, 0.66, foot), 1]),
    ],
    ([serif, high, foot]) => [
      line([0.05, between(0.06, 0.24, serif)], [0.1, 0.03], [0.92, 0.01], [between(0.34, 0.62, foot), 1]),
      line([0.24, between(0.44, 0.6, high)], [0.88, between(0.42, 0.58, high)]),
    ],
    ([wave, , foot]) => [
      curve([0.05, between(0.03, 0.14, wave)], [0.5, 0.08], [0.92, 0], [0.6, 0.5], [between(0.36, 0.56, foot), 1]),
    ],
    () => [line([0.1, 0.02], [0.88, 0.02], [0.88, 1])],
  ],
  [
    ([start]) => [
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
        [between(0.66, 0.8, start), between(0.04, 0.12, start)],
      ),
    ],
    ([upper, lower]) => [
      loop(0.5, 0.25, between(0.24, 0.4, upper), 0.25),
      loop(0.5, 0.74, between(0.32, 0.46, lower), 0.26),
    ],
    () => [box(0.14, 0.02, 0.86, 0.48), box(0.12, 0.5, 0.88, 0.98)],
    // A narrow upper loop that leans to the right over a round one.
    ([narrow, lean]) => [
      curve(
        [between(0.66, 0.96, lean), between(0.04, 0.12, narrow)],
        [between(0.5, 0.7, lean), 0],
        [0.38, 0.3],
        [0.12, 0.7],
        [0.4, 1],
        [0.76, 0.78],
        [0.6, 0.48],
        [0.44, between(0.34, 0.44, narrow)],
        [between(0.7, 0.98, lean), 0.14],
        [between(0.6, 0.9, lean), 0.01],
      ),
    ],
    // Begun and ended at the top right, where the two ends may miss each other.
    ([gap, waist]) => [
      curve(
        [between(0.7, 0.94, gap), 0.02],
        [0.3, 0.06],
        [0.2, 0.28],
        [0.55, between(0.42, 0.52, waist)],
        [0.84, 0.78],
        [0.44, 1],
        [0.14, 0.76],
        [0.5, between(0.46, 0.56, waist)],
        [0.86, between(0.06, 0.2, gap)],
      ),
    ],
  ],
  [
    ([, size]) => [
      curve([0.84, 0.2], [0.45, 0], [0.1, 0.28], [0.44, between(0.44, 0.56, size)], [0.84, 0.24]),
      line([0.86, 0.1], [0.76, 1]),
    ],
    ([tail, size]) => [
      loop(0.46, 0.27, 0.36, between(0.2, 0.28, size), 1),
      curve([0.84, 0.2], [0.86, 0.6], [0.7, 0.94], [between(0.1, 0.5, tail), 0.98]),
    ],
    () => [line([0.88, 0.5], [0.12, 0.5], [0.12, 0.02], [0.88, 0.02], [0.88, 0.98], [0.14, 0.98])],
    ([, size, tail]) => [
      curve(
        [0.82, 0.12],
        [0.3, 0.04],
        [0.12, 0.34],
        [0.5, between(0.42, 0.54, size)],
        [0.86, 0.16],
        [0.82, 0.6],
        [between(0.4, 0.7, tail), 1],
      ),
    ],
    // The tail curls up again, as in a handwritten g.
    ([, size, curl]) => [
      curve([0.84, 0.16], [0.42, 0], [0.1, 0.26], [0.42, between(0.42, 0.54, size)], [0.82, 0.22]),
      curve([0.86, 0.06], [0.84, 0.66], [0.6, 0.97], [0.2, 0.96], [0.06, between(0.92, 0.76, curl)]),
    ],
  ],
];

/** A habit as it is drawn on the mean. */
const PLAIN: Flair = [0.5, 0.5, 0.5];

/** Number of habits known for a digit. */
export function habitsOf(digit: number): number {
  return HABITS[digit]?.length ?? 0;
}

/** The lines of a digit in one of its habits, in a frame of 1 × 1. */
export function habitStrokes(digit: number, habit: number, flair: Flair = PLAIN): readonly Stroke[] {
  const habits = HABITS[digit];
  if (!habits) throw new RangeError(`${digit} is not a digit`);
  return (habits[habit % habits.length] ?? habits[0])(flair);
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
