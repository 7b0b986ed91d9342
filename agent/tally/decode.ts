import { acceptAnswer, acceptOrAsk, type FigureDecision } from '#agent/tally/accept.ts';
import { answeredRow, chosenIn, otherThan, type Row, seenRow } from '#agent/tally/choices.ts';
import type { Evidence } from '#agent/tally/evidence.ts';
import { cheapest, cheapestWithout } from '#agent/tally/explain.ts';
import { inOneHand, lookalikesOf } from '#agent/tally/kindred.ts';
import { type Network, networkOf, type Option, type Variable } from '#agent/tally/network.ts';
import type { Explanation, Limits } from '#agent/tally/search.ts';
import { BREACH_COST, DEAREST_CHANGE, HIGHEST_MARGIN, SETTLED_MARGIN } from '#agent/tally/thresholds.ts';
import { allFigures, type FigureId, type FormDefinition, ruleFigures } from '#contract/form/definition.ts';
import { type Figures, judge, type RuleVerdict } from '#contract/form/rules.ts';

export interface Decision {
  /** Figures of the pages read so far, in the form's order; the others are absent. */
  readonly figures: ReadonlyMap<FigureId, FigureDecision>;
  /** Every rule of the form, judged on the best readings; incomplete while pages are missing. */
  readonly verdicts: readonly RuleVerdict[];
}

/** What a person said the paper holds; null: the row is not filled in. */
export type Answers = Figures;

/**
 * Reads the figures of a form, or of the pages of it that are there, from what was seen.
 *
 * Each figure's evidence gives its likeliest numbers; the rules then choose among them, a breach
 * costing but not forbidding. Two promises:
 * - The paper is never repaired. A figure whose own evidence is clear (`DEAREST_CHANGE`) keeps its
 *   reading, however many sums another number would mend; if such figures break a blocking rule, the
 *   breach is reported and its figures are asked.
 * - A figure is taken without asking only where evidence and sums together reach `SETTLED_MARGIN`, and
 *   do so even if its hand draws alike elsewhere what it seems to draw alike here; where its own evidence
 *   by itself prefers that very number (`OWN_FLOOR`), it is written in the usual way and no source speaks
 *   against it. While a sum of it waits for a page, it may be `CERTAIN_MARGIN` by itself.
 *
 * Bounded searches for the whole form and for each figure's margin (see `cheapest`).
 */
export function decode(form: FormDefinition, evidence: Evidence): Decision {
  return decodeAnswered(form, evidence, new Map());
}

/** The same, with what a person has answered: those figures are certain, on pages not read as well. */
export function decodeAnswered(form: FormDefinition, evidence: Evidence, answers: Answers): Decision {
  const rows = allFigures(form).flatMap(({ id }): readonly Row[] => {
    const answer = answers.get(id);
    if (answer !== undefined) return [answeredRow(id, answer)];
    const seen = evidence.get(id);
    return seen ? [seenRow(id, seen)] : [];
  });
  const network = networkOfRows(form, rows);
  const likeliest = cheapest(network, DEAREST_CHANGE);
  const chosen = rows.map((row) => ({ row, taken: chosenIn(row, likeliest.changes) }));
  const verdicts = judge(form, new Map(chosen.map(({ row, taken }) => [row.figure, taken.candidate.value])));
  const inBreaches = figuresOfBreaches(verdicts);
  const awaitingSums = figuresAwaitingSums(form, rows);
  const figures = chosen.map(({ row: { figure, source, ...row }, taken }): FigureDecision => {
    if (source === 'person') return acceptAnswer(figure, taken.candidate.value);
    const other = cheapestWithout(network, row.variable, taken.option, limitsAbove(likeliest));
    const apart = marginOf(likeliest, other);
    const margin =
      apart < SETTLED_MARGIN ? apart : Math.min(apart, marginInOneHand(form, rows, row.variable, taken.option));
    const second = otherThan(taken, row, other.changes);
    return acceptOrAsk({ figure, best: taken.candidate, second, margin, inBreaches, awaitingSums });
  });
  return { figures: new Map(figures.map((decision) => [decision.figure, decision])), verdicts };
}

/** Beyond `HIGHEST_MARGIN` no other explanation is looked for. */
function limitsAbove({ cost }: Explanation): Limits {
  return { most: cost + HIGHEST_MARGIN, dearest: DEAREST_CHANGE };
}

/**
 * Nats; negative where the sums would rather have the paper changed. Where even the likeliest explanation
 * was not found in the steps allowed, no margin is claimed.
 */
function marginOf(likeliest: Explanation, other: Explanation): number {
  return likeliest.changes ? Math.min(other.cost - likeliest.cost, HIGHEST_MARGIN) : 0;
}

/** The margin of a figure if all figures of its hand may be written for what this one may be written for. */
function marginInOneHand(form: FormDefinition, rows: readonly Row[], variable: Variable, taken: Option): number {
  const lookalikes = lookalikesOf(variable, taken);
  if (lookalikes.size === 0) return HIGHEST_MARGIN;
  const suspected = rows.map((row) => {
    return row.variable === variable ? row : { ...row, variable: inOneHand(row.variable, lookalikes) };
  });
  const network = networkOfRows(form, suspected);
  const likeliest = cheapest(network, DEAREST_CHANGE);
  return marginOf(likeliest, cheapestWithout(network, variable, taken, limitsAbove(likeliest)));
}

/** The rules that can be weighed: those of which every figure is there. */
function networkOfRows(form: FormDefinition, rows: readonly Row[]): Network {
  const variables = new Map(rows.map(({ figure, variable }) => [figure, variable]));
  const constraints = form.rules.flatMap((rule) => {
    const ids = ruleFigures(rule);
    const known = ids.flatMap((id) => variables.get(id) ?? []);
    return known.length === ids.length ? [{ rule, variables: known, cost: BREACH_COST[rule.severity] }] : [];
  });
  return networkOf(constraints);
}

function figuresOfBreaches(verdicts: readonly RuleVerdict[]): ReadonlySet<FigureId> {
  const breaches = verdicts.filter(({ rule, verdict }) => verdict === 'broken' && rule.severity === 'blocking');
  return new Set(breaches.flatMap(({ rule }) => ruleFigures(rule)));
}

/** Figures of sums that cannot be judged yet, for a figure of them is on a page not read. */
function figuresAwaitingSums(form: FormDefinition, rows: readonly Row[]): ReadonlySet<FigureId> {
  const read = new Set(rows.map(({ figure }) => figure));
  const sums = form.rules.filter((rule) => rule.kind === 'sum').map(ruleFigures);
  return new Set(sums.filter((figures) => figures.some((id) => !read.has(id))).flat());
}
