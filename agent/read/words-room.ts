import type { ToPhoto } from '#agent/page/frames.ts';
import type { Gray } from '#agent/page/picture.ts';
import { brightnessAt } from '#agent/page/sampling.ts';
import type { Point, Rect } from '#contract/form/definition.ts';

/** The room for words with a little paper around it, laid straight. */
export interface RoomPatch {
  readonly width: number;
  readonly height: number;
  /** Row by row, 0 black to 1 white. */
  readonly light: Float32Array;
  readonly pxPerMm: number;
  /** A rectangle of the sheet, mm, to px of the patch. */
  readonly toPatch: (rect: Rect) => Rect;
}

/** Paper shown around the room, mm: writing reaches over, and the page is never found exactly. */
export const AROUND = 1.5;
/** Rows that hold three lines of writing finely enough; more only cost time. */
const MOST_ROWS = 112;
/** Paper bends: every so many mm along the room its place in the photo is asked for again. */
const BEND = 40;

/** Cuts the room (mm) straight from the photo, at the photo's own resolution or less. */
export function cutRoom(photo: Gray, [x, y, width, height]: Rect, toPhoto: ToPhoto): RoomPatch {
  const [left, top] = [x - AROUND, y - AROUND];
  const [wide, tall] = [width + 2 * AROUND, height + 2 * AROUND];
  const [from, to] = [toPhoto([left, y]), toPhoto([left + wide, y])];
  const photoScale = Math.hypot(to[0] - from[0], to[1] - from[1]) / wide;
  const pxPerMm = Math.min(photoScale, MOST_ROWS / tall);
  const patch = {
    width: Math.max(2, Math.round(wide * pxPerMm)),
    height: Math.max(2, Math.round(tall * pxPerMm)),
    pxPerMm,
    toPatch: ([u, v, w, h]: Rect): Rect => [(u - left) * pxPerMm, (v - top) * pxPerMm, w * pxPerMm, h * pxPerMm],
  };
  const tiles = Math.ceil(wide / BEND);
  const nodes = Array.from({ length: tiles + 1 }, (_, i): readonly [Point, Point] => [
    toPhoto([left + (wide * i) / tiles, top]),
    toPhoto([left + (wide * i) / tiles, top + tall]),
  ]);
  return { ...patch, light: sample(photo, nodes, patch, Math.min(3, Math.round(photoScale / pxPerMm))) };
}

/** `nodes` are points of the upper and lower edge from left to right; between them everything is straight. */
function sample(
  photo: Gray,
  nodes: readonly (readonly [Point, Point])[],
  { width, height }: Pick<RoomPatch, 'width' | 'height'>,
  samples: number,
): Float32Array {
  const light = new Float32Array(width * height);
  const weight = 1 / (255 * samples * samples);
  for (let column = 0; column < width * samples; column++) {
    const along = ((column + 0.5) / (width * samples)) * (nodes.length - 1);
    const tile = Math.min(nodes.length - 2, Math.floor(along));
    const [upper, lower] = [0, 1].map((edge) => between(nodes[tile]?.[edge], nodes[tile + 1]?.[edge], along - tile));
    const [startX, startY] = upper ?? [0, 0];
    const [endX, endY] = lower ?? [0, 0];
    const out = Math.floor(column / samples);
    for (let row = 0; row < height * samples; row++) {
      const v = (row + 0.5) / (height * samples);
      const index = Math.floor(row / samples) * width + out;
      const value = brightnessAt(photo, startX + (endX - startX) * v, startY + (endY - startY) * v);
      light[index] = (light[index] ?? 0) + value * weight;
    }
  }
  return light;
}

function between(a: Point = [0, 0], b: Point = [0, 0], share: number): Point {
  return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share];
}
