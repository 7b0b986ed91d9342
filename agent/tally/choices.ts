import type { FigureEvidence } from '#agent/tally/evidence.ts';
import type { Changes, Option, Variable } from '#agent/tally/network.ts';
import { type Candidate, logOdds, readNumber } from '#agent/tally/number.ts';
import { BLANK_COST, DEAREST_CHANGE } from '#agent/tally/thresholds.ts';
import type { FigureId } from '#contract/form/definition.ts';
import type { FigureValue } from '#contract/form/rules.ts';

/** The numbers a figure may be, likeliest first by its own evidence. */
export interface Choices {
  readonly first: Choice;
  readonly others: readonly Choice[];
  readonly variable: Variable;
}

export interface Choice {
  readonly candidate: Candidate;
  readonly option: Option;
}

/** A figure with its choices. */
export interface Row extends Choices {
  readonly figure: FigureId;
  readonly source: 'machine' | 'person';
}

/** What a person said is the only choice. */
export function answeredRow(figure: FigureId, value: FigureValue): Row {
  const option = { value, cost: 0 };
  const first = { candidate: { value, probability: 1, doubts: [] }, option };
  return { figure, source: 'person', first, others: [], variable: { first: option, others: [], settled: true } };
}

export function seenRow(figure: FigureId, evidence: FigureEvidence): Row {
  const { candidates, unlisted } = readNumber(evidence);
  const [likeliest, ...less] = candidates;
  const costOf = (probability: number) => Math.max(Math.log(likeliest.probability / probability), 0);
  const first = { candidate: likeliest, option: { value: likeliest.value, cost: 0 } };
  const others = less.flatMap((candidate) =>
    optionsOf(candidate.value, costOf(candidate.probability)).map((option): Choice => ({ candidate, option })),
  );
  const anyOther: Option = { value: null, cost: costOf(unlisted) };
  const options = [...others.map(({ option }) => option), anyOther].sort((a, b) => a.cost - b.cost);
  const variable = { first: first.option, others: options, settled: logOdds(likeliest.probability) >= DEAREST_CHANGE };
  return { figure, source: 'machine', first, others, variable };
}

/** A row that may be blank means nought; that it hides just what its sums miss must be paid for. */
function optionsOf(value: FigureValue, cost: number): readonly Option[] {
  if (value !== null) return [{ value, cost }];
  return [
    { value: 0, cost },
    { value: null, cost: cost + BLANK_COST },
  ];
}

/** What a figure is in an explanation; its own likeliest number where the explanation names none. */
export function chosenIn(choices: Choices, changes: Changes | null): Choice {
  const option = changes?.get(choices.variable);
  return choices.others.find((choice) => choice.option === option) ?? choices.first;
}

/** The number a figure is in the next best explanation, or else its next likeliest by itself. */
export function otherThan(taken: Choice, choices: Choices, changes: Changes | null): Candidate | null {
  const named = chosenIn(choices, changes);
  const other = [named, choices.first, ...choices.others].find(({ candidate }) => candidate !== taken.candidate);
  return other?.candidate ?? null;
}
