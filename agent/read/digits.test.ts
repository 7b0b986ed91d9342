import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BOX_CLASSES } from '#agent/tally/evidence.ts';
import { drawExample, type Example, FORM_MIX } from '#models/train/cell-input.ts';
import { randomOf } from '#synthesis/random.ts';
import { type DigitModel, loadDigitModel } from './digits.ts';
import { MODEL_FILE } from './model-file.ts';

/** Boxes by hands and fonts the model was not trained on. */
const random = randomOf('digits.test');
const examples: readonly Example[] = Array.from({ length: 1000 }, () => drawExample('test', FORM_MIX, random));

describe('the shipped digit model', () => {
  let model: DigitModel;
  beforeAll(async () => {
    model = await loadDigitModel(MODEL_FILE);
  });
  afterAll(() => model.close());

  const read = (some: readonly Example[]) => model.read(some.map(({ input }) => input));

  it('reads boxes of unknown hands', async () => {
    const readings = await read(examples);
    const right = readings.filter((reading, i) => reading.indexOf(Math.max(...reading)) === examples[i]?.label);
    expect(right.length / examples.length).toBeGreaterThan(0.96);
  });

  it('gives one probability a class, which sum to one', async () => {
    for (const reading of await read(examples.slice(0, 70))) {
      expect(reading).toHaveLength(BOX_CLASSES.length);
      expect(reading.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 4);
    }
  });

  it('answers the same every time, for a box alone as for a page of boxes', async () => {
    const some = examples.slice(0, 66);
    const together = await read(some);
    expect(await read(some)).toEqual(together);
    for (const [i, example] of some.slice(0, 5).entries()) {
      const [alone] = await read([example]);
      alone?.forEach((p, c) => {
        expect(p).toBeCloseTo(together[i]?.[c] ?? -1, 5);
      });
    }
  });

  it('reads no boxes as no readings', async () => {
    expect(await read([])).toEqual([]);
  });

  it('names its file by digest', () => {
    expect(model.sha256).toMatch(/^[0-9a-f]{64}$/);
  });
});
