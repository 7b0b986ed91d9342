import { type Module, TAG_SIDE } from '#contract/form/april-tag.ts';
import type { FormDefinition, Point, Rect } from '#contract/form/definition.ts';
import type { PageRaster } from '#synthesis/print.ts';

/** How a rectangle was found on a printed sheet, mm. */
export interface Found {
  /** Distance of its middle from the middle the definition gives, the larger of across and down. */
  readonly off: number;
  /** By how much its size exceeds that of the definition (negative: is smaller), across and down. */
  readonly wider: number;
  readonly taller: number;
}

/** Distances of the corner marks' edges from where the definition has them, mm. */
export function markOffsets(sheet: PageRaster, form: FormDefinition): readonly number[] {
  return waysToMarks(form).map(({ from, towards, mm }) => Math.abs(paperTo(sheet, from, towards) - mm));
}

/** The white inside of a box, seen from its middle. */
export function hollowOf(sheet: PageRaster, [x, y, width, height]: Rect): Found {
  const middle: Point = [x + width / 2, y + height / 2];
  const to = (towards: Direction) => paperTo(sheet, middle, towards);
  return found([to('left'), to('right'), to('up'), to('down')], width, height);
}

/** The outline of a bubble, seen from one millimetre outside it. */
export function outlineOf(sheet: PageRaster, [x, y, width, height]: Rect): Found {
  const [cx, cy, out] = [x + width / 2, y + height / 2, 1];
  const sides = [
    paperTo(sheet, [x - out, cy], 'right'),
    paperTo(sheet, [x + width + out, cy], 'left'),
    paperTo(sheet, [cx, y - out], 'down'),
    paperTo(sheet, [cx, y + height + out], 'up'),
  ] as const;
  const [left, right, up, down] = [width, width, height, height].map((size, i) => size / 2 + out - (sides[i] ?? 0));
  return found([left ?? 0, right ?? 0, up ?? 0, down ?? 0], width, height);
}

/** The modules of a tag as they stand on the sheet, row by row from the top. */
export function modulesAt(sheet: PageRaster, [x, y, width, height]: Rect): readonly (readonly Module[])[] {
  const middles = Array.from({ length: TAG_SIDE }, (_, i) => (i + 0.5) / TAG_SIDE);
  return middles.map((down) =>
    middles.map((across) => (isInk(sheet, [x + across * width, y + down * height]) ? 'black' : 'white')),
  );
}

type Direction = 'left' | 'right' | 'up' | 'down';
const STEPS: Readonly<Record<Direction, Point>> = { left: [-1, 0], right: [1, 0], up: [0, -1], down: [0, 1] };
const FARTHEST_MM = 40;

/** Millimetres from a white point to the first ink; faint print (guide dots, tally lines) is not ink. */
function paperTo(sheet: PageRaster, [x, y]: Point, towards: Direction): number {
  const [dx, dy] = STEPS[towards];
  for (let px = 0; px < FARTHEST_MM * sheet.pxPerMm; px++) {
    const mm = px / sheet.pxPerMm;
    if (isInk(sheet, [x + dx * mm, y + dy * mm])) return mm;
  }
  return Number.POSITIVE_INFINITY;
}

function isInk(sheet: PageRaster, [x, y]: Point): boolean {
  const pixel = Math.floor(y * sheet.pxPerMm) * sheet.width + Math.floor(x * sheet.pxPerMm);
  return (sheet.gray[pixel] ?? 255) < 128;
}

/** From the distances of the four sides (left, right, up, down) to the middle the definition gives. */
function found(sides: readonly [number, number, number, number], width: number, height: number): Found {
  const [left, right, up, down] = sides;
  const off = Math.max(Math.abs(right - left), Math.abs(down - up)) / 2;
  return { off, wider: left + right - width, taller: up + down - height };
}

/** Walks over paper that end at the edges of the corner marks, with the length each must have. */
function waysToMarks({ marks }: FormDefinition): readonly { from: Point; towards: Direction; mm: number }[] {
  if (marks.by === 'saddles') {
    const mm = marks.markSide / 2;
    return Object.values(marks.saddles).flatMap(([x, y]) => [
      { from: [x + mm, y - mm], towards: 'left', mm },
      { from: [x + mm, y - mm], towards: 'down', mm },
      { from: [x - mm, y + mm], towards: 'right', mm },
      { from: [x - mm, y + mm], towards: 'up', mm },
    ]);
  }
  const mm = marks.side / 2;
  return Object.values(marks.centres).flatMap(([x, y]) => [
    { from: [x - 2 * mm, y], towards: 'right', mm },
    { from: [x + 2 * mm, y], towards: 'left', mm },
    { from: [x, y - 2 * mm], towards: 'down', mm },
    { from: [x, y + 2 * mm], towards: 'up', mm },
  ]);
}
