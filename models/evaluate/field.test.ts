import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DigitModel, loadDigitModel } from '#agent/read/digits.ts';
import { MODEL_FILE } from '#agent/read/model-file.ts';
import { sharedData } from '#test/shared-data.ts';
import { scoreBoxes } from './field-boxes.ts';
import { readFieldBoxes, readFieldForms } from './field-data.ts';
import { scorePages } from './field-pages.ts';
import { scoreRows } from './field-rows.ts';

const labels = sharedData('field/labels.csv');
const folder = labels === null ? '' : dirname(labels);

/** What the model card says of the development half of the field data, held with a little room. */
describe.skipIf(labels === null)('the shipped reader on real forms', () => {
  let model: DigitModel;
  beforeAll(async () => {
    model = await loadDigitModel(MODEL_FILE);
  });
  afterAll(() => model.close());

  it('reads single boxes of every source and is never sure of a wrong reading', async () => {
    const { scores } = await scoreBoxes(readFieldBoxes(folder), model);
    expect(scores.map(({ source }) => source)).toEqual(['A', 'B', 'C']);
    const sum = (of: (score: (typeof scores)[number]) => number) =>
      scores.reduce((total, score) => total + of(score), 0);
    expect(sum(({ digitsRight }) => digitsRight) / sum(({ digits }) => digits)).toBeGreaterThan(0.96);
    expect(sum(({ unusedRight }) => unusedRight) / sum(({ unused }) => unused)).toBeGreaterThan(0.99);
    expect(sum(({ acceptedWrong, spoiltAccepted }) => acceptedWrong + spoiltAccepted)).toBe(0);
  });

  it('asks every row that is left-aligned, has a gap, or holds a box with two digits', async () => {
    const rows = await scoreRows(readFieldBoxes(folder), model);
    expect(rows.some(({ unusual }) => unusual > 0)).toBe(true);
    for (const row of rows) expect(row).toMatchObject({ unusualAsked: row.unusual, wrong: [] });
  });

  it('finds every scan of C1-PPWP 2019 and accepts no wrong figure', async () => {
    const pages = await scorePages(folder, readFieldForms(folder), model);
    expect(pages.length).toBeGreaterThan(0);
    for (const page of pages) expect(page).toMatchObject({ refused: null, wrong: [] });
  });
});
