import { describe, expect, test } from 'vitest';
import { completeJpegSize } from './jpeg.ts';
import { cv, withMats } from './opencv.ts';

describe('a JPEG is complete', () => {
  const jpeg = encoded(64, 48);

  test('from its first marker to its last: its size is told', () => {
    expect(completeJpegSize(jpeg)).toEqual({ width: 64, height: 48 });
  });

  test('with bytes after its end, as some phones write', () => {
    expect(completeJpegSize(Buffer.concat([jpeg, Buffer.from('trailer')]))).toEqual({ width: 64, height: 48 });
  });

  test('not when cut anywhere, even by two bytes', () => {
    for (let length = 0; length < jpeg.length; length += 7) {
      expect(completeJpegSize(jpeg.subarray(0, length))).toBeNull();
    }
    expect(completeJpegSize(jpeg.subarray(0, jpeg.length - 2))).toBeNull();
  });

  test('not by the end marker of a thumbnail inside a segment', () => {
    const thumbnail = encoded(16, 12);
    const header = Buffer.from([0xff, 0xe1, (thumbnail.length + 2) >> 8, (thumbnail.length + 2) & 255]);
    const withThumbnail = Buffer.concat([jpeg.subarray(0, 2), header, thumbnail, jpeg.subarray(2)]);
    expect(completeJpegSize(withThumbnail)).toEqual({ width: 64, height: 48 });
    expect(completeJpegSize(withThumbnail.subarray(0, withThumbnail.length - 2))).toBeNull();
  });

  test('not for other files', () => {
    expect(completeJpegSize(new Uint8Array())).toBeNull();
    expect(completeJpegSize(Buffer.from('\x89PNG\r\n'))).toBeNull();
    expect(completeJpegSize(Buffer.from([0xff, 0xd8, 0xff, 0xd9]))).toBeNull();
  });
});

function encoded(width: number, height: number): Buffer {
  return withMats((scope) => cv.imencode('.jpg', scope.keep(new cv.Mat(height, width, cv.CV_8UC1, 120))));
}
