import type { FormDefinition, FormPage } from '#contract/form/definition.ts';
import { drawBox, drawFigure } from './draw-figure.ts';
import { drawMarks } from './draw-marks.ts';
import { drawPrint } from './draw-print.ts';
import { pdfOf } from './pdf.ts';
import type { Sheet } from './sheet.ts';

/** The form as a PDF at true scale, one sheet a page, all of it vectors; the same bytes each time. */
export function formPdf(form: FormDefinition): Promise<Uint8Array> {
  return pdfOf(
    form,
    form.pages.map((page) => (sheet) => drawPage(sheet, form, page)),
  );
}

/** Everything the definition has on one page. */
export function drawPage(sheet: Sheet, form: FormDefinition, page: FormPage): void {
  for (const figure of page.figures) drawFigure(sheet, figure);
  for (const box of page.otherBoxes) drawBox(sheet, box);
  if (page.print) drawPrint(sheet, page.print);
  drawMarks(sheet, form.marks, page.tag);
}
