import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cv, withMats } from '#agent/page/opencv.ts';
import { diskOf } from './disks.ts';

/** What the camera of the machine gives, px: four by three as photos are, and no higher than `vivid` goes. */
export const FRAME = { width: 2_880, height: 2_160 } as const;
/** A frame and room for its file system's own. */
const MEGABYTES_A_SHEET = 13;

/** A disk with photos as frames of the camera, each named as its photo without `.jpg`. */
export function paperDisk(folder: string, photos: Readonly<Record<string, string>>): string {
  const frames = join(folder, 'frames');
  mkdirSync(frames, { recursive: true });
  for (const [sheet, photo] of Object.entries(photos)) writeFileSync(join(frames, sheet), frameOf(photo));
  return diskOf(join(folder, 'paper.img'), frames, 8 + MEGABYTES_A_SHEET * Object.keys(photos).length);
}

/** YUYV: BT.601, 16 to 235, colour for each two pixels. */
export function frameOf(photo: string): Buffer {
  const { width, height } = FRAME;
  const yuv = withMats(({ keep }) => {
    const sized = keep(keep(cv.imread(photo)).resize(height, width, 0, 0, cv.INTER_AREA));
    return keep(sized.cvtColor(cv.COLOR_BGR2YUV)).getData();
  });
  const frame = Buffer.alloc(2 * width * height);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const chroma = 3 * pixel + (pixel % 2 === 0 ? 1 : 2);
    frame[2 * pixel] = 16 + Math.round(((yuv[3 * pixel] ?? 0) * 219) / 255);
    frame[2 * pixel + 1] = 128 + Math.round((((yuv[chroma] ?? 128) - 128) * 224) / 255);
  }
  return frame;
}
