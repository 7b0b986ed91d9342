import type { SKRSContext2D } from '@napi-rs/canvas';
import type { Rect } from '#contract/form/definition.ts';
import type { Random } from '#synthesis/random.ts';
import { inkOf } from './pen.ts';
import type { Writer } from './writer.ts';

/** Tallest capitals anybody writes by hand on the large sheet, mm. */
const TALLEST = 9;

/** Writes words in the writer's hand into a rectangle (mm): in one line, or in two where one is too small. */
export function writeWords(context: SKRSContext2D, text: string, room: Rect, writer: Writer, random: Random): void {
  const [x, y, w, h] = room;
  context.save();
  context.globalCompositeOperation = 'darken';
  context.fillStyle = inkOf(writer.pen.colour);
  context.strokeStyle = context.fillStyle;
  context.lineJoin = 'round';
  context.textBaseline = 'alphabetic';
  const capital = Math.min(TALLEST, h * 0.62) * random.between(0.75, 1);
  // Capitals are about 0.7 of a font's size.
  context.font = `${capital / 0.7}px "${writer.font}"`;
  const lines = linesOf(context, text, w * 0.94, h > capital * 3);
  const widest = Math.max(...lines.map((line) => context.measureText(line).width), 1);
  const squeeze = Math.min(1, (w * 0.94) / widest);
  const step = Math.min(h / lines.length, capital * 1.6);
  context.translate(x + w * random.between(0.02, 0.05), y + h * 0.5 - (step * (lines.length - 1)) / 2 + capital * 0.5);
  context.rotate(random.normal() * 0.006);
  context.transform(squeeze, 0, -writer.slant * 0.4, 1, 0, 0);
  context.lineWidth = Math.min(writer.pen.width, capital * 0.12) * 0.45;
  lines.forEach((line, i) => {
    context.fillText(line, 0, i * step);
    context.strokeText(line, 0, i * step);
  });
  context.restore();
}

function linesOf(context: SKRSContext2D, text: string, width: number, twoLines: boolean): readonly string[] {
  if (!twoLines || context.measureText(text).width <= width) return [text];
  const words = text.split(' ');
  const half = Math.ceil(words.length / 2);
  return [words.slice(0, half).join(' '), words.slice(half).join(' ')];
}
