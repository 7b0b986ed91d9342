import { drawWords, type Words } from './draw-words.ts';
import { type DrawPage, pdfOf } from './pdf.ts';
import { A4, FAINT, type Sheet } from './sheet.ts';

/** A letter on A4 that is folded twice and glued: the address comes to lie outside, the secret inside; mm. */
export const LETTER = { left: 20, width: A4.width - 2 * 20 } as const;
const FOLDS = [99, 198];

/** What a letter says on a line of its own, from its left margin and never wider than the letter. */
export type DrawLine = (text: string, baseline: number, size?: number, weight?: Words['weight']) => void;

/** A sheet a letter. */
export function sealedLettersPdf<Letter>(
  label: string,
  letters: readonly Letter[],
  draw: (sheet: Sheet, line: DrawLine, letter: Letter) => void,
): Promise<Uint8Array> {
  const pages = letters.map(
    (letter): DrawPage =>
      (sheet) => {
        for (const fold of FOLDS) drawDashes(sheet, [0, fold], [A4.width, fold]);
        draw(sheet, lineOn(sheet), letter);
      },
  );
  return pdfOf({ label, sheet: A4 }, pages);
}

function lineOn(sheet: Sheet): DrawLine {
  return (text, baseline, size = 4.5, weight = 'regular') =>
    drawWords(sheet, { text, at: [LETTER.left, baseline], size, weight, width: LETTER.width });
}

/** Where it is folded or cut. */
export function drawDashes(sheet: Sheet, from: readonly [number, number], to: readonly [number, number]): void {
  sheet.save();
  sheet.lineWidth(0.3).dash(2, { space: 2 });
  sheet.moveTo(...from).lineTo(...to);
  sheet.stroke(FAINT);
  sheet.restore();
}
