import { createRequire } from 'node:module';
import type * as OpenCv from '@u4/opencv4nodejs';

/**
 * OpenCV for the simulated camera. Loaded here and not taken from the agent, so that what judges the
 * agent's eyes shares no code with them. The package logs to stdout unless silenced before it loads.
 */
export const cv: typeof OpenCv = load();

function load(): typeof OpenCv {
  process.env['OPENCV4NODEJS_DISABLE_AUTOBUILD'] ??= '1';
  const require = createRequire(import.meta.url);
  const builder = createRequire(require.resolve('@u4/opencv4nodejs'))('@u4/opencv-build');
  builder.Log.silence = true;
  return require('@u4/opencv4nodejs');
}
