import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DigitModel } from '#agent/read/digits.ts';
import { pageReader } from '#agent/read/reader.ts';
import { loadWordsModel, WORDS_MODEL_FILE } from '#agent/read/words-model.ts';
import { decode } from '#agent/tally/decode.ts';
import type { FigureId } from '#contract/form/definition.ts';
import { shippedForms } from '#contract/forms.ts';
import { type FieldForm, numberOf } from './field-data.ts';

/** The one form of the field data whose definition ships, and what its figures are called there. */
export const FIELD_SOURCE = 'A';
export const FIELD_FORM = 'c1-ppwp-2019';
export const FIELD_FIGURES: Readonly<Record<string, FigureId>> = {
  paslon01: 'paslon-1',
  paslon02: 'paslon-2',
  valid: 'suara.sah',
  invalid: 'suara.tidak-sah',
  total: 'suara.total',
};

export interface PageScore {
  readonly form: string;
  /** Code of the refusal; null where the page was found. */
  readonly refused: string | null;
  readonly accepted: number;
  readonly asked: number;
  /** Figures accepted without asking although something else is written. */
  readonly wrong: readonly string[];
}

/** Reads the whole pages of the form that is known, and decides each as the kit would before anyone is asked. */
export async function scorePages(
  folder: string,
  forms: readonly FieldForm[],
  model: DigitModel,
): Promise<readonly PageScore[]> {
  const words = await loadWordsModel(WORDS_MODEL_FILE);
  const reader = pageReader(shippedForms(), model, words);
  const scores: PageScore[] = [];
  for (const form of forms.filter(({ source }) => source === FIELD_SOURCE)) {
    const file = join(folder, 'pages', `${form.form}.jpg`);
    if (!existsSync(file)) continue;
    const reading = await reader.read(readFileSync(file), { form: FIELD_FORM, page: 1 });
    if (reading.kind === 'refused') {
      scores.push({ form: form.form, refused: reading.code, accepted: 0, asked: 0, wrong: [] });
    } else {
      scores.push(scoreOf(form, new Map(Object.entries(reading.evidence))));
    }
  }
  await words.close();
  return scores;
}

function scoreOf({ form, figures }: FieldForm, evidence: Parameters<typeof decode>[1]): PageScore {
  const definition = shippedForms().byId(FIELD_FORM);
  if (!definition) throw new Error(`${FIELD_FORM} does not ship`);
  const decision = decode(definition, evidence);
  const judged = Object.entries(FIELD_FIGURES).map(([name, id]) => {
    const made = decision.figures.get(id);
    const accepted = made?.status === 'accepted';
    const written = figures[name] ?? '';
    return { accepted, wrong: accepted && made.best.value !== numberOf(written), written, name, made };
  });
  return {
    form,
    refused: null,
    accepted: judged.filter(({ accepted }) => accepted).length,
    asked: judged.filter(({ accepted }) => !accepted).length,
    wrong: judged
      .filter(({ wrong }) => wrong)
      .map(({ name, written, made }) => `${name}: ${written} accepted as ${made?.best.value ?? 'not filled in'}`),
  };
}
