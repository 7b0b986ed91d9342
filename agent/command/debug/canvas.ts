import type { Mat } from '@u4/opencv4nodejs';
import { cv } from '#agent/page/opencv.ts';
import type { Point } from '#contract/form/definition.ts';

/** Red, green, blue, 0 to 255. */
export type Colour = readonly [number, number, number];

export const COLOURS = {
  ink: [33, 37, 41],
  faint: [120, 128, 136],
  rule: [222, 226, 230],
  paper: [255, 255, 255],
  mark: [0, 122, 204],
  accepted: [25, 135, 84],
  asked: [214, 126, 0],
  breach: [200, 35, 51],
} as const satisfies Readonly<Record<string, Colour>>;

export interface TextStyle {
  /** Height of a capital letter, px. */
  readonly size: number;
  readonly colour: Colour;
  readonly align: 'left' | 'centre' | 'right';
}

/** A colour picture to draw on; px from its top-left corner, y down. */
export interface Canvas {
  readonly mat: Mat;
  outline(corners: readonly Point[], colour: Colour, width: number): void;
  line(from: Point, to: Point, colour: Colour, width: number): void;
  fill(corners: readonly Point[], colour: Colour): void;
  ring(middle: Point, radius: number, colour: Colour, width: number): void;
  disc(middle: Point, radius: number, colour: Colour): void;
  /** `at`: where the baseline meets the left end, middle or right end of the text. */
  text(text: string, at: Point, style: TextStyle): void;
}

/** Capitals of OpenCV's fonts are 21 px high at scale 1. */
const CAPITAL = 21;
/** Larger letters want a thicker pen. */
const THICK_FROM = 16;
/** Two strokes a stem are clear when large, and run together when small. */
const DUPLEX_FROM = 13;

export function canvasOn(mat: Mat): Canvas {
  return {
    mat,
    outline: (corners, colour, width) =>
      mat.drawPolylines([corners.map(whole)], true, bgr(colour), width, cv.LINE_AA, 0),
    line: (from, to, colour, width) => mat.drawLine(whole(from), whole(to), bgr(colour), width, cv.LINE_AA, 0),
    fill: (corners, colour) => mat.drawFillPoly([corners.map(whole)], bgr(colour), cv.LINE_AA, 0),
    ring: (middle, radius, colour, width) =>
      mat.drawCircle(whole(middle), Math.round(radius), bgr(colour), width, cv.LINE_AA, 0),
    disc: (middle, radius, colour) =>
      mat.drawCircle(whole(middle), Math.round(radius), bgr(colour), cv.FILLED, cv.LINE_AA, 0),
    text(text, [x, y], { size, colour, align }) {
      const [font, scale] = fontOf(size);
      const left = align === 'left' ? x : x - textWidth(text, size) / (align === 'centre' ? 2 : 1);
      mat.putText(
        printable(text),
        whole([left, y]),
        font,
        scale,
        bgr(colour),
        size < THICK_FROM ? 1 : 2,
        cv.LINE_AA,
        0,
      );
    },
  };
}

/** Width of a text, px. */
export function textWidth(text: string, size: number): number {
  const [font, scale] = fontOf(size);
  return cv.getTextSize(printable(text), font, scale, 1).size.width;
}

/** Breaks a text into lines no wider than `width`, px. */
export function wrapped(text: string, size: number, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && textWidth(longer, size) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

function fontOf(size: number): readonly [font: number, scale: number] {
  return [size < DUPLEX_FROM ? cv.FONT_HERSHEY_SIMPLEX : cv.FONT_HERSHEY_DUPLEX, size / CAPITAL];
}

/** OpenCV's fonts know ASCII only. */
function printable(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/[\u2010-\u2015]/g, '-')
    .replaceAll(/[^\x20-\x7e]/g, '');
}

function whole([x, y]: Point) {
  return new cv.Point2(Math.round(x), Math.round(y));
}

function bgr([red, green, blue]: Colour) {
  return new cv.Vec3(blue, green, red);
}
