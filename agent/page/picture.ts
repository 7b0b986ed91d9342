import type { Mat } from '@u4/opencv4nodejs';
import { completeJpegSize } from '#agent/page/jpeg.ts';
import { cv, withMats } from '#agent/page/opencv.ts';
import type { PageRefusal } from '#agent/page/refusal.ts';

/**
 * A gray picture, one byte a pixel, row by row. Frame of photo coordinates everywhere: px of the
 * picture at full scale, origin at its top-left corner, the centre of the first pixel at (0, 0).
 */
export interface Gray {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** A decoded photo: the whole of it, and small enough to search for marks. */
export interface Picture {
  readonly full: Gray;
  readonly small: Gray;
  /** Pixels of `full` along one pixel of `small`: 1, 2 or 4. */
  readonly factor: number;
}

/** Below this no form's boxes keep enough pixels for a digit, and marks drown in noise. */
const MIN_SHORT_SIDE_PX = 600;
/** More than any camera of the kit gives; a header that claims it is an attack on memory. */
const MAX_PIXELS = 120e6;
/** Marks are searched in a picture of about this long side, px: a 32 mm tag keeps 20 px there. */
const SEARCH_LONG_SIDE_PX = 1300;

/** Decodes a JPEG as it came from the camera. Colour is not needed to find or read a form. */
export function decodePicture(jpeg: Uint8Array): Picture | PageRefusal {
  const size = completeJpegSize(jpeg);
  if (!size || size.width * size.height > MAX_PIXELS) return { kind: 'refused', code: 'not-a-picture' };
  if (Math.min(size.width, size.height) < MIN_SHORT_SIDE_PX) return { kind: 'refused', code: 'picture-too-small' };
  return withMats((scope) => {
    const mat = decodeGray(jpeg);
    if (!mat) return { kind: 'refused', code: 'not-a-picture' };
    scope.keep(mat);
    const full = grayOf(mat);
    const factor = searchFactor(full);
    if (factor === 1) return { full, small: full, factor };
    const rows = Math.floor(full.height / factor);
    const cols = Math.floor(full.width / factor);
    // Cut to a multiple of the factor, so that a small pixel is exactly factor × factor large ones.
    const whole = scope.keep(mat.getRegion(new cv.Rect(0, 0, cols * factor, rows * factor)));
    const small = grayOf(scope.keep(whole.resize(rows, cols, 0, 0, cv.INTER_AREA)));
    return { full, small, factor };
  });
}

export function isPicture(answer: Picture | PageRefusal): answer is Picture {
  return 'full' in answer;
}

function decodeGray(jpeg: Uint8Array): Mat | null {
  try {
    const mat = cv.imdecode(Buffer.from(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength), cv.IMREAD_GRAYSCALE);
    return mat.empty ? null : mat;
  } catch {
    return null; // The decoder throws strings for data it cannot read.
  }
}

function grayOf(mat: Mat): Gray {
  return { width: mat.cols, height: mat.rows, data: mat.getData() };
}

function searchFactor(full: Gray): number {
  const longSide = Math.max(full.width, full.height);
  if (longSide <= 1.5 * SEARCH_LONG_SIDE_PX) return 1;
  return longSide <= 2.5 * SEARCH_LONG_SIDE_PX ? 2 : 4;
}
