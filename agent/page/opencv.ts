import { createRequire } from 'node:module';
import type * as OpenCv from '@u4/opencv4nodejs';
import type { Mat } from '@u4/opencv4nodejs';

/**
 * OpenCV, loaded once. The package tries to build OpenCV and writes to stdout unless told otherwise
 * before it loads, and an ES import would run first: so it is required here, after both are set.
 */
export const cv: typeof OpenCv = loadOpenCv();

/** Keeps pictures of native memory until its scope ends. */
export interface MatScope {
  keep(mat: Mat): Mat;
}

/**
 * Runs `work` and then releases every Mat it kept, also when it throws: waiting for the collector
 * lets a 12-megapixel picture pile up several times over. No Mat may leave the scope.
 */
export function withMats<T>(work: (scope: MatScope) => T): T {
  const kept: Mat[] = [];
  const keep = (mat: Mat): Mat => {
    kept.push(mat);
    return mat;
  };
  try {
    return work({ keep });
  } finally {
    for (const mat of kept) mat.release();
  }
}

function loadOpenCv(): typeof OpenCv {
  process.env['OPENCV4NODEJS_DISABLE_AUTOBUILD'] ??= '1';
  const require = createRequire(import.meta.url);
  const builder = createRequire(require.resolve('@u4/opencv4nodejs'))('@u4/opencv-build');
  builder.Log.silence = true;
  return require('@u4/opencv4nodejs');
}
