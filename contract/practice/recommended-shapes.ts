import type { Character } from './practice-sheet.ts';

/** The frame in which a recommended shape is drawn: units across and down, y down. */
export const SHAPE_FRAME = { width: 60, height: 100 } as const;

/**
 * How each character is best written, as the path of the pen (SVG path data in SHAPE_FRAME), the
 * same on the printed sheet and in the report: 0, 6, 8 and 9 closed, 4 open at the top, 1 without
 * flag and foot, 7 without a bar.
 */
export const RECOMMENDED_SHAPES: Readonly<Record<Character, string>> = {
  0: 'M30 2 C13 2 4 24 4 50 C4 76 13 98 30 98 C47 98 56 76 56 50 C56 24 47 2 30 2 Z',
  1: 'M30 2 L30 98',
  2: 'M6 27 C7 11 17 2 30 2 C44 2 54 12 54 27 C54 46 34 64 5 98 L57 98',
  3: 'M8 13 C13 6 21 2 30 2 C44 2 53 11 53 25 C53 39 43 47 27 47 C45 47 56 57 56 72 C56 88 45 98 29 98 C18 98 9 93 4 84',
  4: 'M13 2 L5 58 L57 58 M44 24 L44 98',
  5: 'M53 2 L14 2 L10 45 C17 39 25 37 32 37 C46 37 56 49 56 66 C56 86 44 98 28 98 C18 98 9 94 4 86',
  6: 'M47 3 C24 14 5 40 5 68 C5 87 15 98 30 98 C45 98 55 87 55 71 C55 56 45 46 31 46 C18 46 8 54 5 68',
  7: 'M4 2 L57 2 L24 98',
  8: 'M30 47 C17 47 8 38 8 25 C8 11 17 2 30 2 C43 2 52 11 52 25 C52 38 43 47 30 47 C14 47 4 57 4 72 C4 88 14 98 30 98 C46 98 56 88 56 72 C56 57 46 47 30 47 Z',
  9: 'M13 97 C36 86 55 60 55 32 C55 13 45 2 30 2 C15 2 5 13 5 29 C5 44 15 54 29 54 C42 54 52 46 55 32',
  X: 'M5 4 L55 96 M55 4 L5 96',
};
