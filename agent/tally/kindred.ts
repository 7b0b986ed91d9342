import type { Option, Variable } from '#agent/tally/network.ts';
import { CERTAIN_MARGIN } from '#agent/tally/thresholds.ts';
import type { FigureValue } from '#contract/form/rules.ts';

/** Two things a box may hold that a hand draws alike: `17`, or `_8` where nothing may be written; both ways round. */
export type Lookalikes = ReadonlySet<string>;

/** What a figure that is taken for `taken` might have been written for, short of what is certain by itself. */
export function lookalikesOf({ first, others }: Variable, taken: Option): Lookalikes {
  const doubts = [first, ...others].filter(
    (option) => option !== taken && option.cost - taken.cost < CERTAIN_MARGIN && option.value !== taken.value,
  );
  const pairs = doubts.flatMap(({ value }) => differences(taken.value, value));
  return new Set(pairs.flatMap(([a, b]) => [a + b, b + a]));
}

/**
 * The figure, were it written by a hand that draws these alike wherever it writes them: it may then be
 * another number at no cost, save where it is certain that it is not.
 */
export function inOneHand(variable: Variable, lookalikes: Lookalikes): Variable {
  const { first, others } = variable;
  const free = ({ value, cost }: Option) =>
    cost < CERTAIN_MARGIN && differences(first.value, value).every(([a, b]) => lookalikes.has(a + b));
  const kindred = others.map((option) => (free(option) ? { ...option, cost: 0 } : option));
  return { ...variable, others: kindred.sort((a, b) => a.cost - b.cost) };
}

/** What stands in the boxes where two numbers differ, filled from the right. */
function differences(one: FigureValue, other: FigureValue): readonly (readonly [string, string])[] {
  const [a, b] = [String(one ?? ''), String(other ?? '')];
  const boxes = Math.max(a.length, b.length);
  const instead = b.padStart(boxes, '_');
  return [...a.padStart(boxes, '_')]
    .map((held, box) => [held, instead.charAt(box)] as const)
    .filter(([held, other]) => held !== other);
}
