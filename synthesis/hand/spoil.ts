import type { SKRSContext2D } from '@napi-rs/canvas';
import type { Rect } from '#contract/form/definition.ts';
import type { Random } from '#synthesis/random.ts';
import { writeDigit } from './digit.ts';
import type { BoxPlace, Spoiling } from './filling.ts';
import { overwrite } from './overwrite.ts';
import { drawStrokes, inkOf } from './pen.ts';
import type { Point, Stroke } from './stroke.ts';
import type { Writer } from './writer.ts';

/** Writes a box that went wrong: `digit` is what the writer means in the end. */
export function spoil(
  context: SKRSContext2D,
  how: Spoiling,
  digit: number,
  place: BoxPlace,
  writer: Writer,
  random: Random,
): void {
  const [x, y, w, h] = place.box;
  const other = (digit + random.whole(1, 9)) % 10;
  switch (how) {
    case 'struck':
      writeDigit(context, digit, place.box, place.guide, writer, random);
      strikeOut(context, digit, place.box, writer, random);
      return;
    case 'struck-rewritten': {
      // The old digit struck, the new one small beside or above it, often partly outside the box.
      writeDigit(context, other, [x, y + h * 0.2, w * 0.62, h * 0.8], null, writer, random);
      strikeOut(context, other, [x, y + h * 0.2, w * 0.62, h * 0.8], writer, random);
      const beside: Rect = random.chance(0.5)
        ? [x + w * 0.58, y + h * 0.1, w * 0.5, h * 0.6]
        : [x + w * 0.4, y - h * 0.28, w * 0.5, h * 0.55];
      writeDigit(context, digit, beside, null, writer, random);
      return;
    }
    case 'overwritten':
      if (overwrite(context, digit, place, writer, random)) return;
      writeDigit(context, digit, place.box, place.guide, writer, random);
      strikeOut(context, digit, place.box, writer, random);
      return;
    case 'blot':
      if (random.chance(0.5)) writeDigit(context, digit, place.box, place.guide, writer, random);
      blot(context, place.box, writer, random);
      return;
    case 'two-digits':
      writeDigit(context, digit, [x, y, w * 0.55, h], null, writer, random);
      writeDigit(context, other, [x + w * 0.45, y, w * 0.55, h], null, writer, random);
      return;
  }
}

/** Digits that a single line through them turns into another way of writing them: a barred 7, a 4, a crossed 1. */
const BARRED: readonly number[] = [1, 4, 7];

/** Two lines through a digit (as KPPS are told), one line, or a scribble. */
function strikeOut(context: SKRSContext2D, digit: number, box: Rect, writer: Writer, random: Random): void {
  const [x, y, w, h] = box;
  const tilt = random.normal() * 0.12;
  const across = (v: number): Stroke => [
    [x + w * random.between(0.02, 0.18), y + h * (v + tilt)],
    [x + w * random.between(0.82, 1.02), y + h * (v - tilt)],
  ];
  const zigzag = (): Stroke => {
    const turns = random.whole(5, 10);
    return Array.from(
      { length: turns },
      (_, i): Point => [
        x + w * (i % 2 === 0 ? random.between(0.1, 0.25) : random.between(0.75, 0.95)),
        y + h * (0.2 + (0.6 * i) / turns + random.normal() * 0.04),
      ],
    );
  };
  const strokes = random.weighted<() => readonly Stroke[]>([
    [() => [across(0.42), across(0.6)], 5],
    [() => [across(0.5)], BARRED.includes(digit) ? 0 : 1],
    [() => [zigzag()], 4],
  ])();
  drawStrokes(context, strokes, writer.pen, random);
}

/** A spill of ink: a few overlapping rounds with a fringe. */
function blot(context: SKRSContext2D, box: Rect, writer: Writer, random: Random): void {
  const [x, y, w, h] = box;
  context.save();
  context.globalCompositeOperation = 'darken';
  context.fillStyle = inkOf(writer.pen.colour);
  const middle: Point = [x + w * random.between(0.3, 0.7), y + h * random.between(0.3, 0.7)];
  for (let i = random.whole(4, 9); i > 0; i--) {
    const reach = Math.min(w, h) * random.between(0.08, 0.24);
    const [cx, cy] = [middle[0] + random.normal() * w * 0.12, middle[1] + random.normal() * h * 0.12];
    context.beginPath();
    for (let k = 0; k <= 14; k++) {
      const radius = reach * random.between(0.82, 1.12);
      context.lineTo(cx + radius * Math.cos((k / 14) * 6.283), cy + radius * Math.sin((k / 14) * 6.283));
    }
    context.fill();
  }
  context.restore();
}
