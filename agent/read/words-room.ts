import type { ToPhoto } from '#agent/page/frames.ts';
import type { Gray } from '#agent/page/picture.ts';
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
  const part = shrink(photo, nodes.flat(), Math.min(3, Math.round(photoScale / pxPerMm)));
  return { ...patch, light: sample(part, nodes, patch) };
}

/** A part of the photo, made smaller. */
interface Part {
  readonly width: number;
  readonly height: number;
  /** Row by row, 0 black to 1 white. */
  readonly light: Float32Array;
  /** A point of the photo in this part. */
  readonly place: (point: Point) => Point;
}

/** The part of the photo around these points, with one pixel the mean of `times` by `times`. */
function shrink(photo: Gray, points: readonly Point[], times: number): Part {
  const [left, width] = spanOf(
    photo.width,
    points.map(([x]) => x),
    times,
  );
  const [top, height] = spanOf(
    photo.height,
    points.map(([, y]) => y),
    times,
  );
  const light = new Float32Array(width * height);
  const weight = 1 / (255 * times * times);
  const line = new Uint16Array(width);
  const { data } = photo;
  for (let row = 0; row < height; row++) {
    line.fill(0);
    for (let y = top + row * times; y < top + (row + 1) * times; y++) {
      for (let k = 0; k < times; k++) {
        for (let x = 0, i = y * photo.width + left + k; x < width; x++, i += times) {
          line[x] = (line[x] as number) + (data[i] as number);
        }
      }
    }
    for (let x = 0, i = row * width; x < width; x++, i++) light[i] = (line[x] as number) * weight;
  }
  const middle = (times - 1) / 2;
  return { width, height, light, place: ([x, y]) => [(x - left - middle) / times, (y - top - middle) / times] };
}

/** First pixel and number of small pixels that hold these places with one more on either side, as far as the photo goes. */
function spanOf(size: number, places: readonly number[], times: number): readonly [number, number] {
  const last = Math.max(0, size - 2 * times);
  const from = Math.max(0, Math.min(last, Math.floor(Math.min(...places)) - 2 * times));
  const to = Math.min(size, Math.ceil(Math.max(...places)) + 2 * times);
  return [from, Math.max(2, Math.floor((to - from) / times))];
}

/** `nodes` are points of the upper and lower edge from left to right; between them everything is straight. */
function sample(
  part: Part,
  nodes: readonly (readonly [Point, Point])[],
  { width, height }: Pick<RoomPatch, 'width' | 'height'>,
): Float32Array {
  const columns = columnsOf(
    nodes.map(([upper, lower]) => [part.place(upper), part.place(lower)]),
    width,
  );
  const { startX, startY, reachX, reachY } = columns;
  const { light, width: across } = part;
  const [lastX, lastY] = [across - 1, part.height - 1];
  const out = new Float32Array(width * height);
  for (let row = 0, index = 0; row < height; row++) {
    const down = (row + 0.5) / height;
    for (let column = 0; column < width; column++, index++) {
      const x = Math.max(0, Math.min((startX[column] as number) + (reachX[column] as number) * down, lastX));
      const y = Math.max(0, Math.min((startY[column] as number) + (reachY[column] as number) * down, lastY));
      const x0 = Math.min(x | 0, lastX - 1);
      const y0 = Math.min(y | 0, lastY - 1);
      const i = y0 * across + x0;
      const right = x - x0;
      const a = light[i] as number;
      const c = light[i + across] as number;
      const upper = a + ((light[i + 1] as number) - a) * right;
      const lower = c + ((light[i + across + 1] as number) - c) * right;
      out[index] = upper + (lower - upper) * (y - y0);
    }
  }
  return out;
}

/** Lines down the patch, from its upper edge to its lower one, as they lie in the part. */
interface Columns {
  readonly startX: Float64Array;
  readonly startY: Float64Array;
  readonly reachX: Float64Array;
  readonly reachY: Float64Array;
}

function columnsOf(nodes: readonly (readonly [Point, Point])[], count: number): Columns {
  const columns: Columns = {
    startX: new Float64Array(count),
    startY: new Float64Array(count),
    reachX: new Float64Array(count),
    reachY: new Float64Array(count),
  };
  for (let column = 0; column < count; column++) {
    const along = ((column + 0.5) / count) * (nodes.length - 1);
    const tile = Math.min(nodes.length - 2, Math.floor(along));
    const start = between(nodes[tile]?.[0], nodes[tile + 1]?.[0], along - tile);
    const end = between(nodes[tile]?.[1], nodes[tile + 1]?.[1], along - tile);
    columns.startX[column] = start[0];
    columns.startY[column] = start[1];
    columns.reachX[column] = end[0] - start[0];
    columns.reachY[column] = end[1] - start[1];
  }
  return columns;
}

function between(a: Point = [0, 0], b: Point = [0, 0], share: number): Point {
  return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share];
}
