import type { Random } from '#synthesis/random.ts';
import type { Writer } from './writer.ts';

/** How one person tallies, kept over all grids of a TPS. Lengths are shares of the cell's width or height. */
export interface TallyHabit {
  /** gate: four uprights and one across. fence: five uprights. box: a square and its diagonal. */
  readonly shape: 'gate' | 'fence' | 'box';
  /** Where the fifth stroke of a gate begins and ends, from the top of the uprights (0) to their feet (1). */
  readonly across: readonly [from: number, to: number];
  /** How far the fifth stroke goes beyond the outer uprights, as a share of the space between two. */
  readonly overhang: number;
  /** From one upright to the next. */
  readonly space: number;
  /** Where the first upright stands, of the room that is left over. */
  readonly indent: number;
  readonly height: number;
  /** Where the middle of the strokes lies below the middle of the cell. */
  readonly sink: number;
  /** Sideways way of an upright's top against its foot, as a share of its height. */
  readonly lean: number;
  /** How far the ends of strokes stray, as a share of their height. */
  readonly uneven: number;
  /** Width of the line, mm. */
  readonly pen: number;
}

/** No tally is made with a line wider than this, mm: a cell has to hold five. */
const WIDEST = 1.8;

export function drawTallyHabit(writer: Writer, random: Random): TallyHabit {
  const [from, to] = random.weighted<readonly [number, number]>([
    [[random.between(0.6, 1), random.between(0, 0.4)], 50],
    [[random.between(0, 0.4), random.between(0.6, 1)], 25],
    [[0.5 + random.normal() * 0.1, 0.5 + random.normal() * 0.1], 25],
  ]);
  return {
    shape: random.weighted<TallyHabit['shape']>([
      ['gate', 84],
      ['fence', 6],
      ['box', 10],
    ]),
    across: [from, to],
    overhang: random.between(0, 0.7),
    space: random.between(0.1, 0.19),
    indent: random.between(0.15, 0.6),
    height: random.between(0.5, 0.92),
    sink: random.normal() * 0.07,
    lean: writer.slant * 0.7 + random.normal() * 0.08,
    uneven: random.between(0.02, 0.09),
    pen: Math.min(writer.pen.width * random.between(0.75, 1), WIDEST),
  };
}
