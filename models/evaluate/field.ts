import { parseArgs } from 'node:util';
import { loadDigitModel } from '#agent/read/digits.ts';
import { MODEL_FILE } from '#agent/read/model-file.ts';
import { CERTAIN_MARGIN } from '#agent/tally/thresholds.ts';
import { type BoxScores, scoreBoxes } from './field-boxes.ts';
import { readFieldBoxes } from './field-data.ts';

/** A box is certain by itself when the odds of its reading reach the decoder's own margin. */
const ACCEPT = 1 / (1 + Math.exp(-CERTAIN_MARGIN));

const { values: options } = parseArgs({
  options: {
    data: { type: 'string' },
    json: { type: 'boolean', default: false },
    model: { type: 'string', default: MODEL_FILE },
  },
});
if (!options.data) {
  console.error('usage: evaluate:field -- --data DIR [--json] [--model FILE]');
  process.exit(2);
}

const model = await loadDigitModel(options.model);
const boxes = await scoreBoxes(readFieldBoxes(options.data), model, ACCEPT);
if (options.json) console.log(JSON.stringify({ model: model.sha256, accept: ACCEPT, boxes }, null, 2));
else printBoxes(boxes);
await model.close();

function printBoxes({ scores, mistakes }: BoxScores): void {
  console.log('source  digits right       unused right       spoilt accepted  accepted >= 0.999  wrong among accepted');
  for (const score of scores) {
    const all = score.digits + score.unused;
    console.log(
      [
        score.source.padEnd(6),
        share(score.digitsRight, score.digits),
        share(score.unusedRight, score.unused),
        `${score.spoiltAccepted} of ${score.spoilt}`.padEnd(15),
        share(score.accepted, all),
        String(score.acceptedWrong),
      ].join('  '),
    );
  }
  for (const { file, label, read, probability } of mistakes) {
    console.log(`  ${label} read as ${read} (${probability.toFixed(4)}) ${file.split('/').at(-1)}`);
  }
}

function share(part: number, whole: number): string {
  const percent = whole === 0 ? '-' : `${((100 * part) / whole).toFixed(2)} %`;
  return `${part}/${whole} ${percent}`.padEnd(17);
}
