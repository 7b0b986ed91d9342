import { type Constraint, linkedTo, type Network, type Option, type Variable } from '#agent/tally/network.ts';
import { type Explanation, type Limits, search, searchWithout } from '#agent/tally/search.ts';

/**
 * The likeliest explanation of all figures together: least own costs plus costs of broken rules. No
 * figure takes an option that costs more than `dearest` nats, however many rules it would mend.
 *
 * Rules that only settled figures link are explained apart: doubts in several corners of a form add up
 * to as many steps, where all their combinations would multiply.
 */
export function cheapest(network: Network, dearest: number): Explanation {
  const [broken] = network.brokenAtFirst;
  if (!broken) return { cost: 0, changes: new Map() };
  const { here, elsewhere } = parted(network, [broken]);
  return both(search(here, { most: Number.POSITIVE_INFINITY, dearest }), cheapest(elsewhere, dearest));
}

/**
 * The likeliest explanation in which one figure takes another option than `taken`, even a settled one
 * and at whatever cost; the other figures keep to the limits, and so does the whole, or it is broken off.
 */
export function cheapestWithout(network: Network, variable: Variable, taken: Option, limits: Limits): Explanation {
  const { here, elsewhere } = parted(network, network.around.get(variable) ?? []);
  const apart = cheapest(elsewhere, limits.dearest);
  const options = [variable.first, ...variable.others].filter((option) => option !== taken);
  return both(searchWithout(here, variable, options, { ...limits, most: limits.most - apart.cost }), apart);
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
