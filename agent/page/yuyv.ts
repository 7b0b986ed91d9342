import { cv, withMats } from '#agent/page/opencv.ts';
import type { YuyvFrame } from '#drivers/camera/uvc-camera.ts';

/** The picture is evidence: compressed by the kit no more than by a good camera. */
const QUALITY = 93;

/** JPEG, in colour, of a raw frame. */
export function encodeYuyv({ width, height, stride, bytes }: YuyvFrame): Uint8Array {
  return withMats(({ keep }) => {
    const rows = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    // Rows may be padded: as wide as they lie in memory first, then cut.
    const padded = keep(new cv.Mat(rows, height, stride / 2, cv.CV_8UC2));
    const frame = keep(padded.getRegion(new cv.Rect(0, 0, width, height)));
    return cv.imencode('.jpg', keep(frame.cvtColor(cv.COLOR_YUV2BGR_YUYV)), [cv.IMWRITE_JPEG_QUALITY, QUALITY]);
  });
}
