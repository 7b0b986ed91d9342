import { describe, expect, test } from 'vitest';
import { cv, withMats } from './opencv.ts';
import { decodePicture, isPicture } from './picture.ts';

describe('a photo is decoded', () => {
  test.each([
    [1200, 1000, 1],
    [2400, 1800, 2],
    [4000, 3000, 4],
  ])('of %i × %i px, with a small picture of it at 1:%i', (width, height, factor) => {
    const picture = decodePicture(gradient(width, height));
    if (!isPicture(picture)) throw new Error(picture.code);
    expect(picture.factor).toBe(factor);
    expect([picture.full.width, picture.full.height]).toEqual([width, height]);
    expect([picture.small.width, picture.small.height]).toEqual([width / factor, height / factor]);
    const row = Math.floor(picture.small.height / 2);
    const level = picture.small.data[row * picture.small.width] ?? 0;
    expect(Math.abs(level - (picture.full.data[row * factor * width] ?? 0))).toBeLessThan(4);
  });

  test('not when it is too small to hold a form', () => {
    expect(decodePicture(gradient(500, 900))).toEqual({ kind: 'refused', code: 'picture-too-small' });
  });

  test('not when the header promises more than the data can hold', () => {
    const jpeg = gradient(1200, 1000);
    const header = jpeg.indexOf(Buffer.from([0xff, 0xc0]));
    jpeg.writeUInt16BE(65_000, header + 5);
    jpeg.writeUInt16BE(65_000, header + 7);
    expect(decodePicture(jpeg)).toEqual({ kind: 'refused', code: 'not-a-picture' });
  });
});

/** Brighter from top to bottom. */
function gradient(width: number, height: number): Buffer {
  return withMats((scope) => {
    const column = new cv.Mat(
      Array.from({ length: 64 }, (_, k) => [k * 4]),
      cv.CV_8UC1,
    );
    return cv.imencode('.jpg', scope.keep(scope.keep(column).resize(height, width)));
  });
}
