import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { locatePage } from '#agent/page/locate.ts';
import { decodePicture, isPicture } from '#agent/page/picture.ts';
import { readWords } from '#agent/read/words.ts';
import type { WordsModel } from '#agent/read/words-model.ts';
import type { WordsReading } from '#agent/tally/evidence.ts';
import { shippedForms } from '#contract/forms.ts';
import { readFieldForms } from './field-data.ts';
import { FIELD_FIGURES, FIELD_FORM, FIELD_SOURCE } from './field-pages.ts';

/** The words of one figure on a real page, beside its digits as a person read them. */
export interface FieldWords {
  readonly form: string;
  readonly figure: string;
  /** One character a box. Whether there are words at all is for the eye: the labels do not say. */
  readonly digits: string;
  readonly reading: WordsReading;
}

/** Reads the words on the whole pages of the form whose definition ships. */
export async function readFieldWords(folder: string, model: WordsModel): Promise<readonly FieldWords[]> {
  const found: FieldWords[] = [];
  for (const { form, figures } of readFieldForms(folder).filter(({ source }) => source === FIELD_SOURCE)) {
    const file = join(folder, 'pages', `${form}.jpg`);
    if (!existsSync(file)) continue;
    const picture = decodePicture(readFileSync(file));
    if (!isPicture(picture)) continue;
    const located = locatePage(picture, shippedForms(), { form: FIELD_FORM, page: 1 });
    if (located.kind === 'refused') continue;
    for (const [name, id] of Object.entries(FIELD_FIGURES)) {
      const { words, wordsNote } = located.page.figures.find((figure) => figure.id === id) ?? {};
      if (!words) continue;
      const place = { room: words, note: wordsNote ?? null };
      const reading = await readWords(picture.full, place, located.toPhoto, model);
      found.push({ form, figure: id, digits: figures[name] ?? '', reading });
    }
  }
  return found;
}
