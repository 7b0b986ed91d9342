import type { Mat } from '@u4/opencv4nodejs';
import { cornersOf, middleOf } from '#agent/page/corners.ts';
import type { ToPhoto } from '#agent/page/frames.ts';
import { cv, type MatScope } from '#agent/page/opencv.ts';
import type { FormPage, Point } from '#contract/form/definition.ts';
import { type Canvas, COLOURS, type Colour, canvasOn } from './canvas.ts';
import type { JudgedFigure } from './debug-order.ts';
import type { SeenMark, Sight } from './sight.ts';

/** Longest side of the photo as it is shown, px. */
const LONG_SIDE = 2000;

/** A photo turned by quarters until its sheet stands upright, and made smaller. */
export interface UprightPhoto {
  readonly mat: Mat;
  /** Photo px to px of this picture. */
  readonly place: (point: Point) => Point;
}

export function uprightPhoto(photo: Mat, sight: Sight, { keep }: MatScope): UprightPhoto {
  const { rows, cols } = photo;
  const scale = Math.min(1, LONG_SIDE / Math.max(rows, cols));
  const small = keep(photo.resize(Math.round(rows * scale), Math.round(cols * scale), 0, 0, cv.INTER_AREA));
  const [right, bottom] = [small.cols - 1, small.rows - 1];
  const scaled = ([x, y]: Point): Point => [(x + 0.5) * scale - 0.5, (y + 0.5) * scale - 0.5];
  const place = (turned: (point: Point) => Point) => (point: Point) => turned(scaled(point));
  switch (quarterTurns(sight.sheet?.toPhoto ?? null)) {
    case 1:
      return { mat: keep(small.rotate(cv.ROTATE_90_COUNTERCLOCKWISE)), place: place(([x, y]) => [y, right - x]) };
    case 2:
      return { mat: keep(small.rotate(cv.ROTATE_180)), place: place(([x, y]) => [right - x, bottom - y]) };
    case 3:
      return { mat: keep(small.rotate(cv.ROTATE_90_CLOCKWISE)), place: place(([x, y]) => [bottom - y, x]) };
    default:
      return { mat: small, place: place((point) => point) };
  }
}

/** By how many quarters, clockwise as it is seen, the sheet lies turned in the photo. */
function quarterTurns(toPhoto: ToPhoto | null): number {
  if (!toPhoto) return 0;
  const [ax, ay] = toPhoto([100, 100]);
  const [bx, by] = toPhoto([150, 100]);
  return (Math.round(Math.atan2(by - ay, bx - ax) / (Math.PI / 2)) + 4) % 4;
}

/** Draws what was found on the photo: marks, tag, and every figure's boxes with what was read in them. */
export function drawSight({ mat, place }: UprightPhoto, sight: Sight, figures: readonly JudgedFigure[]): void {
  const canvas = canvasOn(mat);
  const { sheet, tag, unreadableTags } = sight;
  for (const corners of unreadableTags) canvas.outline(corners.map(place), COLOURS.asked, 2);
  if (tag) drawTag(canvas, tag.corners.map(place), `tanda ${tag.id}`);
  if (!sheet) return;
  const at = (point: Point) => place(sheet.toPhoto(point));
  canvas.outline(
    sheet.marks.map((mark) => place(mark.at)),
    COLOURS.mark,
    1,
  );
  for (const mark of sheet.marks) drawMark(canvas, place(mark.at), mark);
  if (figures.length === 0) drawExpected(canvas, sheet.page, at);
  figures.forEach((figure, index) => {
    drawFigure(canvas, sheet.page, figure, index + 1, at);
  });
}

const MARK_COLOURS = { clearly: COLOURS.mark, hardly: COLOURS.asked, not: COLOURS.breach } as const;

function drawMark(canvas: Canvas, [x, y]: Point, { seen }: SeenMark): void {
  const colour = MARK_COLOURS[seen];
  canvas.ring([x, y], 16, COLOURS.paper, 5);
  canvas.ring([x, y], 16, colour, 3);
  canvas.line([x - 26, y], [x + 26, y], colour, 1);
  canvas.line([x, y - 26], [x, y + 26], colour, 1);
}

function drawTag(canvas: Canvas, corners: readonly Point[], words: string): void {
  canvas.outline(corners, COLOURS.mark, 3);
  const [left, bottom] = [Math.min(...corners.map(([x]) => x)), Math.max(...corners.map(([, y]) => y))];
  canvas.text(words, [left, bottom + 20], { size: 12, colour: COLOURS.mark, align: 'left' });
}

/** Of a page that was refused: where its boxes ought to be. */
function drawExpected(canvas: Canvas, page: FormPage, at: ToPhoto): void {
  for (const box of page.figures.flatMap(({ boxes }) => boxes)) canvas.outline(cornersOf(box).map(at), COLOURS.mark, 1);
}

function drawFigure(canvas: Canvas, page: FormPage, judged: JudgedFigure, number: number, at: ToPhoto): void {
  const figure = page.figures.find(({ id }) => id === judged.id);
  const colour = COLOURS[judged.verdict];
  figure?.boxes.forEach((box, b) => {
    canvas.outline(cornersOf(box).map(at), colour, 2);
    const reading = judged.boxes[b]?.reading;
    if (reading) drawTab(canvas, at([box[0] + box[2], box[1]]), tabText(reading), colour);
  });
  figure?.bubbles?.forEach((column, c) => {
    const bubble = column[Number(judged.bubbles?.[c]?.reading)];
    if (bubble) canvas.ring(at(middleOf(bubble)), 11, colour, 2);
  });
  const [first] = figure?.boxes ?? [];
  if (first) drawNumber(canvas, at([first[0], first[1] + first[3] / 2]), number, colour);
}

/** A tab on the upper right corner of a box with what was read in it. */
function drawTab(canvas: Canvas, [x, y]: Point, text: string, colour: Colour): void {
  canvas.fill(cornersOf([x - 13, y - 10, 15, 16]), colour);
  canvas.text(text, [x - 5.5, y + 3], { size: 10, colour: COLOURS.paper, align: 'centre' });
}

/** One letter for what a box holds: unused is a dash, unreadable a question mark. */
export function tabText(reading: string): string {
  return { unused: '-', unreadable: '?' }[reading] ?? reading;
}

/** The figure's number in the list, left of its boxes. */
export function drawNumber(canvas: Canvas, [x, y]: Point, number: number, colour: Colour): void {
  canvas.disc([x - 13, y], 11, COLOURS.paper);
  canvas.disc([x - 13, y], 10, colour);
  canvas.text(String(number), [x - 13, y + 4], { size: 9, colour: COLOURS.paper, align: 'centre' });
}
