import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadDigitModel } from '#agent/read/digits.ts';
import { MODEL_FILE } from '#agent/read/model-file.ts';
import { CERTAIN_BOX } from '#agent/tally/thresholds.ts';
import { type BoxScores, scoreBoxes } from './field-boxes.ts';
import { readFieldBoxes, readFieldForms } from './field-data.ts';
import { type PageScore, scorePages } from './field-pages.ts';
import { type RowScore, scoreRows } from './field-rows.ts';

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

if (!existsSync(join(options.data, 'labels.csv'))) {
  console.error(
    `${options.data} holds no labels.csv: give a folder laid out like the field data (boxes, forms, pages)`,
  );
  process.exit(66);
}

const model = await loadDigitModel(options.model);
const data = readFieldBoxes(options.data);
const boxes = await scoreBoxes(data, model);
const rows = await scoreRows(data, model);
const pages = await scorePages(options.data, readFieldForms(options.data), model);
if (options.json) {
  const { scores: sources, mistakes } = boxes;
  console.log(
    JSON.stringify({ model: model.sha256, accept: CERTAIN_BOX, sources, mistakes, rows, pages: summaryOf(pages) }),
  );
} else {
  printBoxes(boxes);
  printRows(rows);
  printPages(pages);
}
await model.close();

function printBoxes({ scores, mistakes }: BoxScores): void {
  console.log(
    `source  digits right       unused right       spoilt accepted  accepted >= ${CERTAIN_BOX.toFixed(3)}  wrong among accepted`,
  );
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

function printRows(rows: readonly RowScore[]): void {
  console.log('figures by their boxes alone');
  for (const { source, usual, accepted, unusual, unusualAsked, wrong } of rows) {
    console.log(
      `  ${source}: ${accepted} of ${usual} usual ones accepted, ${unusualAsked} of ${unusual} unusual ones asked, ${wrong.length} wrong`,
    );
    for (const row of wrong) console.log(`    ${row}`);
  }
}

function printPages(pages: readonly PageScore[]): void {
  const { found, accepted, asked, wrong } = summaryOf(pages);
  console.log(
    `pages: ${found} of ${pages.length} found; figures: ${accepted} accepted, ${asked} asked, ${wrong} wrong among accepted`,
  );
  for (const { form, refused, wrong: figures } of pages) {
    if (refused) console.log(`  ${form} refused: ${refused}`);
    for (const figure of figures) console.log(`  ${form} ${figure}`);
  }
}

/** Pages found and refused; of the found ones the figures accepted, asked, and wrong among the accepted. */
function summaryOf(each: readonly PageScore[]) {
  const sum = (count: (page: PageScore) => number) => each.reduce((total, page) => total + count(page), 0);
  return {
    found: sum(({ refused }) => (refused === null ? 1 : 0)),
    refused: sum(({ refused }) => (refused === null ? 0 : 1)),
    accepted: sum(({ accepted }) => accepted),
    asked: sum(({ asked }) => asked),
    wrong: sum(({ wrong }) => wrong.length),
    each,
  };
}

function share(part: number, whole: number): string {
  const percent = whole === 0 ? '-' : `${((100 * part) / whole).toFixed(2)} %`;
  return `${part}/${whole} ${percent}`.padEnd(17);
}
