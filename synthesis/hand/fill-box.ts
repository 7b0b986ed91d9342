import type { SKRSContext2D } from '@napi-rs/canvas';
import type { Rect } from '#contract/form/definition.ts';
import type { Random } from '#synthesis/random.ts';
import { writeDigit } from './digit.ts';
import type { BoxPlace, Filling, Reach } from './filling.ts';
import { drawStrokes } from './pen.ts';
import { spoil } from './spoil.ts';
import { type Point, type Stroke, smooth } from './stroke.ts';
import type { UnusedHabit, Writer } from './writer.ts';

/** Writes one box. */
export function fillBox(
  context: SKRSContext2D,
  filling: Filling,
  place: BoxPlace,
  writer: Writer,
  random: Random,
): void {
  switch (filling.kind) {
    case 'digit':
      writeReaching(context, filling.digit, filling.reach, place, writer, random);
      return;
    case 'unused':
      markUnused(context, filling.how, place.box, writer, random);
      return;
    case 'spoilt':
      spoil(context, filling.how, filling.digit, place, writer, random);
      return;
  }
}

function writeReaching(
  context: SKRSContext2D,
  digit: number,
  reach: Reach,
  { box, guide }: BoxPlace,
  writer: Writer,
  random: Random,
): void {
  if (reach === 'inside') {
    writeDigit(context, digit, box, guide, writer, random);
    return;
  }
  const [x, y, w, h] = box;
  const grown = random.between(1.1, 1.4);
  const shifted: Rect = [
    x - (w * (grown - 1)) / 2 + w * random.between(-0.2, 0.2),
    y - (h * (grown - 1)) / 2 + h * random.between(-0.2, 0.2),
    w * grown,
    h * grown,
  ];
  writeDigit(context, digit, shifted, null, { ...writer, size: Math.max(0.75, writer.size) }, random);
}

function markUnused(
  context: SKRSContext2D,
  how: Exclude<UnusedHabit, 'zero'>,
  box: Rect,
  writer: Writer,
  random: Random,
): void {
  const [x, y, w, h] = box;
  const middle: Point = [x + w * (0.5 + random.normal() * 0.05), y + h * (0.5 + random.normal() * 0.05)];
  const reach = Math.min(w, h) * Math.min(0.58, Math.max(0.13, writer.size * 0.42 + random.normal() * 0.07));
  const unsteady = (): number => random.normal() * reach * 0.13;
  const at = (u: number, v: number): Point => [middle[0] + u * reach + unsteady(), middle[1] + v * reach + unsteady()];
  switch (how) {
    case 'empty':
      return;
    case 'dash': {
      const long = random.between(0.5, 1.1);
      const tilt = random.normal() * 0.12;
      drawStrokes(context, [[at(-long, -tilt), at(0, 0), at(long, tilt)]], writer.pen, random);
      return;
    }
    case 'cross': {
      const tall = random.between(0.8, 1.25);
      const bow = random.normal() * 0.1;
      const strokes: readonly Stroke[] = [
        smooth([at(-0.9, -tall), at(bow, 0), at(0.9, tall)], 4),
        smooth([at(0.9, -tall), at(-bow, 0), at(-0.9, tall)], 4),
      ];
      drawStrokes(context, strokes, writer.pen, random);
      return;
    }
  }
}
