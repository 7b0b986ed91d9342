import type { SKRSContext2D } from '@napi-rs/canvas';
import type { Rect } from '#contract/form/definition.ts';

/** The seven-segment guide of faint dots the official form prints in some boxes, as shares of the box. */
const GUIDE = { left: 0.29, top: 0.167, right: 0.708, bottom: 0.832 } as const;

/** Frame of the printed guide in a box, mm. */
export function guideOf([x, y, w, h]: Rect): Rect {
  return [x + w * GUIDE.left, y + h * GUIDE.top, w * (GUIDE.right - GUIDE.left), h * (GUIDE.bottom - GUIDE.top)];
}

/** dots: as the official form; lines: a faint closed figure of eight, as some proposals print it. */
export type GuideStyle = 'none' | 'dots' | 'lines';

/** How a digit box is printed. */
export interface BoxPrint {
  /** Width of the frame's line, mm; its middle runs along the box. */
  readonly line: number;
  /** Gray of the frame, 0 black to 255. */
  readonly shade: number;
  readonly guide: GuideStyle;
  /** Gray of the guide. */
  readonly guideShade: number;
  /** Width of the lines of a guide of lines, mm. */
  readonly guideLine: number;
}

/** The official form of 2024: frame of 1 mm in rich black, dots in 20 % gray. */
export const OFFICIAL_PRINT: BoxPrint = { line: 1, shade: 32, guide: 'none', guideShade: 201, guideLine: 0.4 };

/** Draws the printed box; the context's unit is mm. */
export function printBox(context: SKRSContext2D, box: Rect, print: BoxPrint): void {
  context.save();
  context.strokeStyle = grayOf(print.shade);
  context.lineWidth = print.line;
  context.strokeRect(box[0], box[1], box[2], box[3]);
  printGuide(context, guideOf(box), print);
  context.restore();
}

function printGuide(context: SKRSContext2D, [x, y, w, h]: Rect, print: BoxPrint): void {
  if (print.guide === 'none') return;
  if (print.guide === 'lines') {
    context.strokeStyle = grayOf(print.guideShade);
    context.lineWidth = print.guideLine;
    context.strokeRect(x, y, w, h / 2);
    context.strokeRect(x, y + h / 2, w, h / 2);
    return;
  }
  context.fillStyle = grayOf(print.guideShade);
  const side = 0.7;
  for (let row = 0; row < 9; row++) {
    for (let column = 0; column < 5; column++) {
      const printed = row % 4 === 0 || column % 2 === 0;
      if (printed) context.fillRect(x + (w * column) / 4 - side / 2, y + (h * row) / 8 - side / 2, side, side);
    }
  }
}

export function grayOf(shade: number): string {
  const level = Math.round(Math.max(0, Math.min(255, shade)));
  return `rgb(${level} ${level} ${level})`;
}
