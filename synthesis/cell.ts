import { type Canvas, createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import type { Rect } from '#contract/form/definition.ts';
import { drawSurroundings, printForm, type Surroundings } from './cell-form.ts';
import { layForeignThing } from './foreign.ts';
import { fillBox } from './hand/fill-box.ts';
import { type BoxLabel, type Filling, labelOf, type Spoiling } from './hand/filling.ts';
import type { Split } from './hand/mnist.ts';
import type { Point } from './hand/stroke.ts';
import { drawWriter, type UnusedHabit, type Writer } from './hand/writer.ts';
import { type BoxPrint, grayOf, guideOf } from './printed-box.ts';
import type { Random } from './random.ts';
import { type RawPicture, wear } from './wear.ts';

export interface CellRequest {
  readonly split: Split;
  /** null draws one: digits 70 %, unused 20 %, unreadable 10 %. */
  readonly label: BoxLabel | null;
  /** Shorter side of the box in the picture, px; below 22 the reader refuses the page. */
  readonly boxPx: number;
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

/**
 * Renders one box of a random form, writer and camera. The same random stream gives the same bytes.
 * Form and hand are drawn from `sheet`: boxes of one sheet are given streams of one seed.
 */
export function renderCell(request: CellRequest, random: Random, sheet: Random = random): Cell {
  const form = drawSurroundings(sheet);
  const writer = apartFrom(form.print, legibly(drawWriter(request.split, form.box[1], sheet), request.boxPx, form.box));
  const filling = drawFilling(request.label, random);
  const { margin } = request;
  const pxPerMm = request.boxPx / Math.min(...form.box);
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
  if (random.chance(FOREIGN)) layForeignThing(context, box, isEmpty(filling), writer, random);
  const picture: RawPicture = { width, height, rgba: context.getImageData(0, 0, width, height).data };
  const { gray, bgr } = wear(picture, request.boxPx, random);
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

/** A digit of fewer rows than this, px, cannot be told from another. */
const FEWEST_ROWS = 9;

/** In a coarse picture the writers of the smallest digits are left out. */
function legibly(writer: Writer, boxPx: number, [width, height]: Surroundings['box']): Writer {
  const rows = (boxPx * height) / Math.min(width, height);
  return { ...writer, size: Math.min(0.95, Math.max(writer.size, FEWEST_ROWS / rows)) };
}

/** Nobody can tell from a printed line what a pencil of the same gray wrote along it. */
function apartFrom({ guide }: BoxPrint, writer: Writer): Writer {
  const faint = Math.min(...writer.pen.colour) > FAINT_INK;
  return guide === 'lines' && faint && writer.guide === 'follows' ? { ...writer, guide: 'fits' } : writer;
}

/** A pen whose darkest part is above this gray is a pencil, or one that runs dry. */
const FAINT_INK = 90;

/** Share of boxes with something on them that nobody wrote. */
const FOREIGN = 0.15;

function isEmpty(filling: Filling): boolean {
  return filling.kind === 'unused' && filling.how === 'empty';
}

let shared: Canvas | null = null;

/** One canvas is kept and enlarged as needed: making one costs more than drawing a cell. */
function easel(width: number, height: number): Canvas {
  if (!shared || shared.width < width || shared.height < height) {
    shared = createCanvas(Math.max(width, shared?.width ?? 0), Math.max(height, shared?.height ?? 0));
  }
  return shared;
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
      ['empty', 50],
      ['cross', 32],
      ['dash', 18],
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
  return { kind: 'digit', digit: Number(wanted), reach: random.chance(0.04) ? 'across' : 'inside' };
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
