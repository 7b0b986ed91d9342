import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UNUSED } from '#agent/tally/evidence.ts';
import { shippedForms } from '#contract/forms.ts';
import { sharedData } from '#test/shared-data.ts';
import { type DigitModel, loadDigitModel } from './digits.ts';
import { MODEL_FILE } from './model-file.ts';
import { type PageReader, pageReader } from './reader.ts';
import { loadWordsModel, WORDS_MODEL_FILE, type WordsModel } from './words-model.ts';

describe.each(['a', 'b'])('the official blank form on a screen, photo %s', (photo) => {
  const file = sharedData(`official-photos/ppwp-2024-page1-phone-${photo}.jpg`);
  let model: DigitModel;
  let words: WordsModel;
  let reader: PageReader;
  beforeAll(async () => {
    model = await loadDigitModel(MODEL_FILE);
    words = await loadWordsModel(WORDS_MODEL_FILE);
    reader = pageReader(shippedForms(), model, words);
  });
  afterAll(() => Promise.all([model.close(), words.close()]));

  it.skipIf(file === null)('reads as page 1 with unused boxes, and gives the pictures a person needs', async () => {
    const reading = await reader.read(readFileSync(file ?? ''), null);
    if (reading.kind === 'refused') throw new Error(`refused: ${reading.code}`);
    expect([reading.form, reading.page]).toEqual(['c-hasil-ppwp-2024', 1]);
    expect(reading.quality?.seen).toBeGreaterThan(0.9);
    const boxes = Object.values(reading.evidence).flatMap((figure) => figure.boxes);
    expect(boxes).toHaveLength(66);
    // On photo a the screen's pointer lies over a corner of one of them.
    expect(boxes.filter((box) => box.indexOf(Math.max(...box)) !== UNUSED)).toEqual([]);
    expect(boxes.flatMap((box) => box.slice(0, UNUSED)).filter((digit) => digit > 0.9)).toEqual([]);
    expect(Object.keys(reading.cutouts)).toEqual(Object.keys(reading.evidence));
    for (const jpeg of [reading.flattened, ...Object.values(reading.cutouts)]) {
      expect([jpeg[0], jpeg[1]]).toEqual([0xff, 0xd8]);
    }
  });
});
