import type { ToPhoto } from '#agent/page/frames.ts';
import { locatePage } from '#agent/page/locate.ts';
import type { Gray } from '#agent/page/picture.ts';
import { decodePicture, isPicture } from '#agent/page/picture.ts';
import type { PageRefusal } from '#agent/page/refusal.ts';
import type { BoxReading, FigureEvidence } from '#agent/tally/evidence.ts';
import type { Figure, FigureId, FormPage } from '#contract/form/definition.ts';
import type { FormRegistry } from '#contract/form/registry.ts';
import { cutBox } from './box.ts';
import { readBubbles } from './bubbles.ts';
import { cleanBox } from './clean-box.ts';
import type { DigitModel } from './digits.ts';
import { drawPictures } from './pictures.ts';
import type { PageChoice, PageReading } from './reading.ts';

/** Reads pages in this process; `startReader` does it in another, which is what the agent uses. */
export interface PageReader {
  /** `choice` names form and page where the sheet carries no tag; otherwise null. */
  read(jpeg: Uint8Array, choice: PageChoice | null): Promise<PageReading | PageRefusal>;
}

export function pageReader(forms: FormRegistry, model: DigitModel): PageReader {
  return {
    async read(jpeg, choice) {
      const started = performance.now();
      const picture = decodePicture(jpeg);
      if (!isPicture(picture)) return picture;
      const decoded = performance.now();
      const located = locatePage(picture, forms, choice);
      if (located.kind === 'refused') return located;
      const found = performance.now();
      const { form, page, toPhoto } = located;
      const inputs = page.figures.flatMap(({ boxes }) =>
        boxes.map((box) => cleanBox(cutBox(picture.full, box, toPhoto)).input),
      );
      const cleaned = performance.now();
      const readings = await model.read(inputs);
      const evidence = evidenceOf(page, readings, picture.full, toPhoto);
      const read = performance.now();
      const pictures = drawPictures(picture.full, form, page, toPhoto);
      const ms = {
        decode: decoded - started,
        page: found - decoded,
        boxes: cleaned - found,
        digits: read - cleaned,
        pictures: performance.now() - read,
      };
      return { kind: 'read', form: form.id, page: page.number, evidence, ...pictures, ms };
    },
  };
}

function evidenceOf(
  page: FormPage,
  readings: readonly BoxReading[],
  photo: Gray,
  toPhoto: ToPhoto,
): Readonly<Record<FigureId, FigureEvidence>> {
  const evidence: Record<FigureId, FigureEvidence> = {};
  let next = 0;
  for (const figure of page.figures) {
    const boxes = readings.slice(next, next + figure.boxes.length);
    next += figure.boxes.length;
    evidence[figure.id] = { boxes, ...bubblesOf(figure, photo, toPhoto) };
  }
  return evidence;
}

function bubblesOf({ bubbles }: Figure, photo: Gray, toPhoto: ToPhoto): Pick<FigureEvidence, 'bubbles'> {
  return bubbles ? { bubbles: bubbles.map((column) => readBubbles(photo, column, toPhoto)) } : {};
}
