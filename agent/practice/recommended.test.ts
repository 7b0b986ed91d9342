import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DigitModel, loadDigitModel } from '#agent/read/digits.ts';
import { MODEL_FILE } from '#agent/read/model-file.ts';
import { CHARACTERS } from '#contract/practice/practice-sheet.ts';
import { RECOMMENDED_SHAPES } from '#contract/practice/recommended-shapes.ts';
import { judgeRow } from './judge.ts';
import { shapeOf } from './shape.ts';
import { drawnBox } from './testing/drawn-box.ts';

let model: DigitModel;
beforeAll(async () => {
  model = await loadDigitModel(MODEL_FILE);
});
afterAll(() => model.close());

test.each(CHARACTERS)('who writes %s exactly as recommended, in three sizes, is told nothing', async (character) => {
  const boxes = [0.5, 0.65, 0.75].map((height) => drawnBox(RECOMMENDED_SHAPES[character], height));
  const readings = await model.read(boxes.map(({ input }) => input));
  const seen = boxes.map(({ ink, input }, i) => ({ reading: readings[i] ?? [], ink, shape: shapeOf(input) }));
  expect(judgeRow(character, seen)).toMatchObject({ verdict: 'aman', written: 3 });
});
