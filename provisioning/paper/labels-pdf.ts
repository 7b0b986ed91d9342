import { drawQr } from './draw-qr.ts';
import { drawWords } from './draw-words.ts';
import { pdfOf } from './pdf.ts';
import { A4, type Sheet } from './sheet.ts';

/** What is stuck on a kit. */
export interface KitLabel {
  readonly kit: string;
  /** "TPS 001". */
  readonly tps: string;
  readonly kelurahan: string;
  readonly kecamatan: string;
}

/** A4 sheets of 24 labels of 70 × 37 mm, as they are sold, without margins between them. */
const LABEL = { width: 70, height: 37 };
const COLUMNS = 3;
const ROWS = 8;
const TOP = (A4.height - ROWS * LABEL.height) / 2;
/** Printers leave the edge of a sheet white, and sheets go in askew. */
const MARGIN = 4;
const CODE = 26;

export function labelsPdf(labels: readonly KitLabel[]): Promise<Uint8Array> {
  const perSheet = COLUMNS * ROWS;
  const sheets = Array.from({ length: Math.ceil(labels.length / perSheet) }, (_, n) => {
    const own = labels.slice(n * perSheet, (n + 1) * perSheet);
    return (sheet: Sheet) => {
      for (const [place, label] of own.entries()) drawLabel(sheet, label, place);
    };
  });
  return pdfOf({ label: 'Label alat', sheet: A4 }, sheets);
}

function drawLabel(sheet: Sheet, { kit, tps, kelurahan, kecamatan }: KitLabel, place: number): void {
  const x = (place % COLUMNS) * LABEL.width + MARGIN;
  const y = TOP + Math.floor(place / COLUMNS) * LABEL.height + MARGIN;
  drawQr(sheet, kit, [x - 2, y], CODE);
  const left = x + CODE - 1;
  const width = LABEL.width - 2 * MARGIN - CODE + 1;
  drawWords(sheet, { text: tps, at: [left, y + 7], size: 6, weight: 'bold', width });
  drawWords(sheet, { text: `Kel. ${kelurahan}`, at: [left, y + 13], size: 3.6, width });
  drawWords(sheet, { text: `Kec. ${kecamatan}`, at: [left, y + 18], size: 3.6, width });
  drawWords(sheet, { text: kit, at: [left, y + 25], size: 3.2, weight: 'code', width });
}
