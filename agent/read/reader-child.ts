import { encodeYuyv } from '#agent/page/yuyv.ts';
import { shippedForms } from '#contract/forms.ts';
import { loadDigitModel } from './digits.ts';
import { pageReader } from './reader.ts';
import type { SeeingRequest } from './reader-process.ts';
import { loadWordsModel, WORDS_MODEL_FILE } from './words-model.ts';

/** The seeing process: does what each message asks and answers with one message. Anything unexpected ends it. */
const [modelFile] = process.argv.slice(2);
if (!modelFile || !process.send) throw new Error('this is started by reader-process.ts');

const models = [loadDigitModel(modelFile), loadWordsModel(WORDS_MODEL_FILE)] as const;
const [digits, words] = await Promise.all(models).catch((error: Error) => {
  console.error(`reader: ${error.message}`);
  process.exit(1);
});
const reader = pageReader(shippedForms(), digits, words);
process.on('message', async (request: SeeingRequest) => {
  process.send?.(request.do === 'read' ? await reader.read(request.jpeg, request.choice) : encodeYuyv(request.frame));
  // A decoded photo is 12 MB outside the heap, which the collector does not feel: a kit has little memory.
  globalThis.gc?.();
});
process.on('disconnect', () => process.exit(0));
