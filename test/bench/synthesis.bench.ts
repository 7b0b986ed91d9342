import { shippedForms } from '#contract/forms.ts';
import { formPdf } from '#provisioning/paper/form-pdf.ts';
import { SEVERITIES } from '#synthesis/camera/conditions.ts';
import { renderCell } from '#synthesis/cell.ts';
import { drawFigures } from '#synthesis/figures.ts';
import { photograph } from '#synthesis/photograph.ts';
import { randomOf } from '#synthesis/random.ts';
import { printTable, quantile } from './table.ts';

/** What a synthetic photo and a synthetic box cost: node test/bench/synthesis.bench.ts */

const PHOTOS = 6;
const CELLS = 3000;

const form = shippedForms().byId('c-hasil-kwk-gubernur');
if (!form) throw new Error('the Governor form is missing');
const pdf = await formPdf(form);

const photos = SEVERITIES.map((severity) => {
  const costs = Array.from({ length: PHOTOS + 1 }, (_, i) =>
    cpuMs(() => {
      const seed = `bench ${i}`;
      const figures = drawFigures(form, randomOf(seed));
      const page = (i % form.pages.length) + 1;
      photograph({
        form,
        page,
        pdf,
        figures,
        seed,
        split: 'test',
        care: 'ordinary',
        severity,
        longSide: 4000,
        fixed: {},
      });
    }),
  ).slice(1);
  return [severity, `${Math.round(quantile(costs, 0.5))} ms`, `${Math.round(Math.max(...costs))} ms`];
});
printTable('one photo of 12 megapixels, CPU time', ['severity', 'median', 'most'], photos);

const cells = [25, 50, 80].map((boxPx) => {
  const draw = (count: number) => {
    for (let i = 0; i < count; i++)
      renderCell({ split: 'train', label: null, boxPx, margin: 5 }, randomOf(`bench ${i}`));
  };
  draw(200);
  const cost = cpuMs(() => draw(CELLS)) / CELLS;
  return [boxPx, `${cost.toFixed(2)} ms`, Math.round(1000 / cost)];
});
printTable('one box, CPU time', ['px a side', 'a box', 'boxes a second'], cells);

function cpuMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const used = process.cpuUsage(before);
  return (used.user + used.system) / 1000;
}
