import type { SKRSContext2D } from '@napi-rs/canvas';
import type { Rect } from '#contract/form/definition.ts';
import type { Random } from '#synthesis/random.ts';
import { drawStrokes, inkOf } from './pen.ts';
import type { Point, Stroke } from './stroke.ts';
import type { Writer } from './writer.ts';

/** well: blackened. half: part of it. tick: only a tick or a cross on it. */
export type BubbleFill = 'well' | 'half' | 'tick';

/** Fills one bubble (its bounding square, mm). */
export function fillBubble(
  context: SKRSContext2D,
  [x, y, w, h]: Rect,
  fill: BubbleFill,
  writer: Writer,
  random: Random,
): void {
  const middle: Point = [x + w / 2 + random.normal() * w * 0.04, y + h / 2 + random.normal() * h * 0.04];
  const radius = w / 2;
  switch (fill) {
    case 'tick': {
      const at = (u: number, v: number): Point => [middle[0] + u * radius, middle[1] + v * radius];
      const stroke: readonly Stroke[] = random.chance(0.5)
        ? [[at(-0.6, 0), at(-0.1, 0.6), at(0.9, -0.9)]]
        : [
            [at(-0.7, -0.7), at(0.7, 0.7)],
            [at(0.7, -0.7), at(-0.7, 0.7)],
          ];
      drawStrokes(context, stroke, writer.pen, random);
      return;
    }
    case 'half':
      drawStrokes(context, [scribble(middle, radius * 0.8, writer.pen.width * 2.2, random)], writer.pen, random);
      return;
    case 'well':
      drawStrokes(
        context,
        [scribble(middle, radius * random.between(0.8, 1.02), writer.pen.width * 0.75, random)],
        writer.pen,
        random,
      );
      if (random.chance(0.6)) disc(context, middle, radius * random.between(0.75, 0.98), writer, random);
  }
}

/** To and fro across the round, line beside line. */
function scribble([x, y]: Point, radius: number, spacing: number, random: Random): Stroke {
  const lines = Math.max(3, Math.ceil((2 * radius) / spacing));
  const tilt = random.between(-0.6, 0.6);
  return Array.from({ length: lines + 1 }, (_, i): Point => {
    const across = -radius + (2 * radius * i) / lines;
    const reach = Math.sqrt(Math.max(0, radius * radius - across * across)) * (i % 2 === 0 ? -1 : 1);
    const wander = random.normal() * radius * 0.06;
    return [
      x + reach * Math.cos(tilt) - across * Math.sin(tilt) + wander,
      y + reach * Math.sin(tilt) + across * Math.cos(tilt) + wander,
    ];
  });
}

function disc(context: SKRSContext2D, [x, y]: Point, radius: number, writer: Writer, random: Random): void {
  context.save();
  context.globalCompositeOperation = 'darken';
  context.fillStyle = inkOf(writer.pen.colour);
  context.beginPath();
  for (let k = 0; k <= 16; k++) {
    const reach = radius * random.between(0.92, 1.06);
    context.lineTo(x + reach * Math.cos((k / 16) * 6.283), y + reach * Math.sin((k / 16) * 6.283));
  }
  context.fill();
  context.restore();
}
