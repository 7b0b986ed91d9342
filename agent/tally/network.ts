import type { Rule } from '#contract/form/definition.ts';
import { type FigureValue, ruleHolds } from '#contract/form/rules.ts';

/** A figure, as the search for the likeliest explanation sees it. */
export interface Variable {
  /** What its own evidence prefers; costs nothing. */
  readonly first: Option;
  /** Cheapest first. */
  readonly others: readonly Option[];
  /** A settled figure keeps its first option, whatever the rules say. */
  readonly settled: boolean;
}

export interface Option {
  /** null obeys every rule: a row not filled in, or any number that is not listed. */
  readonly value: FigureValue;
  /** Nats this is less likely, by its own evidence, than the first option. */
  readonly cost: number;
}

/** A rule of which every figure is known; variables in the order of `ruleFigures`. */
export interface Constraint {
  readonly rule: Rule;
  readonly variables: readonly Variable[];
  /** Nats a breach costs. */
  readonly cost: number;
}

/** The figures that do not take their first option. */
export type Changes = ReadonlyMap<Variable, Option>;

/** All rules that can be weighed, and where to look when a figure changes. */
export interface Network {
  /** Broken when every figure takes its first option. */
  readonly brokenAtFirst: readonly Constraint[];
  readonly around: ReadonlyMap<Variable, readonly Constraint[]>;
}

export function networkOf(constraints: readonly Constraint[]): Network {
  const around = new Map<Variable, readonly Constraint[]>();
  for (const constraint of constraints) {
    for (const variable of constraint.variables) {
      around.set(variable, [...(around.get(variable) ?? []), constraint]);
    }
  }
  return { brokenAtFirst: constraints.filter((constraint) => isBroken(constraint, new Map())), around };
}

/** The rules that are linked to these by figures that may change; figures that are settled link nothing. */
export function linkedTo(network: Network, rules: readonly Constraint[]): ReadonlySet<Constraint> {
  const linked = new Set(rules);
  // A set also visits what is added to it on the way.
  for (const { variables } of linked) {
    for (const variable of variables.filter(({ settled }) => !settled)) {
      for (const constraint of network.around.get(variable) ?? []) linked.add(constraint);
    }
  }
  return linked;
}

/** The rules the figures break, besides those that are paid for; only rules around a change can be new. */
export function breachesIn(network: Network, changes: Changes, paid: ReadonlySet<Constraint>): ReadonlySet<Constraint> {
  const broken = new Set<Constraint>();
  const look = (constraint: Constraint) => {
    if (!paid.has(constraint) && isBroken(constraint, changes)) broken.add(constraint);
  };
  network.brokenAtFirst.forEach(look);
  for (const variable of changes.keys()) network.around.get(variable)?.forEach(look);
  return broken;
}

function isBroken({ rule, variables }: Constraint, changes: Changes): boolean {
  return isBrokenBy(
    rule,
    variables.map((variable) => (changes.get(variable) ?? variable.first).value),
  );
}

/** Values in the order of the rule's figures; one that is null obeys. */
export function isBrokenBy(rule: Rule, values: readonly FigureValue[]): boolean {
  return !values.includes(null) && !ruleHolds(rule, values as readonly number[]);
}
