import { parseArgs } from 'node:util';
import { WORDS_CALIBRATION } from '#agent/read/words-decode.ts';
import { loadWordsModel, WORDS_MODEL_FILE } from '#agent/read/words-model.ts';
import type { Wording } from '#synthesis/worded-number.ts';
import { numberOf } from './field-data.ts';
import { readFieldWords } from './field-words.ts';
import { drawSamples } from './words-samples.ts';
import { calibrationOf, fitCalibration, judgeSamples, scoreOf } from './words-scores.ts';

/**
 * Reads number words in handwriting fonts no model was trained on, with the shipped model; with --fit
 * says which calibration would surprise least (on samples of its own), with --data reads the whole
 * pages of a folder laid out like the team's field data.
 */
const { values: options } = parseArgs({
  options: {
    count: { type: 'string', default: '1000' },
    accept: { type: 'string', default: '0.99' },
    model: { type: 'string', default: WORDS_MODEL_FILE },
    fit: { type: 'boolean', default: false },
    data: { type: 'string' },
  },
});

const WORDINGS: readonly (Wording | null)[] = [
  null,
  'plain',
  'misspelt',
  'spaced',
  'named',
  'struck',
  'jumbled',
  'empty',
];
const accept = Number(options.accept);
const model = await loadWordsModel(options.model);
if (options.fit) console.log(fitCalibration(await drawSamples(model, null, Number(options.count), 'fit')));
else if (options.data) await printField(options.data);
else await printSynthetic(Number(options.count));
await model.close();

async function printSynthetic(count: number): Promise<void> {
  console.log(`wording     lines  number right  accepted >= ${accept}  wrong among accepted`);
  for (const wording of WORDINGS) {
    const samples = await drawSamples(model, wording, wording ? Math.ceil(count / 5) : count, 'measure');
    const judgements = judgeSamples(samples, WORDS_CALIBRATION);
    const { lines, right, accepted, wrong } = scoreOf(judgements, accept);
    const name = (wording ?? 'as mixed').padEnd(10);
    console.log(`${name}  ${String(lines).padStart(5)}  ${share(right, lines)}  ${share(accepted, lines)}  ${wrong}`);
    if (wording === null) printCalibration(calibrationOf(judgements));
  }
}

function printCalibration(rows: ReturnType<typeof calibrationOf>): void {
  for (const { from, count, says, right } of rows) {
    if (count > 0) console.log(`  from ${from}: ${count} lines, say ${says.toFixed(4)}, right ${right.toFixed(4)}`);
  }
}

async function printField(folder: string): Promise<void> {
  const read = await readFieldWords(folder, model);
  const judged = read.flatMap(({ form, figure, digits, reading }) => {
    const [best] = reading.candidates;
    const said = best ? `${best.value} (${best.probability.toFixed(3)})` : 'nothing';
    console.log(`${form} ${figure.padEnd(16)} digits ${digits}  words ${said}`);
    return best ? [{ right: best.value === numberOf(digits), probability: best.probability }] : [];
  });
  const wrong = judged.filter(({ right }) => !right).map(({ probability }) => probability);
  const sure = judged.filter(({ probability }) => probability >= 0.9);
  console.log(
    `${read.length} rooms, ${judged.length} not silent, ${judged.length - wrong.length} of these right; ` +
      `${sure.length} said with 0.9 or more, ${sure.filter(({ right }) => right).length} of these right; ` +
      `no wrong one with more than ${Math.max(0, ...wrong).toFixed(2)}`,
  );
}

function share(part: number, whole: number): string {
  return `${part} (${((100 * part) / whole).toFixed(1)} %)`.padEnd(14);
}
