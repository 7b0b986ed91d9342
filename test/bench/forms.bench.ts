import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { shippedForms } from '#contract/forms.ts';
import { formPdf } from '#provisioning/paper/form-pdf.ts';
import { SEVERITIES } from '#synthesis/camera/conditions.ts';
import { sharedData } from '#test/shared-data.ts';
import { readAll } from './read-all.ts';
import { printTable } from './table.ts';
import type { TpsScore, TpsTask } from './tps.ts';
import { figuresOf, PAGE_COLUMNS, pageColumns, printFaults, refusals } from './tps-report.ts';

/**
 * Reads whole forms, filled by the synthesiser and photographed by the simulated camera, and counts
 * what was found, refused, accepted, asked and wrong.
 *
 *   node test/bench/forms.bench.ts [--form c-hasil-ppwp-2024] [--pages 200] [--seeds 3] [--care ordinary]
 *
 * The official form's own PDF is the paper where the shared data is there, else our print of it.
 */
const { values } = parseArgs({
  options: {
    form: { type: 'string', default: 'c-hasil-ppwp-2024' },
    pages: { type: 'string', default: '200' },
    seeds: { type: 'string', default: '3' },
    care: { type: 'string', default: 'ordinary' },
    processes: { type: 'string', default: '2' },
  },
});

const OFFICIAL = 'c-hasil-ppwp-2024';

const folder = mkdtempSync(join(tmpdir(), 'tps-kit-bench-'));
const form = shippedForms().byId(values.form);
if (!form) throw new Error(`there is no form ${values.form}`);
const official = form.id === OFFICIAL ? sharedData('forms/c-hasil-ppwp-2024.pdf') : null;
const paper = official ?? join(folder, 'form.pdf');
if (!official) writeFileSync(paper, await formPdf(form));

const perSeed = Math.ceil(Number(values.pages) / form.pages.length);
const tasks = Array.from({ length: Number(values.seeds) }, (_, seed) =>
  Array.from({ length: perSeed }, (_, tps): TpsTask => {
    const severity = SEVERITIES[tps % SEVERITIES.length] ?? 'fair';
    const care = values.care === 'careful' || values.care === 'careless' ? values.care : 'ordinary';
    return {
      form: form.id,
      paper,
      seed: `bench ${seed + 1} tps ${tps + 1}`,
      split: 'test',
      severity,
      care,
      longSide: 4000,
    };
  }),
).flat();

const scores: TpsScore[] = [];
const died = await readAll(tasks, Number(values.processes), (score) => scores.push(score));
rmSync(folder, { recursive: true });
report(scores);
for (const seed of died) console.log(`the reading process died of ${seed}`);
if (died.length > 0) process.exitCode = 1;

function report(all: readonly TpsScore[]): void {
  const groups: (readonly [string, readonly TpsScore[]])[] = [
    ...Array.from({ length: Number(values.seeds) }, (_, seed) => {
      return [`seed ${seed + 1}`, all.filter(({ task }) => task.seed.startsWith(`bench ${seed + 1} `))] as const;
    }),
    ...SEVERITIES.map((severity) => [severity, all.filter(({ task }) => task.severity === severity)] as const),
    ['all', all],
  ];
  printTable(
    `${values.form}, ${official ? 'official print' : 'our print'}, filled (${values.care}) and photographed at 12 megapixels`,
    ['', ...PAGE_COLUMNS, 'figures', 'accepted', 'questions', 'wrong'],
    groups.map(([name, group]) => {
      const { figures, accepted, questions, wrong } = figuresOf(group, 'all sources');
      return [name, ...pageColumns(group), figures, accepted, questions, wrong];
    }),
  );
  printFaults(all, ['all sources']);
  console.log(refusals(all));
}
