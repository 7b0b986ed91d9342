import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cv } from '#agent/page/opencv.ts';
import { yuyvFrame } from '#test/yuyv-frame.ts';
import { diskOf } from './disks.ts';

/** What the camera of the machine gives, px: four by three as photos are, and no higher than `vivid` goes. */
export const FRAME = { width: 2_880, height: 2_160 } as const;
/** A frame and room for its file system's own. */
const MEGABYTES_A_SHEET = 13;

/** A disk with photos as frames of the camera, each named as its photo without `.jpg`. */
export function paperDisk(folder: string, photos: Readonly<Record<string, string>>): string {
  const frames = join(folder, 'frames');
  mkdirSync(frames, { recursive: true });
  for (const [sheet, photo] of Object.entries(photos)) {
    const sized = cv.imread(photo).resize(FRAME.height, FRAME.width, 0, 0, cv.INTER_AREA);
    writeFileSync(join(frames, sheet), yuyvFrame(sized));
  }
  return diskOf(join(folder, 'paper.img'), frames, 8 + MEGABYTES_A_SHEET * Object.keys(photos).length);
}
