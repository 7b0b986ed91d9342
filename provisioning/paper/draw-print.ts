import type { FormPage } from '#contract/form/definition.ts';
import { BLACK, type Sheet } from './sheet.ts';

type Print = NonNullable<FormPage['print']>;
type PrintedText = Print['texts'][number];

const FONTS = { regular: 'Helvetica', bold: 'Helvetica-Bold' } as const;

/** Draws what surrounds the boxes: table lines, row names, headings. */
export function drawPrint(sheet: Sheet, print: Print): void {
  for (const [x, y, width, height] of print.lines) sheet.rect(x, y, width, height);
  sheet.fill(BLACK);
  for (const text of print.texts) drawText(sheet, text);
}

function drawText(sheet: Sheet, { text, at: [x, baseline], size, weight, align }: PrintedText): void {
  sheet.font(FONTS[weight]).fontSize(size).fillColor(BLACK);
  const left = x - sheet.widthOfString(text) * SHARE_LEFT_OF[align];
  sheet.text(text, left, baseline, { lineBreak: false, baseline: 'alphabetic' });
}

/** The share of a text's width that lies left of its anchor. */
const SHARE_LEFT_OF: Readonly<Record<PrintedText['align'], number>> = { left: 0, centre: 0.5, right: 1 };
