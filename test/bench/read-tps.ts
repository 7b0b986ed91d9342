import { readFileSync } from 'node:fs';
import { loadDigitModel } from '#agent/read/digits.ts';
import { MODEL_FILE } from '#agent/read/model-file.ts';
import { pageReader } from '#agent/read/reader.ts';
import { loadWordsModel, WORDS_MODEL_FILE } from '#agent/read/words-model.ts';
import { decode } from '#agent/tally/decode.ts';
import type { FigureEvidence } from '#agent/tally/evidence.ts';
import { questionsOf } from '#agent/tally/questions.ts';
import type { FormDefinition } from '#contract/form/definition.ts';
import { shippedForms } from '#contract/forms.ts';
import type { Severity } from '#synthesis/camera/conditions.ts';
import type { Care } from '#synthesis/care.ts';
import { drawFigures } from '#synthesis/figures.ts';
import { type PhotographTruth, photograph } from '#synthesis/photograph.ts';
import { randomOf } from '#synthesis/random.ts';
import { isTrueReason } from './true-reason.ts';

/** One TPS to photograph and to read, in a process of its own so that both cores have work. */
export interface TpsTask {
  readonly form: string;
  /** PDF of the paper. */
  readonly paper: string;
  readonly seed: string;
  readonly severity: Severity;
  readonly care: Care;
}

export interface TpsScore {
  readonly task: TpsTask;
  readonly pages: readonly PageOutcome[];
  readonly accepted: number;
  readonly asked: number;
  /** Figures a person is asked about, after what settles itself. */
  readonly questions: number;
  /** Accepted without asking, and not what is written. */
  readonly wrong: readonly string[];
  /** Resident memory of the process that reads, bytes. */
  readonly rss: number;
}

export type PageOutcome =
  | { readonly kind: 'read'; readonly identified: boolean }
  | { readonly kind: 'refused'; readonly code: string; readonly trueReason: boolean };

const forms = shippedForms();
const reader = pageReader(forms, await loadDigitModel(MODEL_FILE), await loadWordsModel(WORDS_MODEL_FILE));

process.on('message', async (task: TpsTask) => process.send?.(await readTps(task)));

async function readTps(task: TpsTask): Promise<TpsScore> {
  const form = forms.byId(task.form);
  if (!form) throw new Error(`there is no form ${task.form}`);
  const pdf = readFileSync(task.paper);
  const evidence = new Map<string, FigureEvidence>();
  const truths: PhotographTruth[] = [];
  const pages: PageOutcome[] = [];
  for (const { number } of form.pages) {
    const { jpeg, truth } = photographPage(form, number, pdf, task);
    const reading = await reader.read(jpeg, null);
    if (reading.kind === 'refused') {
      pages.push({ kind: 'refused', code: reading.code, trueReason: isTrueReason(reading, truth.camera) });
      continue;
    }
    pages.push({ kind: 'read', identified: reading.form === form.id && reading.page === number });
    for (const [id, seen] of Object.entries(reading.evidence)) evidence.set(id, seen);
    truths.push(truth);
  }
  return { task, pages, ...scoreFigures(form, evidence, truths), rss: process.memoryUsage().rss };
}

function photographPage(form: FormDefinition, page: number, pdf: Uint8Array, { seed, severity, care }: TpsTask) {
  const figures = drawFigures(form, randomOf(seed).fork('figures'));
  return photograph({ form, page, pdf, figures, seed, split: 'test', care, severity, longSide: 4000, fixed: {} });
}

function scoreFigures(
  form: FormDefinition,
  evidence: ReadonlyMap<string, FigureEvidence>,
  truths: readonly PhotographTruth[],
): Pick<TpsScore, 'accepted' | 'asked' | 'questions' | 'wrong'> {
  const decision = decode(form, evidence);
  const figures = [...decision.figures.values()];
  const accepted = figures.filter(({ status }) => status === 'accepted');
  const written = new Map(truths.flatMap((truth) => truth.figures.map((figure) => [figure.id, figure] as const)));
  const wrong = accepted.filter(({ figure, best }) => best.value !== written.get(figure)?.value);
  return {
    accepted: accepted.length,
    asked: figures.length - accepted.length,
    questions: questionsOf(decision).length,
    wrong: wrong.map(({ figure, best }) => {
      const { value, boxes, notes } = written.get(figure) ?? {};
      return `${figure}: ${value} (${boxes?.join(' ')}${notes?.length ? `; ${notes.join(', ')}` : ''}) accepted as ${best.value}`;
    }),
  };
}
