import { setImmediate } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { loadDigitModel } from '#agent/read/digits.ts';
import { MODEL_FILE } from '#agent/read/model-file.ts';
import { pageReader } from '#agent/read/reader.ts';
import { loadWordsModel, WORDS_MODEL_FILE } from '#agent/read/words-model.ts';
import { decode } from '#agent/tally/decode.ts';
import type { FigureEvidence } from '#agent/tally/evidence.ts';
import { turusEvidence } from '#agent/tally/turus.ts';
import type { FigureId } from '#contract/form/definition.ts';
import { shippedForms } from '#contract/forms.ts';
import { formPdf } from '#provisioning/paper/form-pdf.ts';
import { SEVERITIES } from '#synthesis/camera/conditions.ts';
import { CARES } from '#synthesis/care.ts';
import { drawFigures } from '#synthesis/figures.ts';
import { strokesOf } from '#synthesis/hand/turus.ts';
import { photograph } from '#synthesis/photograph.ts';
import { randomOf } from '#synthesis/random.ts';
import type { FigureTruth } from '#synthesis/sheet.ts';
import { printTable } from './table.ts';

/**
 * What each source adds: the pages of votes (2 and 3) of so many TPS, read once and decided with all
 * sources and with one of them left out, without page 1 and so without most sums.
 *
 *   node test/bench/sources.bench.ts [--tps 40] [--seed TEXT] [--split test]
 */
const { values } = parseArgs({
  options: {
    tps: { type: 'string', default: '40' },
    seed: { type: 'string', default: 'sources' },
    split: { type: 'string', default: 'test' },
  },
});
const split = values.split === 'train' ? 'train' : 'test';

type Source = Exclude<keyof FigureEvidence, 'boxes'>;
const VARIANTS: readonly (readonly [name: string, without: readonly Source[]])[] = [
  ['all sources', []],
  ['without bubbles', ['bubbles']],
  ['without turus', ['turus']],
  ['without words', ['words']],
  ['boxes alone', ['bubbles', 'turus', 'words']],
];

interface ReadTps {
  readonly evidence: ReadonlyMap<FigureId, FigureEvidence>;
  readonly truth: ReadonlyMap<FigureId, FigureTruth>;
}

const forms = shippedForms();
const form = forms.byId('c-hasil-kwk-gubernur');
if (!form) throw new Error('the Governor form is missing');
const pdf = await formPdf(form);
const reader = pageReader(forms, await loadDigitModel(MODEL_FILE), await loadWordsModel(WORDS_MODEL_FILE));

const all: ReadTps[] = [];
for (let tps = 0; tps < Number(values.tps); tps++) all.push(await readTps(tps));
printSources();
printTurus();

async function readTps(tps: number): Promise<ReadTps> {
  const evidence = new Map<FigureId, FigureEvidence>();
  const truth = new Map<FigureId, FigureTruth>();
  if (!form) return { evidence, truth };
  const seed = `${values.seed} ${tps}`;
  const severity = SEVERITIES[tps % SEVERITIES.length] ?? 'fair';
  const care = CARES[Math.floor(tps / SEVERITIES.length) % CARES.length] ?? 'ordinary';
  const figures = drawFigures(form, randomOf(seed).fork('figures'));
  for (const page of [2, 3]) {
    const photo = photograph({ form, page, pdf, figures, seed, split, care, severity, longSide: 4000, fixed: {} });
    const reading = await reader.read(photo.jpeg, null);
    if (reading.kind === 'refused') continue;
    for (const [id, seen] of Object.entries(reading.evidence)) evidence.set(id, seen);
    for (const figure of photo.truth.figures) truth.set(figure.id, figure);
    // The canvases of a photo are freed only when the event loop turns.
    await setImmediate();
  }
  return { evidence, truth };
}

function printSources(): void {
  const rows = VARIANTS.map(([name, without]) => {
    const decided = all.flatMap(({ evidence, truth }) => {
      const left = new Map([...evidence].map(([id, seen]) => [id, leftOut(seen, without)] as const));
      const { figures } = form ? decode(form, left) : { figures: new Map() };
      return [...figures.values()].map(({ figure, status, best }) => ({
        status,
        right: best.value === truth.get(figure)?.value,
      }));
    });
    const accepted = decided.filter(({ status }) => status === 'accepted');
    const wrong = accepted.filter(({ right }) => !right).length;
    return [
      name,
      decided.length,
      accepted.length,
      decided.length - accepted.length,
      wrong,
      percent(accepted.length, decided.length),
    ];
  });
  printTable(
    `figures of pages 2 and 3 of ${values.tps} TPS, a third each good, fair, hard and careful, ordinary, careless`,
    ['sources', 'figures', 'accepted', 'asked', 'wrong', 'accepted %'],
    rows,
  );
}

function leftOut(seen: FigureEvidence, without: readonly Source[]): FigureEvidence {
  const entries = Object.entries(seen).filter(([source]) => !without.some((left) => left === source));
  return { boxes: seen.boxes, ...Object.fromEntries(entries) };
}

/** How far the tally by itself can be believed: against the strokes that are on the paper. */
function printTurus(): void {
  const counts = new Map<string, { tallies: number; named: number; wrong: number; against: number }>();
  for (const { evidence, truth } of all) {
    for (const [id, { turus, boxes }] of evidence) {
      const cells = truth.get(id)?.turus;
      if (!turus || !cells) continue;
      const strokes = strokesOf(cells);
      const source = turusEvidence(turus, boxes.length);
      const [first] = turus.candidates;
      const kind = cells.includes(null) ? 'with a struck cell' : 'plain';
      const count = counts.get(kind) ?? { tallies: 0, named: 0, wrong: 0, against: 0 };
      counts.set(kind, count);
      count.tallies++;
      if (source.most / source.likelihood(strokes) > 10) count.against++;
      if (!first || !source.names(first.value)) continue;
      count.named++;
      if (first.value !== strokes) count.wrong++;
    }
  }
  printTable(
    'tallies by themselves; named: one number is preferred ten to one; against: the strokes that are there are not',
    ['tally', 'seen', 'named', 'named wrong', 'against'],
    [...counts].map(([kind, { tallies, named, wrong, against }]) => [kind, tallies, named, wrong, against]),
  );
}

function percent(part: number, whole: number): string {
  return whole > 0 ? ((100 * part) / whole).toFixed(1) : '';
}
