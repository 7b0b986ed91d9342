import type { ToPhoto } from '#agent/page/frames.ts';
import { type LocatedPage, locatePage } from '#agent/page/locate.ts';
import { decodePicture, type Gray, isPicture } from '#agent/page/picture.ts';
import type { PageRefusal } from '#agent/page/refusal.ts';
import { cutBox } from '#agent/read/box.ts';
import { cleanBox } from '#agent/read/clean-box.ts';
import type { DigitModel } from '#agent/read/digits.ts';
import { drawPictures } from '#agent/read/pictures.ts';
import type { Rect } from '#contract/form/definition.ts';
import { PRACTICE_SHEET, type PracticeRow, practiceForms } from '#contract/practice/practice-sheet.ts';
import { judgeRow, type RowVerdict } from './judge.ts';
import type { SeenBox } from './risk.ts';
import { shapeOf } from './shape.ts';

/** A practice sheet as one person filled it. It is shown and forgotten: no figure, no record, no store. */
export interface PracticeReading {
  readonly kind: 'practised';
  readonly rows: readonly PracticeRowReading[];
  /** JPEG of the line for the writer's name, which is never read by machine. */
  readonly name: Uint8Array;
}

export interface PracticeRowReading extends RowVerdict {
  /** A JPEG of each box with a little paper around, the leftmost first. */
  readonly pictures: readonly Uint8Array[];
}

/** Reads a photo of the practice sheet. Of an official form only the tag is looked at, and it is refused. */
export async function readPracticeSheet(jpeg: Uint8Array, model: DigitModel): Promise<PracticeReading | PageRefusal> {
  const picture = decodePicture(jpeg);
  if (!isPicture(picture)) return picture;
  const located = locatePage(picture, practiceForms(), null);
  if (located.kind === 'refused') return located;
  const { name, rows } = PRACTICE_SHEET;
  const boxesOf = ({ figure }: PracticeRow) => located.page.figures.find(({ id }) => id === figure)?.boxes ?? [];
  const pictureOf = cutOut(picture.full, located, [name, ...rows.flatMap(boxesOf)]);
  const judged: PracticeRowReading[] = [];
  for (const row of rows) {
    const boxes = boxesOf(row);
    const seen = await seenIn(picture.full, boxes, located.toPhoto, model);
    judged.push({ ...judgeRow(row.character, seen), pictures: boxes.map(pictureOf) });
  }
  return { kind: 'practised', rows: judged, name: pictureOf(name) };
}

async function seenIn(
  photo: Gray,
  boxes: readonly Rect[],
  toPhoto: ToPhoto,
  model: DigitModel,
): Promise<readonly SeenBox[]> {
  const cleaned = boxes.map((box) => cleanBox(cutBox(photo, box, toPhoto)));
  const readings = await model.read(cleaned.map(({ input }) => input));
  return cleaned.map(({ ink, input }, i) => ({ reading: readings[i] ?? [], ink, shape: shapeOf(input) }));
}

/** A JPEG of each area of the sheet (mm), with a little paper around. */
function cutOut(photo: Gray, { form, toPhoto }: LocatedPage, areas: readonly Rect[]): (area: Rect) => Uint8Array {
  const idOf = ([x, y]: Rect) => `${x}-${y}`;
  const figures = areas.map((area) => ({ id: idOf(area), label: 'potongan', boxes: [area], guideDots: false }));
  const { cutouts } = drawPictures(photo, form.sheet, figures, toPhoto);
  return (area) => cutouts[idOf(area)] ?? new Uint8Array();
}
