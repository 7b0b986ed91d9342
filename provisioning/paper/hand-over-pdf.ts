import { drawWords } from './draw-words.ts';
import { pdfOf } from './pdf.ts';
import { A4, BLACK, type Sheet } from './sheet.ts';

/** The list with which the kits of a kelurahan are handed over. */
export interface HandOver {
  /** "Kel. Melati Timur, Kec. Melati, Kota Contoh". */
  readonly place: string;
  readonly kits: readonly HandOverLine[];
}

export interface HandOverLine {
  /** "TPS 001". */
  readonly tps: string;
  readonly kit: string;
  /** "lulus 27-11-2026", "belum diuji". */
  readonly state: string;
}

const LEFT = 15;
const WIDTH = A4.width - 2 * LEFT;
const TOP = 50;
const ROW = 8;
const ROWS = 25;
/** Where each column begins, mm from the left of the table. */
const COLUMNS = [0, 10, 32, 84, 122] as const;
const HEADS = ['No', 'TPS', 'Alat', 'Keadaan', 'Diterima oleh (nama, tanda tangan)'] as const;

export function handOverPdf(lists: readonly HandOver[]): Promise<Uint8Array> {
  const pages = lists.flatMap(({ place, kits }) => {
    const sheets = Math.ceil(kits.length / ROWS);
    return Array.from({ length: sheets }, (_, n) => (sheet: Sheet) => {
      const lines = kits.slice(n * ROWS, (n + 1) * ROWS);
      drawList(sheet, { place, lines, first: n * ROWS, of: `lembar ${n + 1} dari ${sheets}` });
    });
  });
  return pdfOf({ label: 'Serah terima alat', sheet: A4 }, pages);
}

interface List {
  readonly place: string;
  readonly lines: readonly HandOverLine[];
  /** Number of lines on the sheets before this one. */
  readonly first: number;
  /** "lembar 1 dari 2". */
  readonly of: string;
}

function drawList(sheet: Sheet, { place, lines, first, of }: List): void {
  drawWords(sheet, { text: 'Berita acara serah terima alat TPS', at: [LEFT, 22], size: 7, weight: 'bold' });
  drawWords(sheet, { text: place, at: [LEFT, 31], size: 5, width: WIDTH });
  drawWords(sheet, { text: of, at: [LEFT, 38], size: 3.6 });
  drawRow(sheet, HEADS, TOP, 'bold');
  for (const [n, { tps, kit, state }] of lines.entries()) {
    drawRow(sheet, [String(first + n + 1), tps, kit, state, ''], TOP + ROW * (n + 1), 'regular');
  }
  const below = TOP + ROW * (lines.length + 1) + 2;
  drawWords(sheet, { text: 'Diserahkan oleh:', at: [LEFT, below], size: 4 });
  drawWords(sheet, { text: 'Tanggal:', at: [LEFT + 110, below], size: 4 });
}

function drawRow(sheet: Sheet, cells: readonly string[], baseline: number, weight: 'regular' | 'bold'): void {
  for (const [n, text] of cells.entries()) {
    const from = COLUMNS[n] ?? 0;
    const width = (COLUMNS[n + 1] ?? WIDTH) - from - 2;
    drawWords(sheet, { text, at: [LEFT + from + 1, baseline], size: 3.6, weight, width });
  }
  const y = baseline + 2.6;
  sheet
    .lineWidth(0.2)
    .moveTo(LEFT, y)
    .lineTo(LEFT + WIDTH, y)
    .stroke(BLACK);
}
