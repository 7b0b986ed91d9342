import { BLACK, type Sheet } from './sheet.ts';

export interface Words {
  readonly text: string;
  /** Left end of the baseline, mm. */
  readonly at: readonly [x: number, baseline: number];
  /** Height of the letters' em, mm. */
  readonly size: number;
  readonly weight?: 'regular' | 'bold' | 'code';
  /** The most it may take, mm: what is longer is set smaller, for a name that is cut off is another name. */
  readonly width?: number;
}

const FONTS = { regular: 'Helvetica', bold: 'Helvetica-Bold', code: 'Courier-Bold' } as const;

/** One line of words. */
export function drawWords(sheet: Sheet, { text, at: [x, baseline], size, weight = 'regular', width }: Words): void {
  sheet.font(FONTS[weight]).fontSize(size).fillColor(BLACK);
  const wide = sheet.widthOfString(text);
  if (width !== undefined && wide > width) sheet.fontSize((size * width) / wide);
  sheet.text(text, x, baseline, { lineBreak: false, baseline: 'alphabetic' });
}
