import { describe, expect, test } from 'vitest';
import { inOneHand, lookalikesOf } from './kindred.ts';
import type { Option, Variable } from './network.ts';
import { CERTAIN_MARGIN } from './thresholds.ts';

function variable(...options: readonly (readonly [number | null, number])[]): Variable {
  const [first = { value: null, cost: 0 }, ...others] = options.map(([value, cost]): Option => ({ value, cost }));
  return { first, others, settled: false };
}

describe('what a figure might have been written for', () => {
  test('is what stands in the boxes that differ, short of what is certain', () => {
    const figure = variable([341, 0], [391, 2], [347, 5], [841, CERTAIN_MARGIN]);
    expect([...lookalikesOf(figure, figure.first)].sort()).toEqual(['17', '49', '71', '94']);
  });

  test('may be nothing at all, and says nothing where there is no doubt', () => {
    const faint = variable([1, 0], [null, 2]);
    expect([...lookalikesOf(faint, faint.first)].sort()).toEqual(['1_', '_1']);
    expect(lookalikesOf(variable([1, 0]), faint.first).size).toBe(0);
  });
});

describe('another figure of a hand that draws 1 and 7 alike', () => {
  const lookalikes = new Set(['17', '71']);

  test('may be what it is not thought to be at no cost, in any of its boxes', () => {
    const { others } = inOneHand(variable([117, 0], [113, 1], [177, 3], [711, 6]), lookalikes);
    expect(others.map(({ value, cost }) => [value, cost])).toEqual([
      [177, 0],
      [711, 0],
      [113, 1],
    ]);
  });

  test('keeps what is certain by itself, and all other doubts', () => {
    const figure = variable([21, 0], [26, 2], [27, CERTAIN_MARGIN]);
    expect(inOneHand(figure, lookalikes)).toEqual(figure);
  });
});
