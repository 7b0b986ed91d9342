import type { Mat } from '@u4/opencv4nodejs';
import { cornersOf } from '#agent/page/corners.ts';
import type { ToPhoto } from '#agent/page/frames.ts';
import { cv, type MatScope } from '#agent/page/opencv.ts';
import type { Figure, Rect } from '#contract/form/definition.ts';
import { statusWords } from '../sentences.ts';
import { figureValue, percent } from '../table.ts';
import { type Canvas, COLOURS } from './canvas.ts';
import type { JudgedFigure } from './debug-order.ts';
import { drawNumber, tabText } from './photo-view.ts';

/** Where a row of the list lies, px. */
export interface RowPlace {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The photo in colour, and where the sheet's millimetres lie in it. */
export interface Source {
  readonly photo: Mat;
  readonly toPhoto: ToPhoto;
}

/** Share of the row's width after which the value stands. */
const VALUE_AT = 0.6;
/** Width of a cut-out with its reading, in sides of the cut-out. */
const CELL = 2.3;
/** What reading and probability need beside a small cut-out, px. */
const READING_WIDTH = 72;
/** Paper around a box in its cut-out, as a share of the box. */
const AROUND = 0.15;

/** One row: number and label, every box with its reading and probability, then the value and why. */
export function drawRow(
  canvas: Canvas,
  { left, top, width, height }: RowPlace,
  number: number,
  figure: Figure,
  judged: JudgedFigure,
  source: Source,
  scope: MatScope,
): void {
  const colour = COLOURS[judged.verdict];
  const [textLeft, valueLeft] = [left + 34, left + width * VALUE_AT];
  canvas.line([left, top], [left + width, top], COLOURS.rule, 1);
  drawNumber(canvas, [left + 23, top + 18], number, colour);
  canvas.text(figure.label, [textLeft, top + 23], { size: 11, colour: COLOURS.ink, align: 'left' });
  canvas.text(otherSources(judged), [left + width, top + 23], { size: 8, colour: COLOURS.faint, align: 'right' });
  const widest = (valueLeft - textLeft - 8) / figure.boxes.length;
  const side = Math.min(height - 36, widest / CELL);
  const cell = Math.max(side * CELL, Math.min(widest, side + READING_WIDTH));
  figure.boxes.forEach((box, b) => {
    const [x, y] = [textLeft + b * cell, top + 31];
    const cut = cutOut(source, box, side, scope);
    paste(canvas, cut, x + (side - cut.cols) / 2, y + (side - cut.rows) / 2);
    const seen = judged.boxes[b];
    if (!seen) return;
    const after = x + side + 8;
    canvas.text(tabText(seen.reading), [after, y + side * 0.5], { size: side * 0.4, colour, align: 'left' });
    canvas.text(percent(seen.probability), [after, y + side - 4], { size: 8, colour: COLOURS.faint, align: 'left' });
  });
  const value = figureValue(judged);
  canvas.text(value, [valueLeft, top + height * 0.5 - 4], { size: 19, colour, align: 'left' });
  const sure = `${percent(judged.best.probability)}, margin ${judged.margin.toFixed(1)}`;
  canvas.text(statusWords(judged), [valueLeft, top + height - 22], { size: 9, colour: COLOURS.ink, align: 'left' });
  canvas.text(sure, [valueLeft, top + height - 7], { size: 8, colour: COLOURS.faint, align: 'left' });
}

/** What bubbles, tally and words say by themselves. */
function otherSources({ bubbles, turus, words }: JudgedFigure): string {
  const said = (name: string, source: JudgedFigure['turus']) => {
    const [likeliest] = source?.candidates ?? [];
    return likeliest ? [`${name} ${likeliest.value} (${percent(likeliest.probability)})`] : [];
  };
  const filled = bubbles ? [`bulatan ${bubbles.map(({ reading }) => BUBBLE_TEXTS[reading] ?? reading).join(' ')}`] : [];
  return [...filled, ...said('turus', turus), ...said('kata', words)].join(', ');
}

const BUBBLE_TEXTS: Readonly<Record<string, string>> = { none: '-', unclear: '?' };

function paste({ mat }: Canvas, picture: Mat, x: number, y: number): void {
  picture.copyTo(mat.getRegion(new cv.Rect(Math.round(x), Math.round(y), picture.cols, picture.rows)));
}

/** A box straightened out of the photo with a little paper around it, as large as `side` allows. */
function cutOut({ photo, toPhoto }: Source, [x, y, width, height]: Rect, side: number, { keep }: MatScope): Mat {
  const pxPerMm = side / Math.max(width, height);
  const [cols, rows] = [Math.round(width * pxPerMm), Math.round(height * pxPerMm)];
  const around: Rect = [x - AROUND * width, y - AROUND * height, (1 + 2 * AROUND) * width, (1 + 2 * AROUND) * height];
  const from = cornersOf(around).map((corner) => new cv.Point2(...toPhoto(corner)));
  const to = cornersOf([0, 0, cols, rows]).map((corner) => new cv.Point2(...corner));
  const turned = keep(cv.getPerspectiveTransform(from, to));
  return keep(photo.warpPerspective(turned, new cv.Size(cols, rows), cv.INTER_LINEAR));
}
