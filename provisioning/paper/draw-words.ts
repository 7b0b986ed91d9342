import { BLACK, type Sheet } from './sheet.ts';

export interface Words {
  readonly text: string;
  /** Where on the baseline the words are held, mm: at their left end, in the middle or at their right end. */
  readonly at: readonly [x: number, baseline: number];
  /** Height of the letters' em, mm. */
  readonly size: number;
  readonly align?: 'left' | 'centre' | 'right';
  readonly weight?: 'regular' | 'bold' | 'code';
  /** The most it may take, mm: what is longer is set smaller, for a name that is cut off is another name. */
  readonly width?: number;
}

const FONTS = { regular: 'Helvetica', bold: 'Helvetica-Bold', code: 'Courier-Bold' } as const;

/** The share of a text's width that lies left of where it is held. */
const SHARE_LEFT_OF = { left: 0, centre: 0.5, right: 1 } as const;

/** One line of words. */
export function drawWords(sheet: Sheet, words: Words): void {
  const { text, at, size, align = 'left', weight = 'regular', width } = words;
  const [x, baseline] = at;
  sheet.font(FONTS[weight]).fontSize(size).fillColor(BLACK);
  const wide = sheet.widthOfString(text);
  if (width !== undefined && wide > width) sheet.fontSize((size * width) / wide);
  const left = x - sheet.widthOfString(text) * SHARE_LEFT_OF[align];
  sheet.text(text, left, baseline, { lineBreak: false, baseline: 'alphabetic' });
}
