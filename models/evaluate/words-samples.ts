import { type WordsWeight, weigh } from '#agent/read/words-decode.ts';
import type { WordsModel } from '#agent/read/words-model.ts';
import { drawWordsExample } from '#models/train/words-input.ts';
import { randomOf } from '#synthesis/random.ts';
import type { Wording } from '#synthesis/worded-number.ts';

/** A rendered room for words in a font no model was trained on, as the model sees it. */
export interface WordsSample {
  /** The number an honest reader takes from it; null for none. */
  readonly value: number | null;
  /** By slip; null where the reader finds nothing like letters. */
  readonly weigh: ((slip: number) => WordsWeight) | null;
}

/** Draws samples of one wording, or of the mix that is trained on (null). */
export async function drawSamples(
  model: WordsModel,
  wording: Wording | null,
  count: number,
  seed: string,
): Promise<readonly WordsSample[]> {
  const random = randomOf(`words/${wording ?? 'mix'}/${seed}`);
  const samples: WordsSample[] = [];
  for (let i = 0; i < count; i++) {
    const { strip, written } = drawWordsExample('test', wording, random);
    const output = strip && (await model.spell(strip));
    samples.push({ value: written.value, weigh: output && ((slip) => weigh(output, slip)) });
  }
  return samples;
}
