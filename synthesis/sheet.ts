import { type Canvas, createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import {
  allFigures,
  type Figure,
  type FigureId,
  type FormDefinition,
  type FormPage,
  type Rect,
  type TurusGrid,
} from '#contract/form/definition.ts';
import { numberWords } from '#contract/form/number-words.ts';
import type { Figures, FigureValue } from '#contract/form/rules.ts';
import { type Care, IRREGULARITIES } from './care.ts';
import { type FigureEntry, planEntry } from './entry.ts';
import { fillBubble } from './hand/bubbles.ts';
import { fillBox } from './hand/fill-box.ts';
import { type BoxLabel, labelOf } from './hand/filling.ts';
import type { Split } from './hand/mnist.ts';
import { sign } from './hand/signature.ts';
import { drawTallyHabit } from './hand/tally-habit.ts';
import { emptyTally, planTally, strokesInRow, type TallyCells, writeTurus } from './hand/turus.ts';
import { writeWords } from './hand/words.ts';
import { drawWriter, type Writer } from './hand/writer.ts';
import { freeAreas } from './layout-2024.ts';
import type { PageRaster } from './print.ts';
import { guideOf } from './printed-box.ts';
import type { Random } from './random.ts';

/** What is true of one figure on the paper. */
export interface FigureTruth {
  readonly id: FigureId;
  /** What the writer meant; null where the row is left blank. */
  readonly value: FigureValue;
  /** What each box shows, leftmost first. */
  readonly boxes: readonly BoxLabel[];
  /** For each column the bubble that is filled, or null for none; absent where the form prints none. */
  readonly bubbles?: readonly (number | null)[];
  /** The tally, cell by cell; absent where the form has no grid. */
  readonly turus?: TallyCells;
  /** The words as written; absent where the form has no room for them. */
  readonly words?: string;
  /** What is unusual about this figure. */
  readonly notes: readonly string[];
}

/** A printed page with what is written on it. */
export interface Sheet {
  readonly canvas: Canvas;
  readonly pxPerMm: number;
  readonly figures: readonly FigureTruth[];
}

export interface SheetRequest {
  readonly form: FormDefinition;
  readonly page: FormPage;
  readonly print: PageRaster;
  /** null leaves the sheet as it came from the printer. */
  readonly filled: { readonly figures: Figures; readonly split: Split; readonly care: Care } | null;
}

/** Writes one page. The writer depends on `random` alone, so all pages of a TPS made with it share a hand. */
export function writeSheet({ form, page, print, filled }: SheetRequest, random: Random): Sheet {
  const canvas = createCanvas(print.width, print.height);
  const context = canvas.getContext('2d');
  putPrint(context, print);
  context.scale(print.pxPerMm, print.pxPerMm);
  if (!filled) return { canvas, pxPerMm: print.pxPerMm, figures: page.figures.map(blankTruth) };
  const writer = writerOf(form, filled.split, random);
  const habit = drawTallyHabit(writer, random.fork('tally habit'));
  const onPage = random.fork(`page ${page.number}`);
  const figures = page.figures.map((figure) => {
    if (figure.signatures) return signCells(context, figure, figure.signatures, filled.figures, onPage);
    const entry = planEntry(figure, filled.figures.get(figure.id) ?? null, writer, filled.care, onPage.fork(figure.id));
    const written = writeFigure(context, figure, entry, writer, onPage.fork(`${figure.id} ink`));
    if (!figure.turus) return written;
    const tally = onPage.fork(`${figure.id} tally`);
    const turus = planTally(figure.turus, entry.value ?? 0, IRREGULARITIES[filled.care].tally, tally);
    writeTurus(context, figure.turus, turus, habit, writer, tally);
    writeRowTotals(context, figure.turus, entry.value ?? 0, writer, tally);
    return { ...written, turus };
  });
  writeRest(context, form, page, writer, onPage.fork('rest'));
  return { canvas, pxPerMm: print.pxPerMm, figures };
}

/** The writer of all pages of the form: the same stream of chance gives the same hand and pen. */
export function writerOf(form: FormDefinition, split: Split, random: Random): Writer {
  return drawWriter(split, boxHeightOf(form), random.fork('writer'));
}

/** The lowest digit box of the form, mm: the writer takes one pen for all pages. */
function boxHeightOf(form: FormDefinition): number {
  const heights = allFigures(form).flatMap(({ boxes }) => boxes.map(([, , , height]) => height));
  return heights.length > 0 ? Math.min(...heights) : SMALL_WRITING;
}

/** As high as people write where no box says how high, mm. */
const SMALL_WRITING = 8;

/** Paper is not quite white and print not quite black. */
const PAPER = [252, 251, 247] as const;
const PRINT = [30, 28, 29] as const;

function putPrint(context: SKRSContext2D, print: PageRaster): void {
  const image = context.createImageData(print.width, print.height);
  const colours = Uint32Array.from({ length: 256 }, (_, gray) => {
    const [r = 0, g = 0, b = 0] = PAPER.map((paper, i) =>
      Math.round((PRINT[i] ?? 0) + ((paper - (PRINT[i] ?? 0)) * gray) / 255),
    );
    return (255 << 24) | (b << 16) | (g << 8) | r;
  });
  const pixels = new Uint32Array(image.data.buffer);
  for (let i = 0; i < pixels.length; i++) pixels[i] = colours[print.gray[i] as number] as number;
  context.putImageData(image, 0, 0);
}

function blankTruth(figure: Figure): FigureTruth {
  return {
    id: figure.id,
    value: null,
    boxes: figure.boxes.map(() => 'unused'),
    ...(figure.bubbles ? { bubbles: figure.bubbles.map(() => null) } : {}),
    ...(figure.turus ? { turus: emptyTally(figure.turus) } : {}),
    ...(figure.words ? { words: '' } : {}),
    notes: [],
  };
}

function writeFigure(
  context: SKRSContext2D,
  figure: Figure,
  entry: FigureEntry,
  writer: Writer,
  random: Random,
): FigureTruth {
  figure.boxes.forEach((box, i) => {
    const filling = entry.boxes[i];
    if (filling) fillBox(context, filling, { box, guide: figure.guideDots ? guideOf(box) : null }, writer, random);
  });
  figure.bubbles?.forEach((column, i) => {
    const fill = entry.bubbles[i];
    const bubble = fill ? column[fill.digit] : undefined;
    if (fill && bubble) fillBubble(context, bubble, fill.how, writer, random);
  });
  const { value } = entry;
  const words = value === null ? '' : numberWords(value).toUpperCase();
  if (figure.words && words) writeWords(context, words, figure.words, writer, random);
  return {
    id: figure.id,
    value,
    boxes: entry.boxes.map(labelOf),
    ...(figure.bubbles ? { bubbles: entry.bubbles.map((fill) => fill?.digit ?? null) } : {}),
    ...(figure.words ? { words } : {}),
    notes: entry.notes,
  };
}

/** As many voters sign as the figure says, in cells drawn by chance: who stays away leaves a gap. */
function signCells(
  context: SKRSContext2D,
  { id }: Figure,
  cells: readonly Rect[],
  figures: Figures,
  random: Random,
): FigureTruth {
  const value = figures.get(id) ?? 0;
  const present = random.fork(id);
  let left = value;
  for (const [n, cell] of cells.entries()) {
    if (!present.chance(left / (cells.length - n))) continue;
    sign(context, cell, random);
    left -= 1;
  }
  return { id, value, boxes: [], notes: [] };
}

/** At the end of each row that has strokes, the number of them. */
function writeRowTotals(context: SKRSContext2D, grid: TurusGrid, value: number, writer: Writer, random: Random): void {
  grid.rowTotals.forEach((boxes, row) => {
    const count = strokesInRow(grid, value, row);
    if (count === 0) return;
    const digits = String(count).padStart(boxes.length, ' ');
    boxes.forEach((box, i) => {
      const digit = digits[i];
      if (digit && digit !== ' ')
        fillBox(
          context,
          { kind: 'digit', digit: Number(digit), reach: 'inside' },
          { box, guide: null },
          writer,
          random,
        );
    });
  });
}

const PLACE = {
  provinsi: 'SUMATERA SELATAN',
  kota: 'PALEMBANG',
  kecamatan: 'CONTOH SATU',
  kelurahan: 'CONTOH DUA',
  tps: '007',
} as const;
/** Day, month and year of the vote, as the eight date boxes take them. */
const DATE = '27112024';

function writeRest(context: SKRSContext2D, form: FormDefinition, page: FormPage, writer: Writer, random: Random): void {
  const { signatures, lines } = freeAreas(form, page.number);
  for (const { room, says } of lines) writeWords(context, PLACE[says], room, writer, random);
  for (const room of signatures) if (random.chance(0.9)) sign(context, room, random);
  if (page.otherBoxes.length !== DATE.length) return;
  for (const [i, box] of page.otherBoxes.entries()) {
    fillBox(context, { kind: 'digit', digit: Number(DATE[i]), reach: 'inside' }, { box, guide: null }, writer, random);
  }
}
