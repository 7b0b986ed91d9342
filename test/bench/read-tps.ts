import { readFileSync } from 'node:fs';
import { loadDigitModel } from '#agent/read/digits.ts';
import { MODEL_FILE } from '#agent/read/model-file.ts';
import { pageReader } from '#agent/read/reader.ts';
import { loadWordsModel, WORDS_MODEL_FILE } from '#agent/read/words-model.ts';
import { decode } from '#agent/tally/decode.ts';
import type { FigureEvidence } from '#agent/tally/evidence.ts';
import { questionsOf } from '#agent/tally/questions.ts';
import { turusEvidence } from '#agent/tally/turus.ts';
import type { FigureId, FormDefinition } from '#contract/form/definition.ts';
import { shippedForms } from '#contract/forms.ts';
import { drawFigures } from '#synthesis/figures.ts';
import { strokesOf } from '#synthesis/hand/turus.ts';
import { photograph } from '#synthesis/photograph.ts';
import { randomOf } from '#synthesis/random.ts';
import type { FigureTruth } from '#synthesis/sheet.ts';
import { leftOut, SOURCES_LEFT, type SourcesLeft } from './sources-left.ts';
import type { FigureScore, PageOutcome, TallyScore, TpsScore, TpsTask } from './tps.ts';
import { isTrueReason } from './true-reason.ts';

/** The process that photographs and reads one TPS after another, as `readAll` sends them. */
const forms = shippedForms();
const reader = pageReader(forms, await loadDigitModel(MODEL_FILE), await loadWordsModel(WORDS_MODEL_FILE));

process.on('message', async (task: TpsTask) => process.send?.(await readTps(task)));

async function readTps(task: TpsTask): Promise<TpsScore> {
  const { paper, seed, split, care, severity, longSide } = task;
  const form = forms.byId(task.form);
  if (!form) throw new Error(`there is no form ${task.form}`);
  const pdf = readFileSync(paper);
  const figures = drawFigures(form, randomOf(seed).fork('figures'));
  const evidence = new Map<FigureId, FigureEvidence>();
  const written = new Map<FigureId, FigureTruth>();
  const pages: PageOutcome[] = [];
  for (const { number: page } of form.pages) {
    const { jpeg, truth } = photograph({ form, page, pdf, figures, seed, split, care, severity, longSide, fixed: {} });
    const reading = await reader.read(jpeg, null);
    const { pxPerMm } = truth.camera;
    if (reading.kind === 'refused') {
      pages.push({ kind: 'refused', code: reading.code, trueReason: isTrueReason(reading, truth.camera), pxPerMm });
      continue;
    }
    pages.push({ kind: 'read', identified: reading.form === form.id && reading.page === page, pxPerMm });
    for (const [id, seen] of Object.entries(reading.evidence)) evidence.set(id, seen);
    for (const figure of truth.figures) written.set(figure.id, figure);
  }
  const decided = SOURCES_LEFT.map((left) => [left, scoreFigures(form, leftOut(evidence, left), written)] as const);
  return {
    task,
    pages,
    decided: Object.fromEntries(decided) as Record<SourcesLeft, FigureScore>,
    tallies: scoreTallies(evidence, written),
  };
}

function scoreFigures(
  form: FormDefinition,
  evidence: ReadonlyMap<FigureId, FigureEvidence>,
  written: ReadonlyMap<FigureId, FigureTruth>,
): FigureScore {
  const decision = decode(form, evidence);
  const figures = [...decision.figures.values()];
  const accepted = figures.filter(({ status }) => status === 'accepted');
  const wrong = accepted.filter(({ figure, best }) => best.value !== written.get(figure)?.value);
  const asked = figures.filter(({ status }) => status === 'asked');
  return {
    accepted: accepted.length,
    asked: Object.fromEntries(asked.map(({ figure, reasons }) => [figure, reasons])),
    questions: questionsOf(decision).length,
    wrong: wrong.map(({ figure, best }) => {
      const { value, boxes, notes } = written.get(figure) ?? {};
      return `${figure}: ${value} (${boxes?.join(' ')}${notes?.length ? `; ${notes.join(', ')}` : ''}) accepted as ${best.value}`;
    }),
  };
}

/** What every tally that was seen says by itself, against the strokes that are on the paper. */
function scoreTallies(
  evidence: ReadonlyMap<FigureId, FigureEvidence>,
  written: ReadonlyMap<FigureId, FigureTruth>,
): readonly TallyScore[] {
  return [...evidence].flatMap(([id, { turus, boxes }]): readonly TallyScore[] => {
    const cells = written.get(id)?.turus;
    if (!turus || !cells) return [];
    const strokes = strokesOf(cells);
    const source = turusEvidence(turus, boxes.length);
    const [first] = turus.candidates;
    const named = first !== undefined && source.names(first.value);
    return [
      {
        struck: cells.includes(null),
        named,
        wrong: named && first.value !== strokes,
        against: source.most / source.likelihood(strokes) > 10,
      },
    ];
  });
}
