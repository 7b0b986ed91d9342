import type { Rect } from '#contract/form/definition.ts';
import type { UnusedHabit } from './writer.ts';

/** What a box says, in the words of the reader's classes. */
export type BoxLabel = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9' | 'unused' | 'unreadable';
export type DigitLabel = Exclude<BoxLabel, 'unused' | 'unreadable'>;

/** Ways in which a box is spoilt so that nobody should trust a reading of it. */
export type Spoiling = 'struck' | 'struck-rewritten' | 'overwritten' | 'blot' | 'two-digits';

/** Whether a digit keeps inside its printed frame or runs across it. */
export type Reach = 'inside' | 'across';

/** What is put into one box. */
export type Filling =
  | { readonly kind: 'digit'; readonly digit: number; readonly reach: Reach }
  | { readonly kind: 'unused'; readonly how: Exclude<UnusedHabit, 'zero'> }
  | { readonly kind: 'spoilt'; readonly how: Spoiling; readonly digit: number };

export function labelOf(filling: Filling): BoxLabel {
  switch (filling.kind) {
    case 'digit':
      return String(filling.digit) as DigitLabel;
    case 'unused':
      return 'unused';
    case 'spoilt':
      return 'unreadable';
  }
}

/** Where to write: the printed box and its seven-segment guide (mm), if it has one. */
export interface BoxPlace {
  readonly box: Rect;
  readonly guide: Rect | null;
}
