import type { Mat } from '@u4/opencv4nodejs';
import type { ToPhoto } from '#agent/page/frames.ts';
import { cv, withMats } from '#agent/page/opencv.ts';
import type { Gray } from '#agent/page/picture.ts';
import type { Figure, FigureId, FormDefinition, Rect } from '#contract/form/definition.ts';

/** What a person needs to judge a reading, as JPEG. */
export interface PagePictures {
  readonly cutouts: Readonly<Record<FigureId, Uint8Array>>;
  readonly flattened: Uint8Array;
}

/** Resolution of the flattened page, px a mm. */
const FLATTENED = 2;
/** Height of a cut-out, px. */
const CUTOUT_HEIGHT = 160;
/** Paper shown around a figure's boxes, as a share of a box's height. */
const AROUND = 0.3;
const QUALITY = 82;

/** Straightens the page and cuts out each figure's row of boxes. */
export function drawPictures(
  photo: Gray,
  { width, height }: FormDefinition['sheet'],
  figures: readonly Figure[],
  toPhoto: ToPhoto,
): PagePictures {
  return withMats(({ keep }) => {
    const bytes = Buffer.from(photo.data.buffer, photo.data.byteOffset, photo.data.byteLength);
    const mat = keep(new cv.Mat(bytes, photo.height, photo.width, cv.CV_8UC1));
    const sheet: Rect = [0, 0, width, height];
    return {
      flattened: straightened(mat, sheet, toPhoto, FLATTENED),
      cutouts: Object.fromEntries(
        figures
          .filter(({ boxes }) => boxes.length > 0)
          .map((figure) => {
            const row = rowOf(figure);
            return [figure.id, straightened(mat, row, toPhoto, CUTOUT_HEIGHT / row[3])];
          }),
      ),
    };
  });
}

function rowOf({ boxes }: Figure): Rect {
  const height = Math.max(...boxes.map((box) => box[3]));
  const left = Math.min(...boxes.map((box) => box[0])) - AROUND * height;
  const top = Math.min(...boxes.map((box) => box[1])) - AROUND * height;
  const right = Math.max(...boxes.map((box) => box[0] + box[2])) + AROUND * height;
  const bottom = Math.max(...boxes.map((box) => box[1] + box[3])) + AROUND * height;
  return [left, top, right - left, bottom - top];
}

function straightened(photo: Mat, [x, y, width, height]: Rect, toPhoto: ToPhoto, pxPerMm: number): Uint8Array {
  return withMats(({ keep }) => {
    const cols = Math.round(width * pxPerMm);
    const rows = Math.round(height * pxPerMm);
    const from = (
      [
        [x, y],
        [x + width, y],
        [x + width, y + height],
        [x, y + height],
      ] as const
    ).map((corner) => new cv.Point2(...toPhoto(corner)));
    const to = [new cv.Point2(0, 0), new cv.Point2(cols, 0), new cv.Point2(cols, rows), new cv.Point2(0, rows)];
    const turned = keep(cv.getPerspectiveTransform(from, to));
    const flat = keep(photo.warpPerspective(turned, new cv.Size(cols, rows), cv.INTER_LINEAR));
    return cv.imencode('.jpg', flat, [cv.IMWRITE_JPEG_QUALITY, QUALITY]);
  });
}
