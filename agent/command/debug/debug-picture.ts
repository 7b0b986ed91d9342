import type { Mat } from '@u4/opencv4nodejs';
import { cv, type MatScope, withMats } from '#agent/page/opencv.ts';
import { decodePicture, isPicture } from '#agent/page/picture.ts';
import type { FormRegistry } from '#contract/form/registry.ts';
import { type Canvas, canvasOn } from './canvas.ts';
import type { DebugOrder } from './debug-order.ts';
import { drawRow } from './figure-list.ts';
import { drawHead, headHeight, headLines } from './heading.ts';
import { drawSight, uprightPhoto } from './photo-view.ts';
import { type Sight, see } from './sight.ts';

/** The list beside the photo: its width, the margin round it, and the heights a row may have; px. */
const LIST = { width: 900, margin: 28, least: 74, greatest: 104 } as const;

/** The photo with what was found on it, and beside it the list of its figures: a PNG. Null for what is no picture. */
export function debugPicture(jpeg: Uint8Array, forms: FormRegistry, order: DebugOrder): Uint8Array | null {
  const picture = decodePicture(jpeg);
  if (!isPicture(picture)) return null;
  const sight = see(picture, forms, order.choice);
  return withMats((scope) => {
    const bytes = Buffer.from(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength);
    const photo = scope.keep(cv.imdecode(bytes, cv.IMREAD_COLOR));
    const shown = uprightPhoto(photo, sight, scope);
    drawSight(shown, sight, order.figures);
    const head = headLines(forms, order, sight, LIST.width - 2 * LIST.margin);
    const top = 2 * LIST.margin + headHeight(head);
    const { cols, rows } = shown.mat;
    const height = Math.ceil(Math.max(rows, top + order.figures.length * LIST.least + LIST.margin));
    const mat = scope.keep(new cv.Mat(height, cols + LIST.width, cv.CV_8UC3, [255, 255, 255]));
    shown.mat.copyTo(mat.getRegion(new cv.Rect(0, 0, cols, rows)));
    const canvas = canvasOn(mat);
    drawHead(canvas, head, cols + LIST.margin, LIST.margin / 2);
    drawList(canvas, { left: cols + LIST.margin, top, bottom: height - LIST.margin }, order, sight, photo, scope);
    return cv.imencode('.png', mat, [cv.IMWRITE_PNG_COMPRESSION, 3]);
  });
}

function drawList(
  canvas: Canvas,
  { left, top, bottom }: { readonly left: number; readonly top: number; readonly bottom: number },
  { figures }: DebugOrder,
  { sheet }: Sight,
  photo: Mat,
  scope: MatScope,
): void {
  if (!sheet) return;
  const height = Math.min(LIST.greatest, (bottom - top) / figures.length);
  const width = LIST.width - 2 * LIST.margin;
  figures.forEach((judged, index) => {
    const figure = sheet.page.figures.find(({ id }) => id === judged.id);
    const place = { left, top: top + index * height, width, height };
    if (figure) drawRow(canvas, place, index + 1, figure, judged, { photo, toPhoto: sheet.toPhoto }, scope);
  });
}
