import PDFDocument from 'pdfkit';
import type { FormDefinition } from '#contract/form/definition.ts';
import type { Sheet } from './sheet.ts';

const POINTS_PER_MM = 72 / 25.4;
/** A printed form tells nothing about when it was printed, so the same definition gives the same bytes. */
const PRINTED_AT = new Date('2024-01-01T00:00:00Z');

/** Draws one page, in mm from its top-left corner. */
export type DrawPage = (sheet: Sheet) => void;

/** A PDF at true scale, one sheet of that size a page; the same bytes each time. */
export async function pdfOf(
  { label, sheet }: Pick<FormDefinition, 'label' | 'sheet'>,
  pages: readonly DrawPage[],
): Promise<Uint8Array> {
  const document = new PDFDocument({
    autoFirstPage: false,
    info: { Title: label, Creator: 'tps-kit', Producer: 'tps-kit', CreationDate: PRINTED_AT },
  });
  const bytes = collect(document);
  for (const draw of pages) {
    document.addPage({ size: [sheet.width * POINTS_PER_MM, sheet.height * POINTS_PER_MM], margin: 0 });
    document.scale(POINTS_PER_MM);
    draw(document);
  }
  document.end();
  return bytes;
}

async function collect(document: Sheet): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of document) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}
