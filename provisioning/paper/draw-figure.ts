import type { Figure, Rect, TurusGrid } from '#contract/form/definition.ts';
import { BLACK, FAINT, type Sheet } from './sheet.ts';

/** Widest frame of a box, mm, and its share of the box's side where the box is small [official form: 1.06 of 18 and 20 mm]. */
const FRAME = { widest: 1.06, share: 0.059 };
const TALLY_LINE_MM = 0.53;

/** Seven-segment guide, as shares of the box from its centre and of its width [official form, page 2]. */
const GUIDE = {
  columns: [-0.21, 0, 0.21],
  rows: [-0.33, 0, 0.33],
  dotsDown: 9,
  dotsAcross: 5,
  dot: 0.032,
};

/** Draws what is printed for one figure: its boxes, bubbles and tally grid, at the edges the definition gives. */
export function drawFigure(sheet: Sheet, figure: Figure): void {
  if (figure.turus) drawTurus(sheet, figure.turus);
  for (const [x, y, width, height] of figure.signatures ?? []) {
    sheet.lineWidth(TALLY_LINE_MM).rect(x, y, width, height).stroke(BLACK);
  }
  for (const box of figure.boxes) {
    if (figure.guideDots) drawGuide(sheet, box);
    drawBox(sheet, box);
  }
  for (const column of figure.bubbles ?? []) {
    column.forEach((bubble, digit) => {
      drawBubble(sheet, bubble, digit);
    });
  }
}

/** An empty box; the middle of its frame lies on the rectangle. */
export function drawBox(sheet: Sheet, [x, y, width, height]: Rect): void {
  const frame = Math.min(FRAME.widest, FRAME.share * Math.min(width, height));
  sheet.lineWidth(frame).rect(x, y, width, height).stroke(BLACK);
}

function drawGuide(sheet: Sheet, [x, y, width, height]: Rect): void {
  const [left, , right] = GUIDE.columns.map((share) => x + width * (0.5 + share));
  const [top, , bottom] = GUIDE.rows.map((share) => y + height * (0.5 + share));
  if (left === undefined || right === undefined || top === undefined || bottom === undefined) return;
  const side = GUIDE.dot * width;
  const dot = (cx: number, cy: number) => sheet.rect(cx - side / 2, cy - side / 2, side, side);
  for (const share of GUIDE.columns) {
    for (const cy of evenly(GUIDE.dotsDown, top, bottom)) dot(x + width * (0.5 + share), cy);
  }
  for (const share of GUIDE.rows) {
    for (const cx of evenly(GUIDE.dotsAcross, left, right)) dot(cx, y + height * (0.5 + share));
  }
  sheet.fill(FAINT);
}

function drawBubble(sheet: Sheet, [x, y, width, height]: Rect, digit: number): void {
  const [cx, cy] = [x + width / 2, y + height / 2];
  sheet
    .lineWidth(0.044 * width)
    .ellipse(cx, cy, width / 2, height / 2)
    .stroke(BLACK);
  const size = 0.64 * height;
  sheet.font('Helvetica').fontSize(size).fillColor(BLACK);
  const across = sheet.widthOfString(String(digit));
  sheet.text(String(digit), cx - across / 2, cy + 0.36 * size, { lineBreak: false, baseline: 'alphabetic' });
}

function drawTurus(sheet: Sheet, { origin: [x, y], columns, rows, cell: [width, height], rowTotals }: TurusGrid): void {
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      sheet.rect(x + column * width, y + row * height, width, height);
    }
  }
  for (const [bx, by, bw, bh] of rowTotals.flat()) sheet.rect(bx, by, bw, bh);
  sheet.lineWidth(TALLY_LINE_MM).stroke(FAINT);
}

function evenly(count: number, from: number, to: number): readonly number[] {
  return Array.from({ length: count }, (_, i) => from + ((to - from) * i) / (count - 1));
}
