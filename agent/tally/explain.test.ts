import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Rule } from '#contract/form/definition.ts';
import { ruleHolds } from '#contract/form/rules.ts';
import { cheapest, cheapestWithout } from './explain.ts';
import { type Constraint, networkOf, type Option, type Variable } from './network.ts';

const FAR = Number.POSITIVE_INFINITY;
const ANY = { most: FAR, dearest: FAR };

function sum(total: Variable, ...parts: readonly Variable[]): Constraint {
  const says = { id: 'r', severity: 'blocking', says: 'r', source: 'r' } as const;
  return { rule: { ...says, kind: 'sum', total: 't', parts: ['p'] }, variables: [total, ...parts], cost: 7 };
}

function variable(...options: readonly (readonly [number | null, number])[]): Variable {
  const [first = { value: null, cost: 0 }, ...others] = options.map(([value, cost]): Option => ({ value, cost }));
  return { first, others, settled: false };
}

describe('a form that is consistent as it reads', () => {
  const [a, b, total] = [variable([1, 0], [7, 3]), variable([2, 0], [3, 5]), variable([3, 0], [9, 4])];
  const network = networkOf([sum(total, a, b)]);

  test('is explained by what each figure says', () => {
    expect(cheapest(network, FAR)).toEqual({ cost: 0, changes: new Map() });
  });

  test('has for another number the cheaper of a breach and a second change', () => {
    const other = cheapestWithout(network, a, a.first, ANY);
    expect(other.cost).toBe(7);
    expect(other.changes?.get(a)).toBe(a.others[0]);
    expect(other.changes?.get(total)).toBe(total.others[0]);
    expect(cheapestWithout(network, b, b.first, ANY).cost).toBe(12);
  });

  test('is not searched beyond what is asked', () => {
    expect(cheapestWithout(network, a, a.first, { ...ANY, most: 2 })).toEqual({ cost: 3, changes: null });
    expect(cheapestWithout(network, a, a.first, { ...ANY, most: 4 })).toEqual({ cost: 7, changes: null });
  });
});

test('an unclear figure is explained by the sum, a settled one never', () => {
  const [a, b] = [variable([1, 0], [7, 3]), variable([2, 0])];
  const total = variable([9, 0], [3, 4]);
  expect([...(cheapest(networkOf([sum(total, a, b)]), FAR).changes ?? [])]).toEqual([[a, a.others[0]]]);
  const settled = { ...a, settled: true };
  expect([...(cheapest(networkOf([sum(total, settled, b)]), FAR).changes ?? [])]).toEqual([[total, total.others[0]]]);
  const both = { ...total, settled: true };
  expect(cheapest(networkOf([sum(both, settled, b)]), FAR)).toEqual({ cost: 7, changes: new Map() });
});

test('a figure with one option only has no other', () => {
  const only = variable([1, 0]);
  expect(cheapestWithout(networkOf([]), only, only.first, ANY)).toEqual({ cost: FAR, changes: null });
});

describe('small networks, against every combination', () => {
  const optionsOf = fc
    .uniqueArray(fc.option(fc.integer({ min: 0, max: 6 }), { freq: 8 }), { minLength: 1, maxLength: 4 })
    .chain((values) =>
      fc
        .array(fc.double({ min: 0, max: 9, noNaN: true }), {
          minLength: values.length - 1,
          maxLength: values.length - 1,
        })
        .map((costs) =>
          values.map((value, i): Option => ({ value, cost: [0, ...costs.sort((a, b) => a - b)][i] ?? 0 })),
        ),
    );
  const variables = fc.array(
    fc.record({ options: optionsOf, settled: fc.boolean() }).map(({ options, settled }): Variable => {
      const [first = { value: null, cost: 0 }, ...others] = options;
      return { first, others, settled };
    }),
    { minLength: 4, maxLength: 5 },
  );
  const base = { id: 'r', severity: 'blocking', says: 'r', source: 'r' } as const;
  const ruleAt = fc.record({
    at: fc.uniqueArray(fc.integer({ min: 0, max: 3 }), { minLength: 2, maxLength: 4 }),
    cost: fc.constantFrom(2, 7),
    atMost: fc.boolean(),
  });
  const networks = fc.tuple(variables, fc.array(ruleAt, { maxLength: 4 })).map(([all, rules]) => {
    const constraints = rules.map(({ at, cost, atMost }): Constraint => {
      const ids = at.map(String);
      const rule: Rule = atMost
        ? { ...base, kind: 'at-most', smaller: '0', larger: '1' }
        : { ...base, kind: 'sum', total: '0', parts: ids.slice(1) };
      return { rule, variables: at.slice(0, atMost ? 2 : 4).flatMap((i) => all[i] ?? []), cost };
    });
    return { all, constraints };
  });

  test('the likeliest explanation, and the likeliest with another number, cost what they must', () => {
    fc.assert(
      fc.property(networks, fc.constantFrom(FAR, 7, 2), ({ all, constraints }, dearest) => {
        const network = networkOf(constraints);
        const best = cheapest(network, dearest);
        const isCheap: Allowed = ({ cost }) => cost <= dearest;
        expect(best.cost).toBeCloseTo(leastOf(all, constraints, isCheap), 9);
        expect(best.changes && costOf(all, constraints, best.changes)).toBeCloseTo(best.cost, 9);
        for (const forced of all) {
          const taken = best.changes?.get(forced) ?? forced.first;
          const freed = all.map((other) => (other === forced ? { ...forced, settled: false } : other));
          const allowed: Allowed = (choice, i) => (all[i] === forced ? choice !== taken : isCheap(choice, i));
          const expected = leastOf(freed, constraints, allowed, all);
          const { cost } = cheapestWithout(network, forced, taken, { most: FAR, dearest });
          if (expected === FAR) expect(cost).toBe(FAR);
          else expect(cost).toBeCloseTo(expected, 9);
        }
      }),
      { numRuns: 300 },
    );
  });

  type Allowed = (choice: Option, index: number) => boolean;

  function leastOf(
    free: readonly Variable[],
    constraints: readonly Constraint[],
    allowed: Allowed,
    keys: readonly Variable[] = free,
  ): number {
    let all: readonly (readonly Option[])[] = [[]];
    free.forEach(({ first, others, settled }, i) => {
      const options = (settled ? [first] : [first, ...others]).filter((option) => allowed(option, i));
      all = all.flatMap((before) => options.map((option) => [...before, option]));
    });
    const costs = all.map((choice) =>
      costOf(keys, constraints, new Map(keys.flatMap((key, i) => (choice[i] ? [[key, choice[i]] as const] : [])))),
    );
    return Math.min(...costs, FAR);
  }

  function costOf(all: readonly Variable[], constraints: readonly Constraint[], choice: ReadonlyMap<Variable, Option>) {
    const own = all.reduce((cost, figure) => cost + (choice.get(figure) ?? figure.first).cost, 0);
    return constraints.reduce((cost, { rule, variables: of, cost: breach }) => {
      const values = of.map((figure) => (choice.get(figure) ?? figure.first).value);
      const known = values.filter((value) => value !== null);
      return known.length === values.length && !ruleHolds(rule, known) ? cost + breach : cost;
    }, own);
  }
});

test('a search that runs out of steps gives a bound below the truth', () => {
  const flat = () => variable(...Array.from({ length: 40 }, (_, i) => [i * 2, i * 1e-3] as const));
  const all = [1, 2, 3, 4].map(flat);
  const odd = variable([1001, 0]);
  const { cost, changes } = cheapest(networkOf([sum(odd, ...all)]), FAR);
  expect(changes).toBeNull();
  expect(cost).toBeLessThanOrEqual(7);
});
