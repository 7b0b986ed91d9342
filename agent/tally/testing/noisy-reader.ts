import {
  BOX_CLASSES,
  type BoxReading,
  type BubbleReading,
  type Evidence,
  type FigureEvidence,
  NO_BUBBLE,
  UNREADABLE,
  UNUSED,
} from '#agent/tally/evidence.ts';
import { patternOf } from '#agent/tally/testing/seen.ts';
import { allFigures, type FormDefinition } from '#contract/form/definition.ts';
import type { Figures } from '#contract/form/rules.ts';
import type { Random } from '#synthesis/random.ts';

/** How a reader errs, as a model of chance: no picture is made. */
export interface Noise {
  /** Share of boxes that could be two things; the others are as clear as print. */
  readonly hard: number;
  /** 1: a stated probability means what it says. 2: stated log odds are twice what is true. */
  readonly overConfidence: number;
  /** Share of forms whose writer has one digit that looks like another wherever it is written. */
  readonly oneHand: number;
  /** Whether the bubbles are filled (nine times of ten, and wrongly in one column of 300) or left alone. */
  readonly bubbles: 'filled' | 'left-alone';
}

/** What each class is mistaken for, the likeliest first; from the confusions measured on real forms. */
const MISTAKEN_FOR: readonly (readonly [number, ...number[]])[] = [
  [6, 8, UNUSED],
  [7, UNUSED, 4],
  [7, 3],
  [8, 5, 2],
  [9, 7],
  [3, 6, 9],
  [0, 8, 5],
  [1, 2, 9],
  [0, 3, 9],
  [5, 4, 7],
  [4, 8, 1],
];
/** Log odds of the truth, nats: a hard box lies anywhere below, a clear one above. */
const CLEAR = 9;
const CLEAREST = 14;

/**
 * Reads a correctly filled form with chance errors. The truth is preferred exactly as often as the
 * (true) log odds say, so that with `overConfidence` 1 the reader is calibrated by construction.
 */
export function readNoisily(form: FormDefinition, figures: Figures, noise: Noise, random: Random): Evidence {
  const habit = random.chance(noise.oneHand) ? random.whole(0, 9) : null;
  const habitual = habit === null ? null : likeness(habit, 'hard', noise, random);
  const boxOf = (truth: number) =>
    habitual && truth === habit
      ? habitual
      : likeness(truth, random.chance(noise.hard) ? 'hard' : 'clear', noise, random);
  const ids = allFigures(form).filter(({ id }) => figures.has(id));
  return new Map(
    ids.map(({ id, boxes, bubbles }): [string, FigureEvidence] => {
      const pattern = patternOf(figures.get(id) ?? null, boxes.length);
      const seen = { boxes: [...pattern].map((character) => boxOf(character === '_' ? UNUSED : Number(character))) };
      if (!bubbles || noise.bubbles === 'left-alone') return [id, seen];
      const filled = random.chance(0.9);
      return [
        id,
        { ...seen, bubbles: [...pattern].map((digit) => columnOf(digit, filled ? 'filled' : 'empty', random)) },
      ];
    }),
  );
}

function likeness(truth: number, kind: 'hard' | 'clear', noise: Noise, random: Random): BoxReading {
  const odds = kind === 'hard' ? random.between(0, CLEAR) : random.between(CLEAR, CLEAREST);
  const others = MISTAKEN_FOR[truth] ?? [UNREADABLE];
  const other = random.chance(0.1) ? UNREADABLE : random.chance(0.7) ? others[0] : random.pick([...others]);
  const isRight = random.chance(1 / (1 + Math.exp(-odds)));
  const [preferred, second] = isRight ? [truth, other] : [other, truth];
  const stated = 1 / (1 + Math.exp(-odds * noise.overConfidence));
  return BOX_CLASSES.map((_, c) => (c === preferred ? stated : c === second ? 1 - stated : 0));
}

function columnOf(digit: string, kind: 'filled' | 'empty', random: Random): BubbleReading {
  const right = digit === '_' ? 0 : Number(digit);
  const said = kind === 'empty' ? NO_BUBBLE : random.chance(1 / 300) ? (right + 1) % 10 : right;
  return BOX_CLASSES.map((_, c) => (c === said ? 0.999 : 0.001 / (BOX_CLASSES.length - 1)));
}
