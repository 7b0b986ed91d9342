import { createCanvas, Path2D } from '@napi-rs/canvas';
import { patchOf } from '#agent/read/box.ts';
import { type CleanBox, cleanBox } from '#agent/read/clean-box.ts';
import { SHAPE_FRAME } from '#contract/practice/recommended-shapes.ts';

/** A box of 200 px with paper around it, and in its middle a path of SHAPE_FRAME as high as this share of it. */
export function drawnBox(path: string, height: number): CleanBox {
  const [side, box] = [248, 200];
  const canvas = createCanvas(side, side);
  const context = canvas.getContext('2d');
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, side, side);
  context.lineWidth = 10;
  context.strokeRect((side - box) / 2, (side - box) / 2, box, box);
  const scale = (height * box) / SHAPE_FRAME.height;
  context.translate(side / 2, side / 2);
  context.scale(scale, scale);
  context.translate(-SHAPE_FRAME.width / 2, -SHAPE_FRAME.height / 2);
  context.lineWidth = 8 / scale;
  context.stroke(new Path2D(path));
  const { data } = canvas.getContext('2d').getImageData(0, 0, side, side);
  const gray = Uint8Array.from({ length: side * side }, (_, pixel) => data[4 * pixel] ?? 0);
  return cleanBox(patchOf({ width: side, height: side, data: gray }));
}
