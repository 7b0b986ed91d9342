import type { LetterHabits } from './letter-form.ts';
import { CAPITALS } from './letters-capital.ts';
import { SMALL } from './letters-small.ts';

/**
 * How a letter is drawn, as a capital (E) or small (e). Known are the letters that number words and
 * what people add to them are made of; null for every other character.
 */
export function letterHabits(letter: string): LetterHabits | null {
  return CAPITALS[letter] ?? SMALL[letter] ?? null;
}
