import { describe, expect, test } from 'vitest';
import type { Point } from '#contract/form/definition.ts';
import { fitDisplacement, type Observation } from './displacement.ts';

const bend = ([x, y]: Point): Point => [0.8 * Math.sin(y / 260), 1.1 * Math.cos(x / 240)];
const boxes = Array.from({ length: 66 }, (_, k): Point => [310 + 23 * (k % 9), 390 + 45 * Math.floor(k / 9)]);

describe('the field of small shifts', () => {
  test('follows a smooth bend between the boxes that were seen', () => {
    const seen = boxes.filter((_, k) => k % 2 === 0).map(observe);
    const field = fitDisplacement(seen);
    for (const at of boxes) expectNear(field.shiftAt(at), bend(at), 0.1);
  });

  test('leaves out boxes that disagree with all around them', () => {
    const seen = boxes.map(observe);
    const wrong: Observation = { at: boxes[30] ?? [0, 0], shift: [3.5, -2] };
    const field = fitDisplacement([...seen.filter((_, k) => k !== 30), wrong]);
    expect(field.left).toEqual([wrong]);
    expectNear(field.shiftAt(wrong.at), bend(wrong.at), 0.1);
  });

  test('says nothing where nothing was seen', () => {
    expect(fitDisplacement([]).shiftAt([300, 400])).toEqual([0, 0]);
    const far = fitDisplacement([{ at: [50, 50], shift: [1, 1] }]).shiftAt([550, 850]);
    expectNear(far, [0, 0], 0.01);
  });
});

function observe(at: Point): Observation {
  return { at, shift: bend(at) };
}

function expectNear(seen: Point, expected: Point, within: number): void {
  expect(Math.hypot(seen[0] - expected[0], seen[1] - expected[1])).toBeLessThan(within);
}
