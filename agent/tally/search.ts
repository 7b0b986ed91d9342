import { type Frontier, frontierOf } from '#agent/tally/frontier.ts';
import {
  breachesIn,
  type Changes,
  type Constraint,
  isBrokenBy,
  type Network,
  type Option,
  type Variable,
} from '#agent/tally/network.ts';
import { SEARCH_STEPS } from '#agent/tally/thresholds.ts';

export interface Explanation {
  /** Nats; of a search that was broken off, the least the answer can cost. */
  readonly cost: number;
  /** null when the search was broken off. */
  readonly changes: Changes | null;
}

/** Nats: what a whole explanation and what one figure's option may cost. */
export interface Limits {
  readonly most: number;
  readonly dearest: number;
}

/**
 * Best first, from what each figure says by itself. A figure leaves its first option only on account
 * of a broken rule, so it is enough to take up one broken rule at a time: either it stays broken and
 * is paid for, or one of its figures changes (those before it then stay, so nothing is tried twice).
 *
 * What is open is ordered by what it costs already plus the least that its broken rules can still cost
 * (A*: Hart, Nilsson, Raphael 1968), so the first explanation that comes up is the cheapest: exact, and
 * when the search is broken off after `SEARCH_STEPS`, what was to come next is a proven lower bound.
 */
export function search(network: Network, limits: Limits): Explanation {
  const frontier = frontierOf<Open>();
  frontier.push(reached(network, START, limits));
  return cheapestOn(frontier, network, limits);
}

/** The same where one figure takes one of the options given, cheapest first, whatever it costs. */
export function searchWithout(
  network: Network,
  variable: Variable,
  options: readonly Option[],
  limits: Limits,
): Explanation {
  const frontier = frontierOf<Open>();
  for (const first of choiceOf({ parent: START, variable, options, kept: [], besides: 0 }, 0)) frontier.push(first);
  return cheapestOn(frontier, network, limits);
}

function cheapestOn(frontier: Frontier<Open>, network: Network, limits: Limits): Explanation {
  let open = frontier.pop();
  for (let step = 0; open && open.cost <= limits.most && step < SEARCH_STEPS; step++) {
    if (open.kind === 'reached' && !open.broken) return { cost: open.cost, changes: open.state.changes };
    const ways = open.kind === 'choice' ? chosen(network, open, limits) : waysOn(network, open, limits);
    for (const way of ways) frontier.push(way);
    open = frontier.pop();
  }
  return { cost: open?.cost ?? Number.POSITIVE_INFINITY, changes: null };
}

/** What has been decided on the way to an explanation, latest first; `cost` in nats so far. */
type Node = Start | Breach | Change;

interface Start {
  readonly kind: 'start';
  readonly cost: number;
}

interface Breach {
  readonly kind: 'breach';
  readonly cost: number;
  readonly parent: Node;
  readonly constraint: Constraint;
}

interface Change {
  readonly kind: 'change';
  readonly cost: number;
  readonly parent: Node;
  readonly variable: Variable;
  readonly option: Option;
  /** Figures of the same rule that were considered before and stay as they are. */
  readonly kept: readonly Variable[];
}

const START: Start = { kind: 'start', cost: 0 };

/** What the frontier holds; `cost` is the least that an explanation from here on can have. */
type Open = Reached | Untried;

interface Reached {
  readonly kind: 'reached';
  readonly cost: number;
  readonly node: Node;
  readonly state: State;
  /** The rule to take up next; none: this is an explanation. */
  readonly broken: Constraint | undefined;
}

/** One figure's next option; the one after it enters the frontier when this one leaves it. */
interface Untried extends Ways {
  readonly kind: 'choice';
  readonly cost: number;
  readonly index: number;
}

interface Ways {
  readonly parent: Node;
  readonly variable: Variable;
  /** Cheapest first. */
  readonly options: readonly Option[];
  readonly kept: readonly Variable[];
  /** Nats that a second change costs at least, where none of the options mends the rule. */
  readonly besides: number;
}

interface State {
  readonly changes: Changes;
  readonly decided: ReadonlySet<Variable>;
  readonly paid: ReadonlySet<Constraint>;
}

function* choiceOf(ways: Ways, index: number): Generator<Untried> {
  const option = ways.options[index];
  if (option) yield { ...ways, kind: 'choice', cost: ways.parent.cost + option.cost + ways.besides, index };
}

function* chosen(network: Network, choice: Untried, limits: Limits): Generator<Open> {
  const { parent, variable, options, index, kept } = choice;
  const option = options[index];
  if (!option) return;
  yield reached(network, { kind: 'change', cost: parent.cost + option.cost, parent, variable, option, kept }, limits);
  yield* choiceOf(choice, index + 1);
}

function* waysOn(network: Network, { node: parent, state, broken }: Reached, limits: Limits): Generator<Open> {
  if (!broken) return;
  yield reached(network, { kind: 'breach', cost: parent.cost + broken.cost, parent, constraint: broken }, limits);
  const open = openIn(broken, state);
  let besides = Number.POSITIVE_INFINITY;
  for (const [index, variable] of [...open.entries()].reverse()) {
    const kept = open.slice(0, index);
    const mends = mendingIn(broken, state, variable);
    const options = affordable(variable, limits);
    yield* choiceOf({ parent, variable, options: options.filter(mends), kept, besides: 0 }, 0);
    if (besides < Number.POSITIVE_INFINITY) {
      yield* choiceOf({ parent, variable, options: options.filter((option) => !mends(option)), kept, besides }, 0);
    }
    besides = Math.min(besides, cheapestOf(variable, limits));
  }
}

/** Rules that have no open figure in common are mended apart: what they cost at least adds up. */
function reached(network: Network, node: Node, limits: Limits): Reached {
  const state = stateOf(node);
  const touched = new Set<Variable>();
  let cost = node.cost;
  let hardest: { readonly constraint: Constraint; readonly least: number } | null = null;
  for (const constraint of breachesIn(network, state.changes, state.paid)) {
    const least = leastFor(constraint, state, limits);
    if (!hardest || least > hardest.least) hardest = { constraint, least };
    const open = openIn(constraint, state);
    if (open.some((variable) => touched.has(variable))) continue;
    for (const variable of open) touched.add(variable);
    cost += least;
  }
  return { kind: 'reached', cost, node, state, broken: hardest?.constraint };
}

/** The least of a breach, a change that mends the rule, and two changes. */
function leastFor(broken: Constraint, state: State, limits: Limits): number {
  const open = openIn(broken, state);
  const [one = Number.POSITIVE_INFINITY, two = Number.POSITIVE_INFINITY] = open
    .map((variable) => cheapestOf(variable, limits))
    .sort((a, b) => a - b);
  let least = Math.min(broken.cost, one + two);
  for (const variable of open) {
    const mends = mendingIn(broken, state, variable);
    for (const option of variable.others) {
      if (option.cost >= least || option.cost > limits.dearest) break;
      if (mends(option)) least = option.cost;
    }
  }
  return least;
}

function openIn({ variables }: Constraint, { decided }: State): readonly Variable[] {
  return variables.filter((variable) => !variable.settled && !decided.has(variable));
}

function affordable({ others }: Variable, { dearest }: Limits): readonly Option[] {
  return others.filter(({ cost }) => cost <= dearest);
}

function cheapestOf({ others: [first] }: Variable, { dearest }: Limits): number {
  return first && first.cost <= dearest ? first.cost : Number.POSITIVE_INFINITY;
}

/** Whether the rule holds when the figure takes an option, all others as they are. */
function mendingIn({ rule, variables }: Constraint, { changes }: State, of: Variable): (option: Option) => boolean {
  const values = variables.map((variable) => (changes.get(variable) ?? variable.first).value);
  const at = variables.indexOf(of);
  return ({ value }) => {
    values[at] = value;
    return !isBrokenBy(rule, values);
  };
}

function stateOf(node: Node): State {
  const changes = new Map<Variable, Option>();
  const decided = new Set<Variable>();
  const paid = new Set<Constraint>();
  for (let at = node; at.kind !== 'start'; at = at.parent) {
    if (at.kind === 'breach') {
      paid.add(at.constraint);
    } else {
      changes.set(at.variable, at.option);
      for (const variable of [at.variable, ...at.kept]) decided.add(variable);
    }
  }
  return { changes, decided, paid };
}
