import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { locatePage } from '#agent/page/locate.ts';
import { decodePicture, isPicture } from '#agent/page/picture.ts';
import type { WordsReading } from '#agent/tally/evidence.ts';
import type { Figures } from '#contract/form/rules.ts';
import { shippedForms } from '#contract/forms.ts';
import { formPdf } from '#provisioning/paper/form-pdf.ts';
import { drawFigures } from '#synthesis/figures.ts';
import { photograph } from '#synthesis/photograph.ts';
import { randomOf } from '#synthesis/random.ts';
import type { Wording } from '#synthesis/worded-number.ts';
import { renderWords } from '#synthesis/words-line.ts';
import { readWords } from './words.ts';
import { loadWordsModel, WORDS_MODEL_FILE, type WordsModel } from './words-model.ts';

const forms = shippedForms();
const governor = forms.byId('c-hasil-kwk-gubernur');
if (!governor) throw new Error('the Governor form is missing');

let model: WordsModel;
beforeAll(async () => {
  model = await loadWordsModel(WORDS_MODEL_FILE);
});
afterAll(() => model.close());

/** The readings of page 2, beside what was written. */
async function readPage(seed: string, figures: Figures | null) {
  if (!governor) throw new Error('the Governor form is missing');
  const pdf = await formPdf(governor);
  const kind = { split: 'test', care: 'careful', severity: 'good', longSide: 3000, fixed: {} } as const;
  const picture = decodePicture(photograph({ form: governor, page: 2, pdf, figures, seed, ...kind }).jpeg);
  if (!isPicture(picture)) throw new Error(`refused: ${picture.code}`);
  const located = locatePage(picture, forms, null);
  if (located.kind === 'refused') throw new Error(`refused: ${located.code}`);
  const readings: { written: number | null; reading: WordsReading }[] = [];
  for (const { id, words } of located.page.figures) {
    if (!words) throw new Error(`${id} has no room for words`);
    const reading = await readWords(picture.full, { room: words, note: null }, located.toPhoto, model);
    readings.push({ written: figures?.get(id) ?? null, reading });
  }
  return readings;
}

/** Readings of rooms worded in this way, in fonts the model was not trained on. */
async function readRooms(wording: Wording, count: number): Promise<readonly WordsReading[]> {
  const readings: WordsReading[] = [];
  for (let i = 0; i < count; i++) {
    const { width, height, gray, room, toPicture } = renderWords(
      { split: 'test', wording },
      randomOf(`${wording} ${i}`),
    );
    readings.push(await readWords({ width, height, data: gray }, { room, note: null }, toPicture, model));
  }
  return readings;
}

describe('the words on page 2 of the Governor form', () => {
  it('are read in fonts the model was not trained on, and never surely wrong', async () => {
    const pages = await Promise.all(
      ['a', 'b', 'c'].map((seed) => readPage(seed, drawFigures(governor, randomOf(`words ${seed}`)))),
    );
    const read = pages.flat();
    const right = read.filter(({ written, reading }) => reading.candidates[0]?.value === written);
    expect(right.length).toBeGreaterThanOrEqual(read.length - 2);
    const surelyWrong = read.filter(({ written, reading: { candidates } }) =>
      candidates.some(({ value, probability }) => probability > 0.99 && value !== written),
    );
    expect(surelyWrong).toEqual([]);
  });

  it('say nothing where nothing is written', async () => {
    for (const { reading } of await readPage('blank', null)) {
      expect(reading).toEqual({ candidates: [], unlisted: 1 });
    }
  });
});

describe('words in a room', () => {
  it('say nothing certain where some are struck out', async () => {
    const certain = (await readRooms('struck', 40)).filter(
      ({ candidates }) => (candidates[0]?.probability ?? 0) > 0.99,
    );
    expect(certain.length).toBeLessThanOrEqual(1);
  });

  it('say nothing certain where they are no number', async () => {
    const certain = (await readRooms('jumbled', 40)).filter(
      ({ candidates }) => (candidates[0]?.probability ?? 0) > 0.99,
    );
    expect(certain.length).toBeLessThanOrEqual(1);
  });

  it('are read the same every time, with probabilities that sum to one', async () => {
    const readings = await readRooms('plain', 10);
    expect(await readRooms('plain', 10)).toEqual(readings);
    for (const { candidates, unlisted } of readings) {
      expect(candidates.reduce((sum, { probability }) => sum + probability, unlisted)).toBeCloseTo(1, 9);
    }
  });
});
