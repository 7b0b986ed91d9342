import type { Random } from '#synthesis/random.ts';
import { scriptFonts, wordFonts } from './fonts.ts';
import type { Split } from './mnist.ts';

/**
 * Which letters a writer takes for words: asked for are capitals, but many write as they are used to.
 * title: a capital, then small ones. mixed: some letters always as capitals. varied: word by word.
 */
export type LetterCase = 'capital' | 'title' | 'small' | 'mixed' | 'varied';

/** How a writer sets letters beside each other. Lengths are shares of a capital's height. */
export interface Lettering {
  /**
   * font: a handwriting font, letter by letter. script: a font of joined writing, whole words or parts
   * of them. strokes: letters drawn line by line.
   */
  readonly source: 'font' | 'script' | 'strokes';
  /** Family of the font. */
  readonly font: string;
  readonly letterCase: LetterCase;
  /** For each letter of the alphabet where among its habits this writer's is, 0 to 1. */
  readonly habits: readonly number[];
  /** For each letter how likely this writer of mixed letters makes it a capital. */
  readonly capitals: readonly number[];
  /** Height of small letters without stems. */
  readonly xHeight: number;
  readonly breadth: number;
  /** Space between letters beside what the letters themselves keep; less than none where they run into each other. */
  readonly spacing: number;
  readonly wordGap: number;
  /** Spread of a letter's height, of its place above the line, and of its turn (radians). */
  readonly unequal: number;
  readonly bounce: number;
  readonly turn: number;
  /** Rise of the line of writing to the right, and how it bows over its length. */
  readonly climb: number;
  readonly bow: number;
  /** Share of small letters that the pen leaves for the next one without being lifted; 0 for letters that stand apart. */
  readonly joined: number;
  /** How far corners and loops are cut in a hurry. */
  readonly haste: number;
}

/** The drawn letters are for training alone: what is judged on is fonts no model has seen. */
export function drawLettering(split: Split, random: Random): Lettering {
  const letterCase = random.weighted<LetterCase>([
    ['capital', 44],
    ['title', 18],
    ['small', 13],
    ['mixed', 15],
    ['varied', 10],
  ]);
  const running = letterCase !== 'capital' && random.chance(0.6);
  const source = sourceOf(split, letterCase, random);
  return {
    source,
    font: random.pick(source === 'script' ? scriptFonts(split) : wordFonts(split)),
    letterCase,
    habits: Array.from({ length: 26 }, () => random.unit() ** 1.4),
    capitals: Array.from({ length: 26 }, () => (random.chance(0.5) ? 0.92 : 0.08)),
    xHeight: letterCase === 'mixed' ? random.between(0.5, 0.85) : random.between(0.4, 0.68),
    breadth: random.between(0.7, 1.35),
    spacing: Math.max(-0.1, (running ? 0.08 : 0.13) + random.normal() * 0.09),
    wordGap: random.between(0.3, 1.4),
    unequal: random.between(0.01, 0.1),
    bounce: random.between(0.005, 0.07),
    turn: random.between(0.01, 0.08),
    climb: random.normal() * 0.012,
    bow: random.normal() * 0.08,
    joined: running ? random.between(0.4, 1) : 0,
    haste: running ? random.unit() ** 1.5 : 0.35 * random.unit() ** 2,
  };
}

/** Fonts of joined writing have capitals that nobody writes a whole word with. */
function sourceOf(split: Split, letterCase: LetterCase, random: Random): Lettering['source'] {
  if (split === 'train' && random.chance(0.55)) return 'strokes';
  return (letterCase === 'title' || letterCase === 'small') && random.chance(0.65) ? 'script' : 'font';
}

/** A word as this writer spells it in capitals and small letters. */
export function cased(word: string, { letterCase, capitals }: Lettering, random: Random): string {
  switch (letterCase) {
    case 'capital':
      return word;
    case 'small':
      return word.toLowerCase();
    case 'title':
      return titled(word);
    case 'mixed':
      return Array.from(word, (letter) =>
        random.chance(capitals[letter.charCodeAt(0) - 65] ?? 1) ? letter : letter.toLowerCase(),
      ).join('');
    case 'varied':
      return random.pick([word, titled(word), titled(word), word.toLowerCase()] as const);
  }
}

function titled(word: string): string {
  return word.slice(0, 1) + word.slice(1).toLowerCase();
}
