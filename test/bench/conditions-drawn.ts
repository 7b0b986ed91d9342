import { allFigures, type FormDefinition } from '#contract/form/definition.ts';
import { type Conditions, SEVERITIES } from '#synthesis/camera/conditions.ts';
import type { Colour } from '#synthesis/hand/pen.ts';
import type { Writer } from '#synthesis/hand/writer.ts';
import { conditionsOf } from '#synthesis/photograph.ts';
import { randomOf } from '#synthesis/random.ts';
import { writerOf } from '#synthesis/sheet.ts';
import { printTable, quantile } from './table.ts';
import type { TpsScore } from './tps.ts';
import { countsOf, percent } from './tps-report.ts';

type Photo = Conditions & { readonly pxPerMm: number };

const SPREADS: readonly (readonly [what: string, of: (photo: Photo) => number])[] = [
  ['white paper, % of full', ({ light }) => 100 * light.level],
  ['light lost to an edge, %', ({ light }) => 100 * Math.max(...light.slope.map(Math.abs), light.vignette)],
  ['defocus, px', ({ defocus }) => defocus],
  ['shake, px', ({ shake }) => shake],
  ['noise, levels', ({ noise }) => noise],
  ['JPEG quality', ({ quality }) => quality],
  ['tilt, degrees', ({ tilt }) => tilt],
  ['sheet takes, % of the photo', ({ fill }) => 100 * fill],
  ['wave and fold of the paper, mm', ({ bend }) => bend.height + bend.fold],
  ['things on the desk', ({ desk }) => desk.things],
];
const SHARES: readonly (readonly [what: string, is: (photo: Photo) => boolean])[] = [
  ['shaken', ({ shake }) => shake > 0],
  ['in a shadow', ({ shadow }) => shadow !== null],
  ['with glare', ({ glare }) => glare !== null],
  ['a mark covered', ({ hidden }) => hidden !== null],
];

/** Says how the forms were written and photographed, drawn again from their seeds. */
export function printConditions(form: FormDefinition, scores: readonly TpsScore[]): void {
  const box = Math.min(
    ...allFigures(form).flatMap(({ boxes }) => boxes.flatMap(([, , width, height]) => [width, height])),
  );
  const photos = SEVERITIES.map((severity) =>
    scores
      .filter(({ task }) => task.severity === severity)
      .flatMap(({ task, pages }) =>
        pages.map(({ pxPerMm }, i): Photo => ({ ...conditionsOf({ ...task, form, page: i + 1, fixed: {} }), pxPerMm })),
      ),
  );
  const spreads = [...SPREADS, [`box of ${box} mm, px`, ({ pxPerMm }: Photo) => box * pxPerMm] as const];
  printTable(
    'photos: 5, 50 and 95 of 100 lie below these, or the share of them that is so',
    ['', ...SEVERITIES],
    [
      ...spreads.map(([what, of]) => [what, ...photos.map((group) => spread(group.map(of)))]),
      ...SHARES.map(([what, is]) => [what, ...photos.map((group) => percent(group.filter(is).length, group.length))]),
    ],
  );
  const writers = scores.map(({ task: { seed, split } }) => writerOf(form, split, randomOf(seed)));
  const shares = (of: (writer: Writer) => string): string =>
    countsOf(writers.map(of))
      .map(([what, count]) => `${what} ${percent(count, writers.length)}`)
      .join(', ');
  console.log(`\nhands: ${shares(({ source }) => source)}`);
  console.log(
    `pens: ${shares(({ pen }) => inkOf(pen.colour))}; ${spread(writers.map(({ pen }) => pen.width))} mm wide`,
  );
  console.log(`guide dots: ${shares(({ guide }) => guide)}; unused boxes: ${shares(({ unused }) => unused)}`);
}

function spread(values: readonly number[]): string {
  if (values.length === 0) return '';
  return [0.05, 0.5, 0.95].map((q) => Number(quantile(values, q).toPrecision(2))).join(' · ');
}

function inkOf([red, , blue]: Colour): string {
  if (Math.abs(red - blue) < 60) return 'black and pencil';
  return red > blue ? 'red' : 'blue';
}
