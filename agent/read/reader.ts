import type { ToPhoto } from '#agent/page/frames.ts';
import { locateSheet } from '#agent/page/locate.ts';
import type { Gray } from '#agent/page/picture.ts';
import { decodePicture, isPicture } from '#agent/page/picture.ts';
import type { PageRefusal } from '#agent/page/refusal.ts';
import type { BoxReading, FigureEvidence, WordsReading } from '#agent/tally/evidence.ts';
import type { Figure, FigureId, Rect } from '#contract/form/definition.ts';
import type { FormRegistry } from '#contract/form/registry.ts';
import { cutBox } from './box.ts';
import { readBubbles } from './bubbles.ts';
import { cleanBox } from './clean-box.ts';
import type { DigitModel } from './digits.ts';
import { drawPictures } from './pictures.ts';
import type { PageChoice, PageReading } from './reading.ts';
import { countSignatures } from './signatures.ts';
import { countTurus, type GridSight, seeTurus, usedRows } from './turus.ts';
import { readWords } from './words.ts';
import type { WordsModel } from './words-model.ts';

/** Reads pages in this process; `startReader` does it in another, which is what the agent uses. */
export interface PageReader {
  /** `choice` names form and page where the sheet carries no tag; otherwise null. Of a sheet without marks nothing is read. */
  read(jpeg: Uint8Array, choice: PageChoice | null): Promise<PageReading | PageRefusal>;
}

export function pageReader(forms: FormRegistry, model: DigitModel, words: WordsModel): PageReader {
  return {
    async read(jpeg, choice) {
      const started = performance.now();
      const picture = decodePicture(jpeg);
      if (!isPicture(picture)) return picture;
      const decoded = performance.now();
      const located = locateSheet(picture, forms, choice);
      if (located.kind === 'refused') return located;
      const found = performance.now();
      const { form, page, toPhoto } = located;
      const byHand = located.kind === 'outlined';
      const figures = byHand ? [] : page.figures;
      const seen = figures.map((figure) => lookAt(picture.full, figure, toPhoto));
      const inputs = seen
        .flatMap(({ figure, totals }) => [...figure.boxes, ...totals.flatMap(({ boxes }) => boxes)])
        .map((box) => cleanBox(cutBox(picture.full, box, toPhoto)).input);
      const cleaned = performance.now();
      const readings = await model.read(inputs);
      const read = performance.now();
      const evidence = evidenceOf(seen, readings, await readAllWords(figures, picture.full, toPhoto, words));
      const spelt = performance.now();
      const pictures = drawPictures(picture.full, form.sheet, figures, toPhoto);
      const ms = {
        decode: decoded - started,
        page: found - decoded,
        boxes: cleaned - found,
        digits: read - cleaned,
        words: spelt - read,
        pictures: performance.now() - spelt,
      };
      const quality = byHand ? null : located.quality;
      const known = { form: form.id, page: page.number, quality, ...(byHand ? ({ byHand } as const) : {}) };
      return { kind: 'read', ...known, evidence, ...pictures, ms };
    },
  };
}

/** What stands beside the boxes of a figure, and the row totals of its tally, whose boxes are read with the others. */
interface SeenFigure {
  readonly figure: Figure;
  readonly beside: Pick<FigureEvidence, 'bubbles' | 'signatures'>;
  /** Null where there is no grid, or nothing to be seen in it. */
  readonly grid: GridSight | null;
  readonly totals: readonly { readonly row: number; readonly boxes: readonly Rect[] }[];
}

function lookAt(photo: Gray, figure: Figure, toPhoto: ToPhoto): SeenFigure {
  const { bubbles, signatures, turus } = figure;
  const grid = turus ? seeTurus(photo, turus, toPhoto) : null;
  return {
    figure,
    beside: {
      ...(bubbles ? { bubbles: bubbles.map((column) => readBubbles(photo, column, toPhoto)) } : {}),
      ...(signatures ? { signatures: countSignatures(photo, signatures, toPhoto) } : {}),
    },
    grid,
    totals: grid ? usedRows(grid).map((row) => ({ row, boxes: turus?.rowTotals[row] ?? [] })) : [],
  };
}

/** What the rooms for words say, one after the other: the model has one thread. */
async function readAllWords(
  figures: readonly Figure[],
  photo: Gray,
  toPhoto: ToPhoto,
  model: WordsModel,
): Promise<ReadonlyMap<FigureId, WordsReading>> {
  const said = new Map<FigureId, WordsReading>();
  for (const { id, words, wordsNote } of figures) {
    if (words) said.set(id, await readWords(photo, { room: words, note: wordsNote ?? null }, toPhoto, model));
  }
  return said;
}

/** Deals the readings out in the order in which the boxes were cut. */
function evidenceOf(
  seen: readonly SeenFigure[],
  readings: readonly BoxReading[],
  said: ReadonlyMap<FigureId, WordsReading>,
): Readonly<Record<FigureId, FigureEvidence>> {
  const evidence: Record<FigureId, FigureEvidence> = {};
  let next = 0;
  const take = (count: number) => {
    next += count;
    return readings.slice(next - count, next);
  };
  for (const { figure, beside, grid, totals } of seen) {
    const boxes = take(figure.boxes.length);
    const byRow = new Map(totals.map(({ row, boxes }) => [row, take(boxes.length)]));
    const turus = grid ? { turus: countTurus(grid, byRow) } : {};
    const words = said.get(figure.id);
    evidence[figure.id] = { boxes, ...beside, ...turus, ...(words ? { words } : {}) };
  }
  return evidence;
}
