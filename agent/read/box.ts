import type { ToPhoto } from '#agent/page/frames.ts';
import type { Gray } from '#agent/page/picture.ts';
import { brightnessAt } from '#agent/page/sampling.ts';
import type { Point, Rect } from '#contract/form/definition.ts';

/**
 * One printed box with paper around it, resampled so that boxes of every form and resolution have
 * about the same size: the box covers BOX_AREA patch pixels and a margin of MARGIN of its sides.
 */
export interface BoxPatch {
  readonly width: number;
  readonly height: number;
  /** Row by row, 0 black to 1 white. */
  readonly light: Float32Array;
  /** The printed box in patch pixels (lines expected at its edges). */
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
}

/** Share of the box's width and height shown around it. */
export const MARGIN = 0.12;
const BOX_AREA = 48 * 48;

/** Cuts the box (mm) straight from the photo: no other picture lies between the paper and the reader. */
export function cutBox(photo: Gray, [x, y, width, height]: Rect, toPhoto: ToPhoto): BoxPatch {
  const left = x - MARGIN * width;
  const right = x + (1 + MARGIN) * width;
  const top = y - MARGIN * height;
  const bottom = y + (1 + MARGIN) * height;
  const corners: Quad = [
    toPhoto([left, top]),
    toPhoto([right, top]),
    toPhoto([right, bottom]),
    toPhoto([left, bottom]),
  ];
  return resample(photo, corners, width / height);
}

/** The patch of a picture that already is a box with MARGIN of paper around it. */
export function patchOf(picture: Gray): BoxPatch {
  const right = picture.width - 0.5;
  const bottom = picture.height - 0.5;
  const corners: Quad = [
    [-0.5, -0.5],
    [right, -0.5],
    [right, bottom],
    [-0.5, bottom],
  ];
  return resample(picture, corners, picture.width / picture.height);
}

/** Top-left, top-right, bottom-right, bottom-left, photo px. */
type Quad = readonly [Point, Point, Point, Point];

/** A box is small enough on the sheet for straight interpolation between its corners to follow any perspective. */
function resample(photo: Gray, quad: Quad, aspect: number): BoxPatch {
  const boxWidth = Math.sqrt(BOX_AREA * aspect);
  const boxHeight = BOX_AREA / boxWidth;
  const width = Math.round(boxWidth * (1 + 2 * MARGIN));
  const height = Math.round(boxHeight * (1 + 2 * MARGIN));
  const light = new Float32Array(width * height);
  const samples = samplesPerSide(quad, width, height);
  const weight = 1 / (255 * samples * samples);
  const [tl, tr, br, bl] = quad;
  for (let row = 0; row < height * samples; row++) {
    const v = (row + 0.5) / (height * samples);
    const startX = tl[0] + (bl[0] - tl[0]) * v;
    const startY = tl[1] + (bl[1] - tl[1]) * v;
    const stepX = (tr[0] + (br[0] - tr[0]) * v - startX) / (width * samples);
    const stepY = (tr[1] + (br[1] - tr[1]) * v - startY) / (width * samples);
    const out = Math.floor(row / samples) * width;
    for (let column = 0; column < width * samples; column++) {
      const value = brightnessAt(photo, startX + stepX * (column + 0.5), startY + stepY * (column + 0.5));
      const index = out + Math.floor(column / samples);
      light[index] = (light[index] ?? 0) + value * weight;
    }
  }
  const box = {
    x: (width * MARGIN) / (1 + 2 * MARGIN),
    y: (height * MARGIN) / (1 + 2 * MARGIN),
    width: width / (1 + 2 * MARGIN),
    height: height / (1 + 2 * MARGIN),
  };
  return { width, height, light, box };
}

/** Where the photo is finer than the patch, several samples a pixel keep thin strokes and calm noise. */
function samplesPerSide([tl, tr, , bl]: Quad, width: number, height: number): number {
  const across = Math.hypot(tr[0] - tl[0], tr[1] - tl[1]) / width;
  const down = Math.hypot(bl[0] - tl[0], bl[1] - tl[1]) / height;
  return Math.min(4, Math.max(1, Math.round(Math.max(across, down) + 0.2)));
}
