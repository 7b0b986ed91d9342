import { readFileSync } from 'node:fs';
import { cv, withMats } from '#agent/page/opencv.ts';
import type { Gray } from '#agent/page/picture.ts';
import { patchOf } from '#agent/read/box.ts';
import { cleanBox } from '#agent/read/clean-box.ts';

/** What the model sees of a picture file that is one box with its margin. */
export function boxInput(file: string): Float32Array {
  return cleanBox(patchOf(readGray(file))).input;
}

function readGray(file: string): Gray {
  return withMats(({ keep }) => {
    const mat = keep(cv.imdecode(readFileSync(file), cv.IMREAD_GRAYSCALE));
    return { width: mat.cols, height: mat.rows, data: mat.getData() };
  });
}
