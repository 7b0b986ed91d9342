import type { Character, PracticeSheet } from '#contract/practice/practice-sheet.ts';
import { takePhoto } from './camera/camera.ts';
import type { Conditions } from './camera/conditions.ts';
import { drawConditions } from './camera/draw-conditions.ts';
import { fillBox } from './hand/fill-box.ts';
import type { Filling, Reach } from './hand/filling.ts';
import { writeWords } from './hand/words.ts';
import type { Writer } from './hand/writer.ts';
import { rasterPage } from './print.ts';
import { randomOf } from './random.ts';
import { writeSheet } from './sheet.ts';

export interface PracticePhotoRequest {
  readonly sheet: PracticeSheet;
  /** The sheet's PDF at true scale. */
  readonly pdf: Uint8Array;
  readonly writer: Writer;
  /** What is written on the name's line. */
  readonly name: string;
  /** Whether digits keep inside their frames. */
  readonly reach: Reach;
  /** The rows that are filled; the others stay empty. */
  readonly written: readonly Character[];
  readonly seed: string;
  /** Long side of the photo, px. */
  readonly longSide: number;
  /** Conditions that must be as given; the rest is that of the kit's camera on its stand. */
  readonly fixed: Partial<Conditions>;
}

/** A practice sheet as one person fills it, photographed: a JPEG. The same request gives the same bytes. */
export function photographPractice(request: PracticePhotoRequest): Uint8Array {
  const { sheet, writer, reach, written } = request;
  const { form } = sheet;
  const [page] = form.pages;
  if (!page) throw new Error(`${form.id} has no page`);
  const random = randomOf(request.seed);
  const drawn = drawConditions('good', request.longSide, form.sheet, random.fork('conditions'));
  const conditions: Conditions = { ...drawn, ...request.fixed };
  const pxPerMm = Math.ceil((2 * request.longSide) / form.sheet.height) / 2;
  const print = rasterPage(request.pdf, page.number, form.sheet, pxPerMm);
  const paper = writeSheet({ form, page, print, filled: null }, random);
  const context = paper.canvas.getContext('2d');
  context.setTransform(pxPerMm, 0, 0, pxPerMm, 0, 0);
  writeWords(context, request.name, sheet.name, writer, random.fork('name'));
  sheet.rows.forEach(({ character }, row) => {
    if (!written.includes(character)) return;
    page.figures[row]?.boxes.forEach((box, i) => {
      const place = { box, guide: null };
      fillBox(context, fillingOf(character, reach), place, writer, random.fork(`${character} ${i}`));
    });
  });
  return takePhoto(paper, form, page.number, conditions, random.fork('photo')).jpeg;
}

function fillingOf(character: Character, reach: Reach): Filling {
  return character === 'X' ? { kind: 'unused', how: 'cross' } : { kind: 'digit', digit: Number(character), reach };
}
