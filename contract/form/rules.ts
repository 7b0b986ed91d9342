import type { FigureId, FormDefinition, Rule } from './definition.ts';
import { ruleFigures } from './definition.ts';

/** What a figure says: a number, or null where the row is not filled in (which differs from 0). */
export type FigureValue = number | null;
export type Figures = ReadonlyMap<FigureId, FigureValue>;

/**
 * holds: the figures obey the rule. broken: they do not. incomplete: a figure of it is missing
 * (its page is not read yet, or the row is not filled in), so nothing can be said.
 */
export type Verdict = 'holds' | 'broken' | 'incomplete';
export interface RuleVerdict {
  readonly rule: Rule;
  readonly verdict: Verdict;
}

/** Judges every rule of the form, in the form's order. */
export function judge(form: FormDefinition, figures: Figures): readonly RuleVerdict[] {
  return form.rules.map((rule) => ({ rule, verdict: verdictOf(rule, figures) }));
}

function verdictOf(rule: Rule, figures: Figures): Verdict {
  const values = ruleFigures(rule).map((id) => figures.get(id) ?? null);
  if (!isComplete(values)) return 'incomplete';
  return ruleHolds(rule, values) ? 'holds' : 'broken';
}

function isComplete(values: readonly FigureValue[]): values is readonly number[] {
  return values.every((value) => value !== null);
}

/** Whether a rule holds for the values of its figures, in the order of `ruleFigures`. */
export function ruleHolds(rule: Rule, values: readonly number[]): boolean {
  const [judged = 0, ...others] = values;
  const other = others[0] ?? 0;
  switch (rule.kind) {
    case 'sum':
      return judged === others.reduce((sum, value) => sum + value, 0);
    case 'at-most':
      return judged <= other;
    case 'limit':
      return judged <= rule.max;
    case 'reserve':
      return judged === other + reserveOf(other, rule.percent);
  }
}

/** Reserve ballots, rounded up to whole ballots; integer arithmetic in thousandths keeps 2.5 % exact. */
function reserveOf(listed: number, percent: number): number {
  return Math.ceil((listed * Math.round(percent * 1000)) / 100_000);
}
