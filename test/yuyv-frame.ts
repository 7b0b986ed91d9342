import { cv } from '#agent/page/opencv.ts';

type Photo = InstanceType<typeof cv.Mat>;

/** A picture as a camera without an encoder gives it, YUYV: BT.601, 16 to 235, colour for each two pixels. Its width is even. */
export function yuyvFrame(photo: Photo): Buffer {
  const samples = photo.cvtColor(cv.COLOR_BGR2YUV).getData();
  const pixels = photo.rows * photo.cols;
  const frame = Buffer.alloc(2 * pixels);
  for (let pixel = 0; pixel < pixels; pixel++) {
    const chroma = 3 * pixel + (pixel % 2 === 0 ? 1 : 2);
    frame[2 * pixel] = 16 + Math.round(((samples[3 * pixel] ?? 0) * 219) / 255);
    frame[2 * pixel + 1] = 128 + Math.round((((samples[chroma] ?? 128) - 128) * 224) / 255);
  }
  return frame;
}
