import type { LetterHabits } from './letter-form.ts';
import { CAPITALS } from './letters-capital.ts';
import { RUNNING } from './letters-running.ts';
import { SMALL } from './letters-small.ts';

/**
 * How a letter is drawn, as a capital (E) or small (e). Known are the letters that number words and
 * what people add to them are made of; null for every other character.
 */
export function letterHabits(letter: string): LetterHabits | null {
  return CAPITALS[letter] ?? SMALL[letter] ?? null;
}

/** How a small letter is drawn in a running hand, its first stroke the pen's way through it; null for every other character. */
export function runningHabits(letter: string): LetterHabits | null {
  return RUNNING[letter] ?? null;
}
