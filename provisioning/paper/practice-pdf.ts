import type { PracticeRow, PracticeSheet } from '#contract/practice/practice-sheet.ts';
import { RECOMMENDED_SHAPES, SHAPE_FRAME } from '#contract/practice/recommended-shapes.ts';
import { drawPage } from './form-pdf.ts';
import { pdfOf } from './pdf.ts';
import { BLACK, type Sheet } from './sheet.ts';

/** Width of the pen that draws an example, mm. */
const EXAMPLE_PEN_MM = 1;

/** The practice sheet as a PDF at true scale: its form, and beside each row how the character is written. */
export function practicePdf({ form, rows }: PracticeSheet): Promise<Uint8Array> {
  return pdfOf(
    form,
    form.pages.map((page) => (sheet) => {
      drawPage(sheet, form, page);
      for (const row of rows) drawExample(sheet, row);
    }),
  );
}

function drawExample(sheet: Sheet, { character, example }: PracticeRow): void {
  drawShape(sheet, character, example);
}

/** How a character is best written, as large as it fits into a frame: x, y, width, height in mm. */
export function drawShape(
  sheet: Sheet,
  character: keyof typeof RECOMMENDED_SHAPES,
  [x, y, width, height]: readonly [number, number, number, number],
): void {
  const scale = Math.min(width / SHAPE_FRAME.width, height / SHAPE_FRAME.height);
  sheet.save();
  sheet.translate(x, y).scale(scale);
  sheet
    .lineWidth(EXAMPLE_PEN_MM / scale)
    .lineCap('round')
    .lineJoin('round');
  sheet.path(RECOMMENDED_SHAPES[character]).stroke(BLACK);
  sheet.restore();
}
