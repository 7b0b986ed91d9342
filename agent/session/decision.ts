import { z } from 'zod';
import { ASK_REASONS, type FigureDecision } from '#agent/tally/accept.ts';
import type { Evidence, FigureEvidence } from '#agent/tally/evidence.ts';
import { answer } from '#agent/tally/questions.ts';
import { allFigures, type FigureId, type FormDefinition } from '#contract/form/definition.ts';
import type { Figures, FigureValue } from '#contract/form/rules.ts';

const Value = z.int().nonnegative().nullable();
const Reason = z.enum(ASK_REASONS);

const DecidedFigure = z
  .strictObject({
    /** Likeliest value under the rules; null: not filled in. */
    value: Value,
    /** Probability of that value by the figure's own evidence, 0 to 1. */
    probability: z.number().nonnegative(),
    /** The likeliest readings, best first, two at most: what a person is offered. */
    candidates: z.array(Value).readonly(),
    /** Why the figure is asked; empty where it is accepted. */
    reasons: z.array(Reason).readonly(),
  })
  .readonly();

/** What the tally makes of a document, as plain JSON that can be kept. */
export const Decision = z
  .strictObject({
    figures: z.record(z.string(), DecidedFigure),
    /** Figures a person must look at, worst first. A figure asked only for a broken rule is looked at with the rule. */
    ask: z.array(z.string()).readonly(),
  })
  .readonly();
export type Decision = z.infer<typeof Decision>;

/** A count of signatures less likely than this is asked: one cell of the page is in doubt. */
export const COUNTED = 0.98;

/** Reads the figures of the pages scanned so far, with what persons answered. Pure. */
export function decide(form: FormDefinition, evidence: Evidence, answers: Figures): Decision {
  const counted = new Set(allFigures(form).flatMap(({ id, signatures }) => (signatures ? [id] : [])));
  const digits = decideDigits(form, without(evidence, counted), without(answers, counted));
  const counts = [...evidence].flatMap(([id, seen]) => (counted.has(id) ? [[id, decidedCount(seen)] as const] : []));
  const unsure = counts.filter(([, { reasons }]) => reasons.length > 0).map(([id]) => id);
  return { figures: { ...digits.figures, ...Object.fromEntries(counts) }, ask: [...digits.ask, ...unsure] };
}

function decideDigits(form: FormDefinition, evidence: Evidence, answers: Figures): Decision {
  const { decision, questions } = answer(form, evidence, answers);
  const doubtful = questions.filter(({ reasons }) => reasons.some((reason) => reason !== 'rule-broken'));
  return {
    figures: Object.fromEntries([...decision.figures].map(([id, figure]) => [id, decidedFigure(figure)])),
    ask: doubtful.map(({ figure }) => figure),
  };
}

/** Signatures stand in no sum with other figures of their form: the count speaks for itself. */
function decidedCount({ signatures }: FigureEvidence): z.infer<typeof DecidedFigure> {
  const [best, second] = signatures?.candidates ?? [];
  const probability = best?.probability ?? 0;
  const candidates: readonly FigureValue[] = [best, second].flatMap((said) => (said ? [said.value] : []));
  return { value: best?.value ?? null, probability, candidates, reasons: probability < COUNTED ? ['margin'] : [] };
}

function without<T>(all: ReadonlyMap<FigureId, T>, some: ReadonlySet<FigureId>): ReadonlyMap<FigureId, T> {
  return new Map([...all].filter(([id]) => !some.has(id)));
}

function decidedFigure({ best, second, reasons }: FigureDecision): z.infer<typeof DecidedFigure> {
  const candidates = second ? [best.value, second.value] : [best.value];
  return { value: best.value, probability: best.probability, candidates, reasons };
}
