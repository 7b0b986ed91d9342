import { Tensor } from 'onnxruntime-node';
import { openOnnx } from './onnx-file.ts';
import { WORDS_CLASSES } from './words-alphabet.ts';
import type { WordsOutput } from './words-decode.ts';
import { STRIP_HEIGHT, type WordsStrip } from './words-strip.ts';

export { WORDS_MODEL_FILE } from './model-file.ts';

/** Spells lines of writing. The same strip gives the same output. */
export interface WordsModel {
  spell(strip: WordsStrip): Promise<WordsOutput>;
  /** sha256 of the model file. */
  readonly sha256: string;
  close(): Promise<void>;
}

export async function loadWordsModel(file: string): Promise<WordsModel> {
  const { session, sha256 } = await openOnnx(file);
  return {
    sha256,
    async spell({ width, dark }) {
      const strip = new Tensor('float32', dark, [1, 1, STRIP_HEIGHT, width]);
      const output = (await session.run({ strip }))['log_probabilities'];
      if (!(output?.data instanceof Float32Array)) throw new Error('the words model gives no probabilities');
      return { steps: output.data.length / WORDS_CLASSES.length, logProbabilities: output.data };
    },
    close: () => session.release(),
  };
}
