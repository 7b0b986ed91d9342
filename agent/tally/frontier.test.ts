import fc from 'fast-check';
import { expect, test } from 'vitest';
import { frontierOf } from './frontier.ts';

test('whatever order nodes come in, they go out cheapest first', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20 })), (costs) => {
      const frontier = frontierOf<{ readonly cost: number }>();
      for (const cost of costs) frontier.push({ cost });
      expect(costs.map(() => frontier.pop()?.cost)).toEqual([...costs].sort((a, b) => a - b));
      expect(frontier.pop()).toBeUndefined();
    }),
  );
});

test('nodes may come while others go', () => {
  const frontier = frontierOf<{ readonly cost: number }>();
  for (const cost of [5, 3, 8]) frontier.push({ cost });
  expect(frontier.pop()?.cost).toBe(3);
  for (const cost of [1, 9, 4]) frontier.push({ cost });
  expect([1, 2, 3, 4, 5].map(() => frontier.pop()?.cost)).toEqual([1, 4, 5, 8, 9]);
});
