import type { SKRSContext2D } from '@napi-rs/canvas';
import type { Rect } from '#contract/form/definition.ts';
import { drawStrokes } from './hand/pen.ts';
import type { Writer } from './hand/writer.ts';
import { grayOf } from './printed-box.ts';
import type { Random } from './random.ts';

type Thing = (context: SKRSContext2D, box: Rect, writer: Writer, random: Random) => void;

/**
 * Lays on the paper what nobody wrote: dirt, stains, folds, the paraf of a correction next door, and,
 * where `covering`, an edge of something that hides a corner of the box. It changes nothing of what the
 * box says.
 */
export function layForeignThing(
  context: SKRSContext2D,
  box: Rect,
  covering: boolean,
  writer: Writer,
  random: Random,
): void {
  const thing = random.weighted<Thing>([
    [specks, 4],
    [stain, 3],
    [fold, 3],
    [paraf, 2],
    [coveredCorner, covering ? 4 : 0],
  ]);
  context.save();
  thing(context, box, writer, random);
  context.restore();
}

/** Crumbs and toner, each smaller than a decimal point. */
function specks(context: SKRSContext2D, [x, y, w, h]: Rect, _writer: Writer, random: Random): void {
  for (let i = random.whole(1, 5); i > 0; i--) {
    context.fillStyle = grayOf(random.between(20, 150));
    context.beginPath();
    const [across, down] = [random.between(0.1, 0.45), random.between(0.1, 0.45)];
    context.ellipse(x + w * random.unit(), y + h * random.unit(), across, down, random.unit() * 3, 0, 6.3);
    context.fill();
  }
}

/** Sweat, coffee, a thumb: darker than paper, softer and fainter than any pen. */
function stain(context: SKRSContext2D, [x, y, w, h]: Rect, _writer: Writer, random: Random): void {
  const reach = Math.min(w, h) * random.between(0.15, 0.7);
  const [cx, cy] = [x + w * random.between(-0.2, 1.2), y + h * random.between(-0.2, 1.2)];
  const gradient = context.createRadialGradient(cx, cy, reach * random.between(0, 0.8), cx, cy, reach);
  const ink = random.pick(['90 70 50', '60 60 66', '40 50 80'] as const);
  gradient.addColorStop(0, `rgb(${ink} / ${random.between(0.06, 0.22)})`);
  gradient.addColorStop(1, `rgb(${ink} / 0)`);
  context.fillStyle = gradient;
  context.fillRect(cx - reach, cy - reach, 2 * reach, 2 * reach);
}

/** A crease: a dark line and a light one beside it, right across. */
function fold(context: SKRSContext2D, [x, y, w, h]: Rect, _writer: Writer, random: Random): void {
  const [cx, cy] = [x + w * random.between(0.1, 0.9), y + h * random.between(0.1, 0.9)];
  const towards = random.pick([0, Math.PI / 2] as const) + random.normal() * 0.08;
  const [dx, dy] = [Math.cos(towards) * 2 * w, Math.sin(towards) * 2 * h];
  const width = random.between(0.2, 0.8);
  for (const [side, ink] of [
    [0, `rgb(40 40 44 / ${random.between(0.08, 0.3)})`],
    [width, `rgb(255 255 255 / ${random.between(0.2, 0.7)})`],
  ] as const) {
    context.strokeStyle = ink;
    context.lineWidth = width;
    context.beginPath();
    context.moveTo(cx - dx + side, cy - dy + side);
    context.lineTo(cx + dx + side, cy + dy + side);
    context.stroke();
  }
}

/** A hasty initial beside the box that touches its frame and reaches a little inside. */
function paraf(context: SKRSContext2D, [x, y, w, h]: Rect, writer: Writer, random: Random): void {
  const [left, top] = random.pick([
    [x + w * random.between(0.94, 1.05), y + h * random.between(0, 0.7)],
    [x - w * random.between(0.35, 0.42), y + h * random.between(0, 0.7)],
    [x + w * random.between(0, 0.7), y + h * random.between(0.96, 1.05)],
    [x + w * random.between(0, 0.7), y - h * random.between(0.3, 0.36)],
  ] as const);
  const points = Array.from({ length: random.whole(5, 9) }, (_, i) => {
    const along = (i / 8) * w * 0.4;
    return [left + along, top + h * 0.15 + (i % 2 === 0 ? -1 : 1) * h * random.between(0.03, 0.15)] as const;
  });
  drawStrokes(context, [points], writer.pen, random);
}

/** A finger's tip, a ring, the corner of another sheet or a screen's pointer over one corner of the box. */
function coveredCorner(context: SKRSContext2D, [x, y, w, h]: Rect, _writer: Writer, random: Random): void {
  const side = Math.min(w, h);
  const reach = side * random.between(0.2, 0.42);
  const out = random.between(0, 0.8) * reach;
  const [cx, cy] = [
    random.chance(0.5) ? x - out + reach * 0.3 : x + w + out - reach * 0.3,
    random.chance(0.5) ? y - out + reach * 0.3 : y + h + out - reach * 0.3,
  ];
  context.beginPath();
  if (random.chance(0.3)) {
    context.translate(cx, cy);
    context.rotate(random.between(0, 1.6));
    context.rect(-reach, -reach, 2 * reach, 2 * reach);
  } else context.arc(cx, cy, reach, 0, 6.3);
  if (random.chance(0.6)) {
    context.fillStyle = grayOf(random.between(20, 250));
    context.fill();
  }
  context.strokeStyle = grayOf(random.between(20, 220));
  context.lineWidth = side * random.between(0.01, 0.08);
  context.stroke();
}
