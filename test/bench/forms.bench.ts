import { fork } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { shippedForms } from '#contract/forms.ts';
import { formPdf } from '#provisioning/paper/form-pdf.ts';
import { SEVERITIES } from '#synthesis/camera/conditions.ts';
import { sharedData } from '#test/shared-data.ts';
import type { TpsScore, TpsTask } from './read-tps.ts';
import { printTable } from './table.ts';

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
    return { form: form.id, paper, seed: `bench ${seed + 1} tps ${tps + 1}`, severity, care };
  }),
).flat();

const scores = await readAll(tasks, Number(values.processes));
rmSync(folder, { recursive: true });
report(scores);

async function readAll(queue: readonly TpsTask[], processes: number): Promise<readonly TpsScore[]> {
  const waiting = [...queue];
  const done: TpsScore[] = [];
  await Promise.all(
    Array.from({ length: processes }, async () => {
      const child = fork(fileURLToPath(new URL('./read-tps.ts', import.meta.url)), { serialization: 'advanced' });
      for (let task = waiting.shift(); task; task = waiting.shift()) {
        const next = task;
        const score = await new Promise<TpsScore>((resolve, reject) => {
          child.once('message', (message) => resolve(message as TpsScore));
          child.once('exit', (code) => reject(new Error(`the reading process ended (${code}) at ${next.seed}`)));
          child.send(next);
        });
        child.removeAllListeners('exit');
        done.push(score);
      }
      child.disconnect();
    }),
  );
  return done;
}

function report(all: readonly TpsScore[]): void {
  const groups: (readonly [string, readonly TpsScore[]])[] = [
    ...Array.from({ length: Number(values.seeds) }, (_, seed) => {
      return [`seed ${seed + 1}`, all.filter(({ task }) => task.seed.startsWith(`bench ${seed + 1} `))] as const;
    }),
    ...SEVERITIES.map((severity) => [severity, all.filter(({ task }) => task.severity === severity)] as const),
    ['all', all],
  ];
  const rows = groups.map(([name, group]) => {
    const pages = group.flatMap((score) => score.pages);
    const read = pages.filter((page) => page.kind === 'read');
    const refused = pages.filter((page) => page.kind === 'refused');
    const sum = (of: (score: TpsScore) => number) => group.reduce((total, score) => total + of(score), 0);
    const accepted = sum((score) => score.accepted);
    const asked = sum((score) => score.asked);
    return [
      name,
      pages.length,
      read.length,
      refused.length,
      refused.filter(({ trueReason }) => !trueReason).length,
      read.filter(({ identified }) => !identified).length,
      accepted + asked,
      `${((100 * accepted) / Math.max(1, accepted + asked)).toFixed(1)} %`,
      sum((score) => score.questions),
      sum((score) => score.wrong.length),
    ];
  });
  printTable(
    `${values.form}, ${official ? 'official print' : 'our print'}, filled (${values.care}) and photographed at 12 megapixels`,
    ['', 'pages', 'read', 'refused', 'untrue reason', 'misidentified', 'figures', 'accepted', 'questions', 'wrong'],
    rows,
  );
  for (const { task, pages, wrong } of all) {
    for (const line of wrong) console.log(`wrong: ${task.seed} (${task.severity}) ${line}`);
    pages.forEach((page, index) => {
      if (page.kind === 'refused' && !page.trueReason) {
        console.log(`untrue reason: ${task.seed} (${task.severity}) page ${index + 1}: ${page.code}`);
      }
    });
  }
  const codes = all.flatMap(({ pages }) => pages.flatMap((page) => (page.kind === 'refused' ? [page.code] : [])));
  const counts = [...new Set(codes)].map((code) => `${code} ${codes.filter((other) => other === code).length}`);
  console.log(`refused: ${counts.join(', ') || 'none'}`);
}
