import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { Gray } from '#agent/page/picture.ts';
import { MARGIN, patchOf } from '#agent/read/box.ts';
import { cleanBox } from '#agent/read/clean-box.ts';

/** Pictures of an idx3 file (ink bright on black) or labels of an idx1 file; gzip or plain. */
export interface IdxPictures {
  readonly width: number;
  readonly height: number;
  readonly pictures: readonly Uint8Array[];
}

export function readIdxPictures(file: string): IdxPictures {
  const bytes = readIdx(file, 0x0803);
  const count = bytes.readUInt32BE(4);
  const height = bytes.readUInt32BE(8);
  const width = bytes.readUInt32BE(12);
  const pictures = Array.from({ length: count }, (_, i) =>
    bytes.subarray(16 + i * width * height, 16 + (i + 1) * width * height),
  );
  return { width, height, pictures };
}

export function readIdxLabels(file: string): Uint8Array {
  return readIdx(file, 0x0801).subarray(8);
}

function readIdx(file: string, magic: number): Buffer {
  const raw = readFileSync(file);
  const bytes = raw[0] === 0x1f && raw[1] === 0x8b ? gunzipSync(raw) : raw;
  if (bytes.readUInt32BE(0) !== magic) throw new Error(`${file} is not an idx file of the expected kind`);
  return bytes;
}

/** What the model sees of such a picture: its ink on white paper in the middle of a box without a frame. */
export function idxInput(picture: Uint8Array, width: number, height: number): Float32Array {
  const border = Math.ceil(Math.max(width, height) * (MARGIN + 0.1));
  const side = Math.max(width, height) + 2 * border;
  const data = new Uint8Array(side * side).fill(255);
  const left = Math.floor((side - width) / 2);
  const top = Math.floor((side - height) / 2);
  picture.forEach((ink, i) => {
    data[(top + Math.floor(i / width)) * side + left + (i % width)] = 255 - ink;
  });
  const gray: Gray = { width: side, height: side, data };
  return cleanBox(patchOf(gray)).input;
}
