import type { Random } from '#synthesis/random.ts';
import { type Flair, habitsOf } from './digit-strokes.ts';
import { handwritingFonts } from './fonts.ts';
import type { Split } from './mnist.ts';
import { drawPen, type Pen } from './pen.ts';

/**
 * One person's hand, kept over a whole sheet.
 * real: digits that people wrote (MNIST), redrawn with this writer's pen along the line they took.
 * picture: the same, as the pictures themselves are. font: a handwriting font. strokes: digits drawn
 * line by line in this writer's habits.
 */
export type HandSource = 'real' | 'picture' | 'font' | 'strokes';
/** What stands in a leading box that the number does not need. */
export type UnusedHabit = 'empty' | 'cross' | 'dash' | 'zero';

export interface Writer {
  readonly split: Split;
  readonly source: HandSource;
  readonly pen: Pen;
  /** Family of a handwriting font: for words, and for digits where the source is a font. */
  readonly font: string;
  /** For each digit the number of the habit. */
  readonly habits: readonly number[];
  /** For each digit what this hand makes of its habit. */
  readonly flairs: readonly Flair[];
  /** Shear, tangent of the angle; positive leans to the right. */
  readonly slant: number;
  /** Height of a digit as a share of the box's inner height. */
  readonly size: number;
  /** Width against height, beside the digit's own proportion. */
  readonly breadth: number;
  /** Where digits sit beside the middle of the box, as shares of the box. */
  readonly lean: readonly [number, number];
  /** How unsteady: share of a digit's height by which its points wander. */
  readonly wobble: number;
  /** How a box with printed guide dots is written. */
  readonly guide: 'follows' | 'fits' | 'ignores';
  readonly guideOne: 'middle' | 'right';
  readonly unused: UnusedHabit;
}

/** Boxes this tall, mm, are written with any pen; nobody writes a box of 8 mm with a marker of 2 mm. */
const ROOM_FOR_ANY_PEN = 16;
/** Nor a small digit with a pen that fills its loops: width as a share of the digit's height. */
const THICKEST = 0.17;

/** Draws a writer, with a pen that fits boxes of the given height, mm. */
export function drawWriter(split: Split, boxHeight: number, random: Random): Writer {
  const source = random.weighted<HandSource>([
    ['real', 38],
    ['picture', 17],
    ['strokes', 30],
    ['font', 15],
  ]);
  const pen = drawPen(random);
  const size = Math.min(0.95, Math.max(0.24, 0.62 + random.normal() * 0.14));
  return {
    split,
    source,
    pen: {
      ...pen,
      width: Math.min(pen.width * Math.min(1, boxHeight / ROOM_FOR_ANY_PEN), THICKEST * size * boxHeight),
    },
    font: random.pick(handwritingFonts(split)),
    habits: Array.from({ length: 10 }, (_, digit) => habitOf(digit, random)),
    flairs: Array.from({ length: 10 }, () => [random.unit(), random.unit(), random.unit()] as const),
    slant: random.normal() * 0.12 + 0.05,
    size,
    breadth: random.between(0.8, 1.2),
    lean: [random.normal() * 0.05, random.normal() * 0.05],
    wobble: random.between(0.005, 0.035),
    guide: random.weighted<Writer['guide']>([
      ['follows', 45],
      ['fits', 30],
      ['ignores', 25],
    ]),
    guideOne: random.pick(['middle', 'right'] as const),
    unused: random.weighted<UnusedHabit>([
      ['empty', 35],
      ['cross', 30],
      ['dash', 15],
      ['zero', 20],
    ]),
  };
}

/** The first habits of a digit are the common ones. */
function habitOf(digit: number, random: Random): number {
  return Math.floor(habitsOf(digit) * random.unit() ** 1.6);
}
