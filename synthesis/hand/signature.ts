import type { SKRSContext2D } from '@napi-rs/canvas';
import type { Rect } from '#contract/form/definition.ts';
import type { Random } from '#synthesis/random.ts';
import { drawPen, drawStrokes } from './pen.ts';
import { type Point, smooth } from './stroke.ts';

/** A scribble like a signature, of nobody: loops that run to the right and a line under them. */
export function sign(context: SKRSContext2D, [x, y, w, h]: Rect, random: Random): void {
  const pen = { ...drawPen(random), width: random.between(0.35, 0.8) };
  const turns = random.whole(3, 7);
  const reach = Math.min(h * 0.45, w * 0.3);
  const [startX, length] = [x + w * random.between(0.12, 0.25), w * random.between(0.45, 0.65)];
  const points: Point[] = [];
  for (let i = 0; i <= turns * 6; i++) {
    const t = i / (turns * 6);
    const swing = (i / 6) * 6.283;
    const size = reach * (0.35 + 0.65 * Math.abs(Math.sin(t * 5 + swing * 0.13)));
    points.push([
      startX + length * t + Math.cos(swing) * size * 0.45,
      y + h * 0.5 + Math.sin(swing) * size + random.normal() * reach * 0.08,
    ]);
  }
  const strokes = [smooth(points, 3)];
  if (random.chance(0.6)) {
    strokes.push([
      [startX - w * 0.05, y + h * random.between(0.55, 0.75)],
      [startX + length * random.between(0.8, 1.15), y + h * random.between(0.5, 0.7)],
    ]);
  }
  drawStrokes(context, strokes, pen, random);
}
