import type { Conditions } from './conditions.ts';
import { lampOf } from './light.ts';
import type { Projection } from './projection.ts';
import type { Scene } from './scene.ts';

/**
 * Tiles along the photo's long side. Inside a tile place and light change linearly: at 4,000 px and in
 * the hardest conditions that is right to 0.05 px in 99 tiles of 100, and to 0.6 px on a fold.
 */
const TILES = 250;

/**
 * What the lens throws on the sensor, before blur and noise: width × height × 3 bytes, blue first.
 * One pass, tile by tile, so that the scene is read nearly in order at any turn.
 */
export function expose(scene: Scene, projection: Projection, conditions: Conditions): Uint8ClampedArray {
  const [width, height] = conditions.size;
  const photo = new Uint8ClampedArray(width * height * 3);
  const grid = gridOf(scene, projection, conditions);
  for (let row = 0; row < grid.rows - 1; row++) {
    for (let column = 0; column < grid.columns - 1; column++) {
      exposeTile(photo, scene, grid, row, column, conditions);
    }
  }
  return photo;
}

/** For every corner of a tile: where it looks in the scene (px of it), the light there, and the glare. */
interface Grid {
  /** Side of a tile, px. */
  readonly tile: number;
  readonly columns: number;
  readonly rows: number;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly light: Float64Array;
  readonly glare: Float64Array;
}

function gridOf(scene: Scene, projection: Projection, conditions: Conditions): Grid {
  const [width, height] = conditions.size;
  const tile = Math.max(2, Math.round(Math.max(width, height) / TILES));
  const columns = Math.ceil(width / tile) + 1;
  const rows = Math.ceil(height / tile) + 1;
  const empty = (): Float64Array => new Float64Array(columns * rows);
  const grid: Grid = { tile, columns, rows, x: empty(), y: empty(), light: empty(), glare: empty() };
  const lamp = lampOf(conditions);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const photo = [column * tile, row * tile] as const;
      const sheet = projection.toSheet(photo);
      const node = row * columns + column;
      grid.x[node] = (sheet[0] + scene.border) * scene.pxPerMm - 0.5;
      grid.y[node] = (sheet[1] + scene.border) * scene.pxPerMm - 0.5;
      grid.light[node] = lamp.light(photo) * (1 + projection.shading(sheet));
      grid.glare[node] = lamp.glare(sheet) * 255;
    }
  }
  return grid;
}

function exposeTile(
  photo: Uint8ClampedArray,
  scene: Scene,
  grid: Grid,
  row: number,
  column: number,
  { size: [width, height], light: { balance, haze } }: Conditions,
): void {
  const { rgba, width: across, height: down } = scene;
  const { tile } = grid;
  const node = row * grid.columns + column;
  const lines = Math.min(tile, height - row * tile);
  const pixels = Math.min(tile, width - column * tile);
  const keep = (255 - haze) / 255;
  const [redGain, blueGain] = balance;
  const [lastX, lastY] = [across - 1.001, down - 1.001];
  const deskWidth = scene.border * scene.pxPerMm * 0.8;
  for (let line = 0; line < lines; line++) {
    const t = line / tile;
    const left = (plane: Float64Array): number => mix(plane[node] ?? 0, plane[node + grid.columns] ?? 0, t);
    const right = (plane: Float64Array): number => mix(plane[node + 1] ?? 0, plane[node + 1 + grid.columns] ?? 0, t);
    let [x, y, light, glare] = [left(grid.x), left(grid.y), left(grid.light), left(grid.glare)];
    const stepX = (right(grid.x) - x) / tile;
    const stepY = (right(grid.y) - y) / tile;
    const stepLight = (right(grid.light) - light) / tile;
    const stepGlare = (right(grid.glare) - glare) / tile;
    let out = ((row * tile + line) * width + column * tile) * 3;
    for (let pixel = 0; pixel < pixels; pixel++) {
      const u = x < 0 || x > lastX ? onDesk(x, lastX, deskWidth) : x;
      const v = y < 0 || y > lastY ? onDesk(y, lastY, deskWidth) : y;
      // Plain numbers and no tuples here: twelve million turns of this loop make one photo.
      const i = u | 0;
      const j = v | 0;
      const a = u - i;
      const b = v - j;
      const at = (j * across + i) * 4;
      const under = at + across * 4;
      const w11 = a * b;
      const w01 = a - w11;
      const w10 = b - w11;
      const w00 = 1 - a - w10;
      const red =
        w00 * byte(rgba, at) + w01 * byte(rgba, at + 4) + w10 * byte(rgba, under) + w11 * byte(rgba, under + 4);
      const green =
        w00 * byte(rgba, at + 1) + w01 * byte(rgba, at + 5) + w10 * byte(rgba, under + 1) + w11 * byte(rgba, under + 5);
      const blue =
        w00 * byte(rgba, at + 2) + w01 * byte(rgba, at + 6) + w10 * byte(rgba, under + 2) + w11 * byte(rgba, under + 6);
      photo[out] = (haze + blue * keep) * light * blueGain + glare;
      photo[out + 1] = (haze + green * keep) * light + glare;
      photo[out + 2] = (haze + red * keep) * light * redGain + glare;
      out += 3;
      x += stepX;
      y += stepY;
      light += stepLight;
      glare += stepGlare;
    }
  }
}

/** Beyond the scene its strip of desk is mirrored to and fro, and never the sheet. */
function onDesk(at: number, last: number, strip: number): number {
  const beyond = (at < 0 ? -at : at - last) % (2 * strip);
  const inward = beyond > strip ? 2 * strip - beyond : beyond;
  return at < 0 ? inward : last - inward;
}

function byte(bytes: Uint8Array, at: number): number {
  return bytes[at] as number;
}

function mix(a: number, b: number, t: number): number {
  return a + (b - a) * t;
}
