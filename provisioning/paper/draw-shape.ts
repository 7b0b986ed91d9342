import { RECOMMENDED_SHAPES, SHAPE_FRAME } from '#contract/practice/recommended-shapes.ts';
import { BLACK, type Sheet } from './sheet.ts';

/** Width of the pen that draws it, mm. */
const PEN_MM = 1;

/** How a character is best written, as large as it fits into a frame: x, y, width, height in mm. */
export function drawShape(
  sheet: Sheet,
  character: keyof typeof RECOMMENDED_SHAPES,
  [x, y, width, height]: readonly [number, number, number, number],
): void {
  const scale = Math.min(width / SHAPE_FRAME.width, height / SHAPE_FRAME.height);
  sheet.save();
  sheet.translate(x, y).scale(scale);
  sheet
    .lineWidth(PEN_MM / scale)
    .lineCap('round')
    .lineJoin('round');
  sheet.path(RECOMMENDED_SHAPES[character]).stroke(BLACK);
  sheet.restore();
}
