import type { Random } from '#synthesis/random.ts';
import type { Split } from './mnist.ts';

/** Which letters a writer takes for words: asked for are capitals, but many write as they are used to. */
export type LetterCase = 'capital' | 'title' | 'small' | 'mixed';

/** How a writer sets letters beside each other. Lengths are shares of a capital's height. */
export interface Lettering {
  /** font: a handwriting font, letter by letter. strokes: letters drawn line by line. */
  readonly source: 'font' | 'strokes';
  readonly letterCase: LetterCase;
  /** For each letter of the alphabet where among its habits this writer's is, 0 to 1. */
  readonly habits: readonly number[];
  readonly breadth: number;
  /** Space between letters beside what the letters themselves keep. */
  readonly spacing: number;
  readonly wordGap: number;
  /** Spread of a letter's height, of its place above the line, and of its turn (radians). */
  readonly unequal: number;
  readonly bounce: number;
  readonly turn: number;
  /** Rise of the line of writing to the right, and how it bows over its length. */
  readonly climb: number;
  readonly bow: number;
  /** Small letters run into each other. */
  readonly joined: boolean;
}

/** The drawn letters are for training alone: what is judged on is fonts no model has seen. */
export function drawLettering(split: Split, random: Random): Lettering {
  const letterCase = random.weighted<LetterCase>([
    ['capital', 58],
    ['title', 17],
    ['small', 12],
    ['mixed', 13],
  ]);
  return {
    source: split === 'train' && random.chance(0.55) ? 'strokes' : 'font',
    letterCase,
    habits: Array.from({ length: 26 }, () => random.unit() ** 1.6),
    breadth: random.between(0.7, 1.3),
    spacing: Math.max(0, 0.13 + random.normal() * 0.08),
    wordGap: random.between(0.35, 1.3),
    unequal: random.between(0.01, 0.09),
    bounce: random.between(0.005, 0.06),
    turn: random.between(0.01, 0.07),
    climb: random.normal() * 0.012,
    bow: random.normal() * 0.08,
    joined: letterCase !== 'capital' && random.chance(0.35),
  };
}

/** A word as this writer spells it in capitals and small letters. */
export function cased(word: string, letterCase: LetterCase, random: Random): string {
  switch (letterCase) {
    case 'capital':
      return word;
    case 'small':
      return word.toLowerCase();
    case 'title':
      return word.slice(0, 1) + word.slice(1).toLowerCase();
    case 'mixed':
      return Array.from(word, (letter) => (random.chance(0.4) ? letter.toLowerCase() : letter)).join('');
  }
}
