import { type Canvas, createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import type { Rect } from '#contract/form/definition.ts';
import { type BoxLabel, type Filling, fillBox, labelOf, type Spoiling } from './hand/fill-box.ts';
import type { Split } from './hand/mnist.ts';
import type { Point } from './hand/stroke.ts';
import { drawWriter, type UnusedHabit, type Writer } from './hand/writer.ts';
import { type BoxPrint, type GuideStyle, grayOf, guideOf, printBox } from './printed-box.ts';
import type { Random } from './random.ts';
import { type RawPicture, wear } from './wear.ts';

export interface CellRequest {
  readonly split: Split;
  /** null draws one: digits 70 %, unused 20 %, unreadable 10 %. */
  readonly label: BoxLabel | null;
  /** Resolution of the picture; 1.5 to 6 is what photos and scans of real forms have. */
  readonly pxPerMm: number;
  /** Paper around the box, mm on every side: wider than any cutter's margin. */
  readonly margin: number;
}

/** A picture of one box as a camera or scanner gives it, with what it says. */
export interface Cell {
  readonly width: number;
  readonly height: number;
  /** width × height bytes, 255 white. */
  readonly gray: Uint8Array;
  /** width × height × 3 bytes, blue first as OpenCV has it. */
  readonly bgr: Uint8Array;
  readonly pxPerMm: number;
  /** Corners of the printed box (middle of its line) in the picture, px: tl, tr, br, bl. */
  readonly corners: readonly [Point, Point, Point, Point];
  /** Width and height of the box, mm. */
  readonly box: readonly [number, number];
  readonly hasGuide: boolean;
  readonly label: BoxLabel;
  readonly filling: Filling;
}

/** How the form round the box is printed. */
interface Surroundings {
  readonly box: readonly [number, number];
  readonly print: BoxPrint;
  /** Space to the neighbouring boxes, mm; 0 where they share a line. */
  readonly gap: number;
  readonly watermark: boolean;
  readonly solidNeighbour: boolean;
}

/** Renders one box of a random form, writer and camera. The same random stream gives the same bytes. */
export function renderCell(request: CellRequest, random: Random): Cell {
  const form = drawSurroundings(random);
  const writer = writerFor(request.split, form, random);
  const filling = drawFilling(request.label, random);
  const { pxPerMm, margin } = request;
  const width = Math.round((form.box[0] + 2 * margin) * pxPerMm);
  const height = Math.round((form.box[1] + 2 * margin) * pxPerMm);
  const canvas = easel(width, height);
  const context = canvas.getContext('2d');
  const place = drawPlacement(width, height, pxPerMm, form.box, random);
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.fillStyle = grayOf(random.between(238, 255));
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.setTransform(...place);
  const box: Rect = [0, 0, form.box[0], form.box[1]];
  printForm(context, box, form, margin, random);
  writeNeighbours(context, box, form, writer, random);
  fillBox(context, filling, { box, guide: form.print.guide === 'none' ? null : guideOf(box) }, writer, random);
  const picture: RawPicture = { width, height, rgba: context.getImageData(0, 0, width, height).data };
  const { gray, bgr } = wear(picture, pxPerMm, random);
  return {
    width,
    height,
    gray,
    bgr,
    pxPerMm,
    corners: [put(place, 0, 0), put(place, box[2], 0), put(place, box[2], box[3]), put(place, 0, box[3])],
    box: form.box,
    hasGuide: form.print.guide !== 'none',
    label: labelOf(filling),
    filling,
  };
}

let shared: Canvas | null = null;

/** One canvas is kept and enlarged as needed: making one costs more than drawing a cell. */
function easel(width: number, height: number): Canvas {
  if (!shared || shared.width < width || shared.height < height) {
    shared = createCanvas(Math.max(width, shared?.width ?? 0), Math.max(height, shared?.height ?? 0));
  }
  return shared;
}

/** Boxes of the official form (18 and 20 mm, apart) and of other Indonesian forms (smaller, taller, touching). */
function drawSurroundings(random: Random): Surroundings {
  const guide = random.weighted<GuideStyle>([
    ['none', 55],
    ['dots', 33],
    ['lines', 12],
  ]);
  const official = random.chance(0.65);
  const height = official ? random.pick([18, 20] as const) : random.between(10, 20);
  const width = official ? height : height * random.between(0.62, 1.2);
  return {
    box: [width, height],
    print: {
      line: official ? random.between(0.8, 1.15) : random.between(0.2, 0.9),
      shade: random.between(15, official ? 60 : 120),
      guide,
      guideShade: random.between(170, 222),
    },
    gap: official
      ? random.between(3, 5.5)
      : random.weighted([
          [0, 7],
          [2.5, 3],
        ]),
    watermark: random.chance(0.15),
    solidNeighbour: !official && random.chance(0.12),
  };
}

/** Pens are chosen for the box: nobody writes a 10 mm box with a 2 mm marker. */
function writerFor(split: Split, form: Surroundings, random: Random): Writer {
  const writer = drawWriter(split, random);
  return { ...writer, pen: { ...writer.pen, width: writer.pen.width * Math.min(1, form.box[1] / 16) } };
}

function drawFilling(label: BoxLabel | null, random: Random): Filling {
  const digit = random.whole(0, 9);
  const wanted =
    label ??
    random.weighted<BoxLabel>([
      ['unused', 20],
      ['unreadable', 10],
      [String(digit) as BoxLabel, 70],
    ]);
  if (wanted === 'unused') {
    const how = random.weighted<Exclude<UnusedHabit, 'zero'>>([
      ['empty', 40],
      ['cross', 38],
      ['dash', 22],
    ]);
    return { kind: 'unused', how };
  }
  if (wanted === 'unreadable') {
    const how = random.weighted<Spoiling>([
      ['struck', 30],
      ['struck-rewritten', 15],
      ['overwritten', 20],
      ['blot', 15],
      ['two-digits', 20],
    ]);
    return { kind: 'spoilt', how, digit };
  }
  return { kind: 'digit', digit: Number(wanted), reach: random.chance(0.06) ? 'across' : 'inside' };
}

type Transform = [a: number, b: number, c: number, d: number, e: number, f: number];

/** mm of the box to px of the picture: a slight turn, shear and shift, as a rectified photo still has. */
function drawPlacement(
  width: number,
  height: number,
  pxPerMm: number,
  box: readonly [number, number],
  random: Random,
): Transform {
  const turn = random.normal() * 0.015;
  const [stretchX, stretchY] = [1 + random.normal() * 0.02, 1 + random.normal() * 0.02];
  const shear = random.normal() * 0.015;
  const [a, b] = [Math.cos(turn) * stretchX * pxPerMm, Math.sin(turn) * stretchX * pxPerMm];
  const [c, d] = [(shear - Math.sin(turn)) * stretchY * pxPerMm, Math.cos(turn) * stretchY * pxPerMm];
  const [x, y] = [box[0] / 2, box[1] / 2];
  return [a, b, c, d, width / 2 - a * x - c * y, height / 2 - b * x - d * y];
}

function put([a, b, c, d, e, f]: Transform, x: number, y: number): Point {
  return [a * x + c * y + e, b * x + d * y + f];
}

function printForm(context: SKRSContext2D, box: Rect, form: Surroundings, margin: number, random: Random): void {
  const [, , w, h] = box;
  if (form.watermark) printWatermark(context, box, random);
  const step = w + form.gap;
  if (form.solidNeighbour) {
    context.fillStyle = grayOf(form.print.shade);
    context.fillRect(-margin - w, 0, margin + w, h);
  } else printBox(context, [-step, 0, w, h], form.print);
  printBox(context, [step, 0, w, h], form.print);
  printBox(context, box, form.print);
  // Lines of the table above or below the boxes.
  for (const y of [-random.between(2, 6), h + random.between(2, 6)]) {
    if (!random.chance(0.5)) continue;
    context.fillStyle = grayOf(form.print.shade);
    context.fillRect(-2 * w, y, 5 * w, random.between(0.2, 0.8));
  }
}

function printWatermark(context: SKRSContext2D, [x, y, w, h]: Rect, random: Random): void {
  context.strokeStyle = grayOf(random.between(205, 235));
  for (let i = random.whole(1, 3); i > 0; i--) {
    context.lineWidth = random.between(1, 5);
    context.beginPath();
    const [cx, cy] = [x + w * random.between(-0.5, 1.5), y + h * random.between(-0.5, 1.5)];
    context.ellipse(cx, cy, w * random.between(0.4, 1.6), h * random.between(0.4, 1.6), 0, 0, 6.3);
    context.stroke();
  }
}

/** What stands in the boxes beside: the same hand's digits, which may reach over. */
function writeNeighbours(context: SKRSContext2D, box: Rect, form: Surroundings, writer: Writer, random: Random): void {
  const step = box[2] + form.gap;
  for (const side of [-1, 1] as const) {
    if ((side === -1 && form.solidNeighbour) || !random.chance(0.7)) continue;
    const reaching = random.chance(0.08) ? -side * form.gap - side * box[2] * random.between(0.1, 0.3) : 0;
    const place: Rect = [side * step + reaching, 0, box[2], box[3]];
    const guide = form.print.guide === 'none' ? null : guideOf(place);
    fillBox(
      context,
      drawFilling(random.chance(0.75) ? (String(random.whole(0, 9)) as BoxLabel) : 'unused', random),
      { box: place, guide },
      writer,
      random,
    );
  }
}
