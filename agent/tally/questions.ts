import type { FigureDecision } from '#agent/tally/accept.ts';
import { type Answers, type Decision, decodeAnswered } from '#agent/tally/decode.ts';
import type { Evidence } from '#agent/tally/evidence.ts';
import { type FigureId, type FormDefinition, type Rule, ruleFigures } from '#contract/form/definition.ts';

/** A figure a person must look at: `best` and `second` are its two likeliest readings. */
export type Question = FigureDecision & { readonly source: 'machine'; readonly status: 'asked' };

export interface Answered {
  readonly decision: Decision;
  /** What is still to be asked, worst first. */
  readonly questions: readonly Question[];
}

/**
 * What must be asked now, worst first.
 *
 * A figure that is read with certainty and only stands in a broken sum waits while that sum has a
 * figure that is not: the answer there may mend the sum. So the list is empty exactly when nothing of
 * the decision is asked.
 */
export function questionsOf(decision: Decision): readonly Question[] {
  const asked = [...decision.figures.values()].filter(isQuestion);
  const doubtful = new Set(asked.filter((question) => !isOnlyInBreach(question)).map(({ figure }) => figure));
  const breaches = blockingBreaches(decision).map(ruleFigures);
  const mayMend = (figure: FigureId) =>
    breaches.filter((figures) => figures.includes(figure)).every((figures) => figures.some((id) => doubtful.has(id)));
  return asked
    .filter((question) => doubtful.has(question.figure) || !mayMend(question.figure))
    .sort((a, b) => sureness(a) - sureness(b));
}

/** Decodes again with the answers of a person; questions that are settled thereby are gone. */
export function answer(form: FormDefinition, evidence: Evidence, answers: Answers): Answered {
  const decision = decodeAnswered(form, evidence, answers);
  return { decision, questions: questionsOf(decision) };
}

/**
 * Blocking rules that a person, having looked at every figure of them, still leaves broken: the paper
 * itself is so, and the KPPS must declare it.
 */
export function breachesToDeclare(decision: Decision): readonly Rule[] {
  const answered = (id: FigureId) => decision.figures.get(id)?.source === 'person';
  return blockingBreaches(decision).filter((rule) => ruleFigures(rule).every(answered));
}

function blockingBreaches(decision: Decision): readonly Rule[] {
  return decision.verdicts
    .filter(({ rule, verdict }) => rule.severity === 'blocking' && verdict === 'broken')
    .map(({ rule }) => rule);
}

function isQuestion(decision: FigureDecision): decision is Question {
  return decision.status === 'asked';
}

function isOnlyInBreach(question: Question): boolean {
  return question.reasons.every((reason) => reason === 'rule-broken');
}

/** Nats: the weaker of what the figure says by itself and what the whole form says of it. */
function sureness({ ownMargin, margin }: Question): number {
  return Math.min(ownMargin, margin);
}
