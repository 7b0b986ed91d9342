import type { PracticeSheet } from '#contract/practice/practice-sheet.ts';
import { drawShape } from './draw-shape.ts';
import { drawPage } from './form-pdf.ts';
import { pdfOf } from './pdf.ts';

/** The practice sheet as a PDF at true scale: its form, and beside each row how the character is written. */
export function practicePdf({ form, rows }: PracticeSheet): Promise<Uint8Array> {
  return pdfOf(
    form,
    form.pages.map((page) => (sheet) => {
      drawPage(sheet, form, page);
      for (const { character, example } of rows) drawShape(sheet, character, example);
    }),
  );
}
