import type { SKRSContext2D } from '@napi-rs/canvas';
import type { Rect } from '#contract/form/definition.ts';
import type { Random } from '#synthesis/random.ts';
import { writePicture } from './digit-picture.ts';
import { habitStrokes, segmentStrokes } from './digit-strokes.ts';
import { drawDigitPicture } from './mnist.ts';
import { drawStrokes, inkOf } from './pen.ts';
import { type Place, placeOf } from './place.ts';
import { penStrokes } from './skeleton.ts';
import { type Bounds, boundsOf, moved, type Point, type Stroke } from './stroke.ts';
import type { Writer } from './writer.ts';

/**
 * Writes one digit into a box given in the context's units (mm). `guide` is the printed seven-segment
 * guide inside it, where there is one.
 */
export function writeDigit(
  context: SKRSContext2D,
  digit: number,
  box: Rect,
  guide: Rect | null,
  writer: Writer,
  random: Random,
): void {
  if (guide && writer.guide === 'follows') {
    writeAlongGuide(context, digit, guide, writer, random);
    return;
  }
  const room = guide && writer.guide === 'fits' ? guide : box;
  const full = room === guide ? random.between(0.9, 1.15) : writer.size * (1 + random.normal() * 0.07);
  const place = placeOf(room, full, writer, random);
  switch (writer.source) {
    case 'font':
      writeInFont(context, String(digit), place, writer);
      return;
    case 'strokes':
      writeLines(
        context,
        bent(habitStrokes(digit, writer.habits[digit] ?? 0, writer.flairs[digit]), random),
        habitBreadth(digit),
        place,
        writer,
        random,
      );
      return;
    case 'real':
      writeLines(context, realStrokes(digit, writer, random), null, place, writer, random);
      return;
    case 'picture':
      writePicture(context, drawDigitPicture(writer.split, digit, random), place, writer.pen.colour, random);
  }
}

/** Closed loops that the line of a digit must have to be that digit. */
const LOOPS: readonly number[] = [1, 0, 0, 0, 0, 0, 1, 0, 2, 1];

/** The lines of a real digit. Some are too bold or too open to have clear lines, then another is taken. */
function realStrokes(digit: number, writer: Writer, random: Random): readonly Stroke[] {
  for (let attempt = 0; attempt < 8; attempt++) {
    const strokes = penStrokes(drawDigitPicture(writer.split, digit, random), LOOPS[digit] ?? 0);
    if (strokes) return strokes;
  }
  return habitStrokes(digit, 0, writer.flairs[digit]);
}

/** Lines in a frame of 1 × 1, bent a little as a whole: no hand draws its own digit twice alike. */
function bent(strokes: readonly Stroke[], random: Random): readonly Stroke[] {
  const wave = () => ({ high: random.normal() * 0.045, phase: random.unit() * 6.28, turns: random.between(2, 5) });
  const [across, down] = [wave(), wave()];
  return moved(strokes, ([x, y]) => [
    x + across.high * Math.sin(across.turns * y + across.phase),
    y + down.high * Math.sin(down.turns * x + down.phase),
  ]);
}

/** Width against height of a digit drawn line by line: a 1 has hardly any. */
function habitBreadth(digit: number): number {
  return digit === 1 ? 0.42 : 0.62;
}

function writeLines(
  context: SKRSContext2D,
  strokes: readonly Stroke[],
  breadth: number | null,
  place: Place,
  writer: Writer,
  random: Random,
): void {
  const bounds: Bounds = breadth === null ? boundsOf(strokes) : [0, 0, 1, 1];
  const height = Math.max(1e-6, bounds[3] - bounds[1]);
  const own = breadth ?? (bounds[2] - bounds[0]) / height;
  const wide = Math.min(place.widest, place.height * own * place.breadth);
  const scaleX = bounds[2] - bounds[0] < 1e-6 ? 0 : wide / (bounds[2] - bounds[0]);
  const scaleY = place.height / height;
  const wander = wanderer(writer.wobble * place.height, random);
  const put = leaning(place);
  const middle = [(bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2] as const;
  drawStrokes(
    context,
    moved(strokes, ([x, y]) => wander(put([(x - middle[0]) * scaleX, (y - middle[1]) * scaleY]))),
    writer.pen,
    random,
  );
}

/** Moves a point about the digit's middle to its place on the paper, slanted and turned. */
function leaning(place: Place): (point: Point) => Point {
  const [cos, sin] = [Math.cos(place.turn), Math.sin(place.turn)];
  return ([x, y]) => {
    const sheared = x - y * place.slant;
    return [place.x + sheared * cos - y * sin, place.y + sheared * sin + y * cos];
  };
}

/** A slow drift, not a jitter: what an unsteady hand does. */
function wanderer(amount: number, random: Random): (point: Point) => Point {
  let [dx, dy] = [random.normal() * amount, random.normal() * amount];
  return ([x, y]) => {
    dx = dx * 0.85 + random.normal() * amount * 0.4;
    dy = dy * 0.85 + random.normal() * amount * 0.4;
    return [x + dx, y + dy];
  };
}

function writeAlongGuide(context: SKRSContext2D, digit: number, guide: Rect, writer: Writer, random: Random): void {
  const [x, y, w, h] = guide;
  const care = random.between(0.02, 0.06);
  const corner = ([u, v]: Point): Point => [
    x + w * u + random.normal() * care * w,
    y + h * v + random.normal() * care * h * 0.7,
  ];
  drawStrokes(context, moved(segmentStrokes(digit, writer.guideOne), corner), writer.pen, random);
}

/** Draws text at a place in the writer's font; the ink keeps the font's own weight. */
function writeInFont(context: SKRSContext2D, text: string, place: Place, writer: Writer): void {
  context.save();
  context.globalCompositeOperation = 'darken';
  context.fillStyle = inkOf(writer.pen.colour);
  context.strokeStyle = context.fillStyle;
  context.font = `10px "${writer.font}"`;
  const size = context.measureText(text);
  const height = size.actualBoundingBoxAscent + size.actualBoundingBoxDescent;
  const width = size.actualBoundingBoxRight + size.actualBoundingBoxLeft;
  const scale = place.height / Math.max(0.1, height);
  const squeeze = Math.min(place.breadth, place.widest / Math.max(0.1, width * scale));
  context.transform(1, 0, 0, 1, place.x, place.y);
  context.rotate(place.turn);
  context.transform(scale * squeeze, 0, -place.slant * scale * 0.6, scale, 0, 0);
  const left = -(size.actualBoundingBoxRight - size.actualBoundingBoxLeft) / 2;
  const base = (size.actualBoundingBoxAscent - size.actualBoundingBoxDescent) / 2;
  context.fillText(text, left, base);
  // A marker thickens the font's thin line.
  context.lineWidth = (writer.pen.width * 0.45) / scale;
  context.lineJoin = 'round';
  context.strokeText(text, left, base);
  context.restore();
}
