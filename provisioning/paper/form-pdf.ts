import PDFDocument from 'pdfkit';
import type { FormDefinition, FormPage } from '#contract/form/definition.ts';
import { drawBox, drawFigure } from './draw-figure.ts';
import { drawMarks } from './draw-marks.ts';
import { drawPrint } from './draw-print.ts';
import type { Sheet } from './sheet.ts';

const POINTS_PER_MM = 72 / 25.4;
/** A printed form tells nothing about when it was printed, so the same definition gives the same bytes. */
const PRINTED_AT = new Date('2024-01-01T00:00:00Z');

/** The form as a PDF at true scale, one sheet a page, all of it vectors; the same bytes each time. */
export async function formPdf(form: FormDefinition): Promise<Uint8Array> {
  const document = new PDFDocument({
    autoFirstPage: false,
    info: { Title: form.label, Creator: 'tps-kit', Producer: 'tps-kit', CreationDate: PRINTED_AT },
  });
  const bytes = collect(document);
  for (const page of form.pages) drawPage(document, form, page);
  document.end();
  return bytes;
}

function drawPage(sheet: Sheet, form: FormDefinition, page: FormPage): void {
  const { width, height } = form.sheet;
  sheet.addPage({ size: [width * POINTS_PER_MM, height * POINTS_PER_MM], margin: 0 });
  sheet.scale(POINTS_PER_MM);
  for (const figure of page.figures) drawFigure(sheet, figure);
  for (const box of page.otherBoxes) drawBox(sheet, box);
  if (page.print) drawPrint(sheet, page.print);
  drawMarks(sheet, form.marks, page.tag);
}

async function collect(document: Sheet): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of document) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}
