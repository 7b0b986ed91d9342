import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FormDefinition } from '#contract/form/definition.ts';
import type { Figures } from '#contract/form/rules.ts';
import { shippedForms } from '#contract/forms.ts';
import { breakRule, drawFigures } from '#synthesis/figures.ts';
import { randomOf } from '#synthesis/random.ts';
import { decode } from './decode.ts';
import type { Evidence } from './evidence.ts';
import { answer, breachesToDeclare, questionsOf } from './questions.ts';
import { readNoisily } from './testing/noisy-reader.ts';
import { box, row, seen } from './testing/seen.ts';

const forms = shippedForms();
const kwk = formOf('c-hasil-kwk-gubernur');
const figures: Figures = drawFigures(kwk, randomOf('questions'));
const clean = seen(kwk, figures);

function formOf(id: string): FormDefinition {
  const form = forms.byId(id);
  if (!form) throw new Error(`no form ${id}`);
  return form;
}

/** Puts the first question to someone who reads the paper rightly, until there is none. */
function askAll(form: FormDefinition, evidence: Evidence, paper: Figures) {
  const answers = new Map<string, number | null>();
  for (;;) {
    const { decision, questions } = answer(form, evidence, answers);
    const [worst] = questions;
    if (!worst) return { decision, asked: [...answers.keys()] };
    answers.set(worst.figure, paper.get(worst.figure) ?? null);
  }
}

describe('a clean form', () => {
  test('asks nothing and has nothing to declare', () => {
    const decision = decode(kwk, clean);
    expect(questionsOf(decision)).toEqual([]);
    expect(breachesToDeclare(decision)).toEqual([]);
  });
});

describe('several doubts', () => {
  const doubtful = new Map(clean)
    .set('disabilitas.l', { boxes: row('1__') })
    .set('paslon-1', { boxes: row('___') })
    .set('suara.total', { boxes: [0, 1, 2].map(() => box({ 0: 0.5, 8: 0.5 })) });

  test('are asked worst first, each with two readings and its reasons', () => {
    const questions = questionsOf(decode(kwk, doubtful));
    expect(questions.map(({ figure }) => figure).slice(0, 1)).toEqual(['suara.total']);
    expect(questions.map(({ figure }) => figure).toSorted()).toEqual(['disabilitas.l', 'paslon-1', 'suara.total']);
    for (const { best, second, reasons } of questions) {
      expect(best.value).not.toBe(second?.value);
      expect(reasons.length).toBeGreaterThan(0);
    }
  });

  test('go away one answer at a time', () => {
    const first = answer(kwk, doubtful, new Map([['suara.total', figures.get('suara.total') ?? null]]));
    expect(first.questions.map(({ figure }) => figure).toSorted()).toEqual(['disabilitas.l', 'paslon-1']);
    expect(first.decision.figures.get('suara.total')?.source).toBe('person');
  });
});

describe('an answer settles what hangs on it', () => {
  test('a doubtful figure and the sum it breaks are one question, not four', () => {
    const valid = figures.get('suara.sah') ?? 0;
    const misread = row(String(valid + 100));
    const halfSure = [misread[0]?.map((p, c) => 0.98 * p + (c === UNSURE_CLASS ? 0.02 : 0)) ?? [], ...misread.slice(1)];
    const evidence = new Map(clean).set('suara.sah', { boxes: halfSure });
    const questions = questionsOf(decode(kwk, evidence));
    expect(questions.map(({ figure }) => figure)).toEqual(['suara.sah']);
    expect(answer(kwk, evidence, new Map([['suara.sah', valid]])).questions).toEqual([]);
  });
});

/** Neither the digit that was written nor the one that was read. */
const UNSURE_CLASS = 0;

describe('a paper that breaks a blocking rule', () => {
  const paper = breakRule(kwk, figures, 'suara.sah-is-sum', randomOf('broken'));
  const evidence = seen(kwk, paper);

  test('is asked figure by figure, the one that would mend most first, and then declared', () => {
    const [worst] = questionsOf(decode(kwk, evidence));
    expect(worst).toMatchObject({ figure: 'suara.sah', reasons: ['rule-broken'] });
    const { decision, asked } = askAll(kwk, evidence, paper);
    expect(new Set(asked)).toEqual(
      new Set(['suara.sah', 'paslon-1', 'paslon-2', 'paslon-3', 'suara.total', 'suara.tidak-sah']),
    );
    expect(breachesToDeclare(decision).map(({ id }) => id)).toEqual(['suara.sah-is-sum', 'suara.total-is-sum']);
  });

  test('is mended by the first answer when the machine misread with certainty', () => {
    const first = answer(kwk, evidence, new Map([['suara.sah', figures.get('suara.sah') ?? null]]));
    expect(first.questions).toEqual([]);
    expect(breachesToDeclare(first.decision)).toEqual([]);
  });
});

test('a broken warning is shown, not asked', () => {
  const paper = breakRule(kwk, figures, 'surat-suara.diterima-with-reserve', randomOf('warning'));
  const mended = new Map(paper).set(
    'surat-suara.tidak-digunakan',
    (paper.get('surat-suara.diterima') ?? 0) - (paper.get('surat-suara.digunakan') ?? 0),
  );
  const decision = decode(kwk, seen(kwk, mended.set('surat-suara.dikembalikan', 0)));
  expect(questionsOf(decision)).toEqual([]);
  expect(decision.verdicts.find(({ rule }) => rule.kind === 'reserve')?.verdict).toBe('broken');
});

describe('whatever the reader says', () => {
  const aReading = fc.record({
    id: fc.constantFrom(...forms.forms.map(({ id }) => id)),
    seed: fc.integer().map(String),
    hard: fc.constantFrom(0.05, 0.3),
    breakIt: fc.boolean(),
  });
  const readingOf = ({ id, seed, hard, breakIt }: { id: string; seed: string; hard: number; breakIt: boolean }) => {
    const form = formOf(id);
    const random = randomOf(seed);
    const drawn = drawFigures(form, random);
    const [rule] = form.rules;
    const paper = breakIt && rule ? breakRule(form, drawn, rule.id, random) : drawn;
    const noise = { hard, overConfidence: 1, oneHand: 0, bubbles: 'filled' } as const;
    return { form, paper, evidence: readNoisily(form, paper, noise, random) };
  };

  test('there is a question exactly when something is asked', () => {
    fc.assert(
      fc.property(aReading, (drawn) => {
        const { form, evidence } = readingOf(drawn);
        const decision = decode(form, evidence);
        const asked = [...decision.figures.values()].filter(({ status }) => status === 'asked');
        const questions = questionsOf(decision);
        expect(questions.length > 0).toBe(asked.length > 0);
        expect(asked).toEqual(expect.arrayContaining([...questions]));
      }),
      { numRuns: 30 },
    );
  });

  test('answering every question leaves none but breaches to declare', () => {
    fc.assert(
      fc.property(aReading, (drawn) => {
        const { form, paper, evidence } = readingOf(drawn);
        const { decision, asked } = askAll(form, evidence, paper);
        expect(new Set(asked).size).toBe(asked.length);
        for (const { source, status } of decision.figures.values()) {
          expect({ source, status }).toEqual({ source, status: 'accepted' });
        }
        const broken = decision.verdicts.filter((v) => v.verdict === 'broken' && v.rule.severity === 'blocking');
        expect(breachesToDeclare(decision)).toEqual(broken.map(({ rule }) => rule));
      }),
      { numRuns: 12 },
    );
  });
});
