import type { FormPage } from '#contract/form/definition.ts';
import { drawWords } from './draw-words.ts';
import { BLACK, type Sheet } from './sheet.ts';

type Print = NonNullable<FormPage['print']>;

/** Draws what surrounds the boxes: table lines, row names, headings. */
export function drawPrint(sheet: Sheet, print: Print): void {
  for (const [x, y, width, height] of print.lines) sheet.rect(x, y, width, height);
  sheet.fill(BLACK);
  for (const text of print.texts) drawWords(sheet, text);
}
