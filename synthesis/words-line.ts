import { type Canvas, createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import type { Rect } from '#contract/form/definition.ts';
import { printFont } from './hand/fonts.ts';
import type { Split } from './hand/mnist.ts';
import type { Point } from './hand/stroke.ts';
import { writeEach } from './hand/words.ts';
import { drawWriter } from './hand/writer.ts';
import { grayOf } from './printed-box.ts';
import type { Random } from './random.ts';
import { wear } from './wear.ts';
import { drawWordedNumber, type WordedNumber, type Wording } from './worded-number.ts';

export interface WordsRequest {
  readonly split: Split;
  /** null draws one. */
  readonly wording: Wording | null;
}

/** A picture of a room for words as a camera or scanner gives it, with what is written there. */
export interface WordsPicture {
  readonly width: number;
  readonly height: number;
  /** width × height bytes, 255 white. */
  readonly gray: Uint8Array;
  /** Left, top, width and height of the room in the sheet's mm. */
  readonly room: Rect;
  /** Small print in the room, mm; null for none. */
  readonly note: Rect | null;
  /** A point of the sheet, mm, to the picture, px. */
  readonly toPicture: (point: Point) => Point;
  readonly written: WordedNumber;
}

/** Paper shown around the room, mm. */
const AROUND = 5;

/** A kind of form: how large its room for words is, mm, and how finely it is photographed. */
interface Room {
  readonly width: number;
  readonly height: number;
  readonly pxPerMm: number;
  /** Side of the form's digit boxes, mm, on which it depends how soft a picture may be. */
  readonly box: number;
}

/** Renders the room for words of a random form, writer and camera. The same random stream gives the same bytes. */
export function renderWords({ split, wording }: WordsRequest, random: Random): WordsPicture {
  const { pxPerMm, box, ...size } = drawRoom(random);
  const room: Rect = [0, 0, size.width, size.height];
  const width = Math.round((size.width + 2 * AROUND) * pxPerMm);
  const height = Math.round((size.height + 2 * AROUND) * pxPerMm);
  const canvas = easel(width, height);
  const context = canvas.getContext('2d');
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.fillStyle = grayOf(random.between(240, 255));
  context.fillRect(0, 0, canvas.width, canvas.height);
  const turn = random.normal() * 0.006;
  const [cos, sin] = [Math.cos(turn) * pxPerMm, Math.sin(turn) * pxPerMm];
  const [cx, cy] = [size.width / 2, size.height / 2];
  const origin: Point = [width / 2 - cos * cx + sin * cy, height / 2 - sin * cx - cos * cy];
  context.setTransform(cos, sin, -sin, cos, ...origin);
  const note = printRoom(context, room, random);
  const written = drawWordedNumber(wording, random);
  const writer = drawWriter(split, box, random);
  if (written.words.length > 0) writeEach(context, written.words, room, writer, random);
  const rgba = context.getImageData(0, 0, width, height).data;
  const { gray } = wear({ width, height, rgba }, box * pxPerMm, random);
  return {
    width,
    height,
    gray,
    room,
    note,
    // Pixel centres lie at whole numbers.
    toPicture: ([x, y]) => [cos * x - sin * y + origin[0] - 0.5, sin * x + cos * y + origin[1] - 0.5],
    written,
  };
}

/** The rooms of the large form, of small forms, and of what other forms may have. */
function drawRoom(random: Random): Room {
  const large = random.chance(0.58);
  if (large) {
    const [width, height] = random.weighted<readonly [number, number]>([
      [[280, 46], 1],
      [[262, 18], 2],
      [[random.between(110, 200), random.between(13, 24)], 7],
      [[random.between(70, 110), random.between(20, 32)], 3],
    ]);
    // The finer, the fewer: a picture is no better for it than the reader can use.
    return { width, height, pxPerMm: 1.3 * (3.4 / 1.3) ** random.unit(), box: random.pick([18, 20] as const) };
  }
  const height = random.between(6, 12);
  return {
    width: random.between(90, 170),
    height,
    pxPerMm: 3 * (6.5 / 3) ** random.unit(),
    box: random.between(7, 12),
  };
}

let shared: Canvas | null = null;

/** One canvas is kept and enlarged as needed: making one costs more than writing a line. */
function easel(width: number, height: number): Canvas {
  if (!shared || shared.width < width || shared.height < height) {
    shared = createCanvas(Math.max(width, shared?.width ?? 0), Math.max(height, shared?.height ?? 0));
  }
  return shared;
}

/** What is printed about the room: the lines of the table, near or far, dots to write on, a remark, whose place it answers. */
function printRoom(context: SKRSContext2D, [, , w, h]: Rect, random: Random): Rect | null {
  context.fillStyle = grayOf(random.between(15, 110));
  const line = random.between(0.2, 1);
  const beside = (): number =>
    random.weighted([
      [0, 4],
      [random.between(0.5, AROUND), 5],
    ]);
  if (random.chance(0.85)) context.fillRect(-AROUND, -beside() - line, w + 2 * AROUND, line);
  if (random.chance(0.85)) context.fillRect(-AROUND, h + beside(), w + 2 * AROUND, line);
  if (random.chance(0.6)) context.fillRect(-beside() - line, -AROUND, line, h + 2 * AROUND);
  if (random.chance(0.6)) context.fillRect(w + beside(), -AROUND, line, h + 2 * AROUND);
  const note = random.chance(h < 13 ? 0.5 : 0.1) ? printNote(context, w, h, random) : null;
  if (random.chance(0.15)) printDots(context, w, h * random.between(0.6, 0.95), random);
  if (random.chance(0.12)) printWatermark(context, w, h, random);
  return note;
}

/** What is to be written here, in small print in the lower right corner; on low rooms it is written over. */
function printNote(context: SKRSContext2D, width: number, height: number, random: Random): Rect {
  const size = random.between(1.6, 2.6);
  context.font = `${size}px "${printFont(random.chance(0.7) ? 'italic' : 'normal')}"`;
  context.textAlign = 'right';
  const note = random.pick(['(ditulis dengan huruf)', '( ditulis menggunakan huruf kapital )'] as const);
  const [right, base] = [width - random.between(0.3, 2.5), height - random.between(0.4, 1.2)];
  context.fillText(note, right, base);
  const wide = context.measureText(note).width;
  context.textAlign = 'left';
  return [right - wide, base - 0.85 * size, wide, 1.1 * size];
}

function printDots(context: SKRSContext2D, width: number, y: number, random: Random): void {
  const [dot, step] = [random.between(0.25, 0.6), random.between(1, 2.2)];
  for (let x = 2; x < width - 2; x += step) context.fillRect(x, y, dot, dot);
}

function printWatermark(context: SKRSContext2D, w: number, h: number, random: Random): void {
  context.strokeStyle = grayOf(random.between(205, 235));
  for (let i = random.whole(2, 5); i > 0; i--) {
    context.lineWidth = random.between(1, 5);
    context.beginPath();
    context.ellipse(
      w * random.unit(),
      h * random.unit(),
      h * random.between(0.5, 2),
      h * random.between(0.5, 2),
      0,
      0,
      6.3,
    );
    context.stroke();
  }
}
