import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { loadDigitModel } from '#agent/read/digits.ts';
import { MODEL_FILE } from '#agent/read/model-file.ts';
import { BOX_CLASSES } from '#agent/tally/evidence.ts';
import { drawExample, FORM_MIX } from '#models/train/cell-input.ts';
import { randomOf } from '#synthesis/random.ts';
import { binsOf, type Judged, reliabilityDiagram } from './reliability-diagram.ts';

/**
 * Whether the digit model's probabilities mean what they say, on boxes by hands and fonts it was not
 * trained on, in the mix of real forms: prints the table and draws the diagram of the model card.
 */
const { values: options } = parseArgs({
  options: {
    count: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '1' },
    svg: { type: 'string', default: 'models/reliability.svg' },
    model: { type: 'string', default: MODEL_FILE },
  },
});

/** Boxes drawn and read at once. */
const BATCH = 500;

const model = await loadDigitModel(options.model);
const random = randomOf(`reliability/${options.seed}`);
const judged: Judged[] = [];
while (judged.length < Number(options.count)) {
  const examples = Array.from({ length: BATCH }, () => drawExample('test', FORM_MIX, random));
  const readings = await model.read(examples.map(({ input }) => input));
  examples.forEach(({ label }, i) => {
    const reading = readings[i] ?? [];
    const probability = Math.max(...reading);
    judged.push({ probability, right: reading.indexOf(probability) === label });
  });
}
await model.close();

const bins = binsOf(judged);
console.log(`${judged.length} boxes, ${BOX_CLASSES.length} classes`);
for (const { from, to, count, said, wrong, low, high } of bins) {
  console.log(
    `wrong by its own word ${percent(from)} to ${percent(to)}: ${count} boxes, says ${percent(said)}, is ${percent(wrong / count)}`,
    `(95 % between ${percent(low)} and ${percent(high)})`,
  );
}
for (const from of [0.9, 0.97, 0.98, 0.99, 0.995, 0.999]) {
  const sure = judged.filter(({ probability }) => probability >= from);
  const wrong = sure.filter(({ right }) => !right).length;
  console.log(
    `read with ${from} or more: ${percent(sure.length / judged.length)} of the boxes, ${wrong} of ${sure.length} wrong: ${percent(wrong / sure.length)}`,
  );
}
writeFileSync(options.svg, reliabilityDiagram(bins, judged.length));

function percent(share: number): string {
  return `${(100 * share).toPrecision(3)} %`;
}
