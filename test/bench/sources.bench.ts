import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadDigitModel } from '#agent/read/digits.ts';
import { MODEL_FILE } from '#agent/read/model-file.ts';
import { loadWordsModel, WORDS_MODEL_FILE } from '#agent/read/words-model.ts';
import { ASK_REASONS } from '#agent/tally/accept.ts';
import { shippedForms } from '#contract/forms.ts';
import { formPdf } from '#provisioning/paper/form-pdf.ts';
import { SEVERITIES } from '#synthesis/camera/conditions.ts';
import { CARES } from '#synthesis/care.ts';
import { printConditions } from './conditions-drawn.ts';
import { openJournal } from './journal.ts';
import { readAll } from './read-all.ts';
import { SOURCES_LEFT } from './sources-left.ts';
import { printTable } from './table.ts';
import type { TpsScore, TpsTask } from './tps.ts';
import { figuresOf, PAGE_COLUMNS, pageColumns, percent, printFaults, refusals } from './tps-report.ts';

/**
 * What each source adds: whole forms, written and photographed by the synthesiser and read page by page
 * by the real reader, decided with all sources and with one of them left out.
 *
 *   node test/bench/sources.bench.ts [--forms 90] [--jobs 2] [--seed TEXT] [--split test] [--long-side 2028]
 *     [--out out/sources.jsonl]
 *
 * Photos of 2028 px are those of the kit's camera at half resolution. With --out every form is kept as it
 * is read: the same call again, or with more forms, goes on from there.
 */
const { values } = parseArgs({
  options: {
    forms: { type: 'string', default: '90' },
    jobs: { type: 'string', default: String(availableParallelism()) },
    seed: { type: 'string', default: 'sources' },
    split: { type: 'string', default: 'test' },
    'long-side': { type: 'string', default: '2028' },
    out: { type: 'string' },
  },
});
const forms = Number(values.forms);
const longSide = Number(values['long-side']);
const split = values.split === 'train' ? 'train' : 'test';
const form = shippedForms().byId('c-hasil-kwk-gubernur');
if (!form) throw new Error('the Governor form is missing');

const journal = openJournal(values.out ?? null, {
  ...{ form: form.id, seed: values.seed, split, longSide },
  digits: (await loadDigitModel(MODEL_FILE)).sha256,
  words: (await loadWordsModel(WORDS_MODEL_FILE)).sha256,
});
const folder = mkdtempSync(join(tmpdir(), 'tps-kit-bench-'));
const paper = join(folder, 'form.pdf');
writeFileSync(paper, await formPdf(form));

const seeds = Array.from({ length: forms }, (_, tps) => `${values.seed} ${tps}`);
const known = new Set(journal.scores.map(({ task }) => task.seed));
const tasks = seeds.flatMap((seed, tps): readonly TpsTask[] => {
  const severity = SEVERITIES[tps % SEVERITIES.length] ?? 'fair';
  const care = CARES[Math.floor(tps / SEVERITIES.length) % CARES.length] ?? 'ordinary';
  return known.has(seed) ? [] : [{ form: form.id, paper, seed, split, severity, care, longSide }];
});
const started = performance.now();
const died = await readAll(tasks, Number(values.jobs), noted);
rmSync(folder, { recursive: true });

const bySeed = new Map(journal.scores.map((score) => [score.task.seed, score]));
const all = seeds.flatMap((seed) => bySeed.get(seed) ?? []);
const kinds: readonly (readonly [string, readonly TpsScore[]])[] = [
  ...SEVERITIES.map(
    (severity) => [`${severity} photos`, all.filter(({ task }) => task.severity === severity)] as const,
  ),
  ...CARES.map((care) => [`${care} writers`, all.filter(({ task }) => task.care === care)] as const),
];
const groups = kinds.filter(([, scores]) => scores.length > 0);
printDecided(`whole forms ${form.id}, a third each of every kind of photo and of writer`, [['all', all]]);
printDecided('the same by photo and by writer', groups);
printReasons();
printTable(
  'pages',
  ['', ...PAGE_COLUMNS],
  [...groups, ['all', all] as const].map(([name, scores]) => [name, ...pageColumns(scores)]),
);
for (const [name, scores] of groups) console.log(`${name}: ${refusals(scores)}`);
printTallies();
printConditions(form, all);
console.log(
  '\na form again: node synthesis/make.ts --seed SEED --split SPLIT --severity S --care C --long-side PX --out DIR',
);
printFaults(all, SOURCES_LEFT);
for (const seed of died) console.log(`the reading process died of ${seed}`);
if (died.length > 0) process.exitCode = 1;

function noted(score: TpsScore): void {
  journal.add(score);
  const done = journal.scores.length - known.size;
  if (done % 100 !== 0) return;
  const each = (performance.now() - started) / done;
  console.error(
    `${done} of ${tasks.length} forms, ${Math.round((each * (tasks.length - done)) / 60_000)} minutes left`,
  );
}

function printDecided(title: string, of: typeof groups): void {
  const rows = of.flatMap(([name, scores]) =>
    SOURCES_LEFT.map((left) => {
      const { figures, accepted, asked, wrong } = figuresOf(scores, left);
      return [name, left, scores.length, figures, accepted, (asked / scores.length).toFixed(2), wrong];
    }),
  );
  printTable(title, ['forms', 'sources', 'number', 'figures', 'accepted', 'asked a form', 'wrong'], rows);
}

function printReasons(): void {
  const rows = ASK_REASONS.map((reason) => [
    reason,
    ...groups.map(([, scores]) => {
      const asked = scores.flatMap(({ decided }) => Object.values(decided['all sources'].asked));
      const count = asked.filter((reasons) => reasons.includes(reason)).length;
      return percent(count, figuresOf(scores, 'all sources').figures);
    }),
  ]);
  const clear = groups.map(([, scores]) => {
    const asked = scores.flatMap(({ decided }) => Object.values(decided['all sources'].asked));
    const onlyMargin = asked.filter((reasons) => reasons.every((reason) => reason === 'margin')).length;
    const { figures } = figuresOf(scores, 'all sources');
    return percent(figures - asked.length, figures - asked.length + onlyMargin);
  });
  printTable(
    'figures asked with all sources, by reason; some have several',
    ['', ...groups.map(([name]) => name)],
    [...rows, ['accepted of those with no reason but the margin', ...clear]],
  );
}

/** How far the tally by itself can be believed: against the strokes that are on the paper. */
function printTallies(): void {
  const tallies = all.flatMap((score) => score.tallies);
  const count = (of: typeof tallies, is: 'named' | 'wrong' | 'against') => of.filter((tally) => tally[is]).length;
  printTable(
    'tallies by themselves; named: one number is preferred ten to one; against: the strokes that are there are not',
    ['tally', 'seen', 'named', 'named wrong', 'against'],
    [false, true].map((struck) => {
      const of = tallies.filter((tally) => tally.struck === struck);
      return [
        struck ? 'with a struck cell' : 'plain',
        of.length,
        count(of, 'named'),
        count(of, 'wrong'),
        count(of, 'against'),
      ];
    }),
  );
}
