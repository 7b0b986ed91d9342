import { describe, expect, it } from 'vitest';
import { completeJpegSize } from './jpeg.ts';
import { cv } from './opencv.ts';
import { encodeYuyv } from './yuyv.ts';

/** A frame of one colour to the left of its middle and another to the right, with rows padded by something else. */
function frame(width: number, height: number, padding: number, left: readonly number[], right: readonly number[]) {
  const stride = 2 * width + padding;
  const bytes = Buffer.alloc(stride * height, 0x77);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x += 2) bytes.set(x < width / 2 ? left : right, y * stride + 2 * x);
  }
  return { width, height, stride, bytes };
}
/** Two pixels as Y, U, Y, V; BT.601, 16 to 235. */
const [WHITE, RED] = [
  [235, 128, 235, 128],
  [81, 90, 81, 240],
];

describe('a raw frame of a webcam', () => {
  it.each([0, 64])('becomes a whole JPEG of its size and colours, with rows padded by %i bytes', (padding) => {
    const jpeg = encodeYuyv(frame(1280, 720, padding, WHITE, RED));
    expect(completeJpegSize(jpeg)).toEqual({ width: 1280, height: 720 });
    const seen = cv.imdecode(Buffer.from(jpeg), cv.IMREAD_COLOR);
    const [white, red] = [seen.at(300, 100), seen.at(300, 1_200)] as unknown as { x: number; y: number; z: number }[];
    for (const channel of [white?.x, white?.y, white?.z, red?.z]) expect(channel).toBeGreaterThan(240);
    for (const channel of [red?.x, red?.y]) expect(channel).toBeLessThan(15);
  });
});
