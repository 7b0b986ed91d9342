import { type Frontier, frontierOf } from '#agent/tally/frontier.ts';
import {
  breachIn,
  type Changes,
  type Constraint,
  linkedTo,
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

/**
 * The likeliest explanation of all figures together: least own costs plus costs of broken rules.
 *
 * Best first, from what each figure says by itself. A figure leaves its first option only on account
 * of a broken rule, so it is enough to take up one broken rule at a time: either it stays broken and
 * is paid for, or one of its figures changes (those before it then stay, so nothing is tried twice).
 * Costs only grow, so the first explanation without an unpaid breach is the cheapest: exact, and when
 * the search is broken off, the cheapest node still open is a proven lower bound. A step looks at the
 * rules around what has changed; no search takes more than `SEARCH_STEPS`.
 *
 * Rules that only settled figures link are explained apart: doubts in several corners of a form add up
 * to as many steps, where all their combinations would multiply.
 *
 * No figure takes an option that costs more than `dearest` nats, however many rules it would mend.
 */
export function cheapest(network: Network, dearest: number): Explanation {
  const [broken] = network.brokenAtFirst;
  if (!broken) return { cost: 0, changes: new Map() };
  const { here, elsewhere } = parted(network, [broken]);
  const frontier = frontierOf<Node>();
  frontier.push(START);
  return both(search(here, frontier, { most: Number.POSITIVE_INFINITY, dearest }), cheapest(elsewhere, dearest));
}

/** Nats: what a whole explanation and what one figure's option may cost. */
export interface Limits {
  readonly most: number;
  readonly dearest: number;
}

/**
 * The likeliest explanation in which one figure takes another option than `taken`, even a settled one
 * and at whatever cost; the other figures keep to the limits, and so does the whole, or it is broken off.
 */
export function cheapestWithout(network: Network, variable: Variable, taken: Option, limits: Limits): Explanation {
  const frontier = frontierOf<Node>();
  const options = [variable.first, ...variable.others].filter((option) => option !== taken);
  for (const node of change(START, variable, options, 0, [])) frontier.push(node);
  const { here, elsewhere } = parted(network, network.around.get(variable) ?? []);
  const apart = cheapest(elsewhere, limits.dearest);
  return both(search(here, frontier, { ...limits, most: limits.most - apart.cost }), apart);
}

/** The broken rules that are linked to the given ones, and those that nothing of them can touch. */
function parted(
  network: Network,
  rules: readonly Constraint[],
): { readonly here: Network; readonly elsewhere: Network } {
  const linked = linkedTo(network, rules);
  const isHere = (constraint: Constraint) => linked.has(constraint);
  return {
    here: { ...network, brokenAtFirst: network.brokenAtFirst.filter(isHere) },
    elsewhere: { ...network, brokenAtFirst: network.brokenAtFirst.filter((constraint) => !isHere(constraint)) },
  };
}

/** Of two explanations that have no figure in common. */
function both(one: Explanation, other: Explanation): Explanation {
  const changes = one.changes && other.changes && new Map([...one.changes, ...other.changes]);
  return { cost: one.cost + other.cost, changes };
}

/** What has been decided on the way to an explanation, latest first. */
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
  /** The options considered and where in them `option` is; each enters the frontier when the one before leaves it. */
  readonly options: readonly Option[];
  readonly index: number;
  /** Figures of the same rule that were considered before and stay as they are. */
  readonly kept: readonly Variable[];
}

const START: Start = { kind: 'start', cost: 0 };

interface State {
  readonly changes: Changes;
  readonly decided: ReadonlySet<Variable>;
  readonly paid: ReadonlySet<Constraint>;
}

function search(network: Network, frontier: Frontier<Node>, limits: Limits): Explanation {
  let node = frontier.pop();
  for (let step = 0; node && node.cost <= limits.most && step < SEARCH_STEPS; step++) {
    const state = stateOf(node);
    const broken = breachIn(network, state.changes, state.paid);
    if (!broken) return { cost: node.cost, changes: state.changes };
    for (const next of waysOn(node, state, broken, limits)) frontier.push(next);
    node = frontier.pop();
  }
  return { cost: node?.cost ?? Number.POSITIVE_INFINITY, changes: null };
}

function* waysOn(node: Node, state: State, broken: Constraint, { dearest }: Limits): Generator<Node> {
  if (node.kind === 'change') yield* change(node.parent, node.variable, node.options, node.index + 1, node.kept);
  yield { kind: 'breach', cost: node.cost + broken.cost, parent: node, constraint: broken };
  const open = broken.variables.filter((variable) => !variable.settled && !state.decided.has(variable));
  for (const [index, variable] of open.entries()) {
    const options = variable.others.filter(({ cost }) => cost <= dearest);
    yield* change(node, variable, options, 0, open.slice(0, index));
  }
}

/** The change of a figure to the option at `index`, if there is one. */
function* change(
  parent: Node,
  variable: Variable,
  options: readonly Option[],
  index: number,
  kept: readonly Variable[],
): Generator<Change> {
  const option = options[index];
  if (option) yield { kind: 'change', cost: parent.cost + option.cost, parent, variable, option, options, index, kept };
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
