import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Point } from '#contract/form/definition.ts';
import { axesAt, fitHomography, type Homography, invert, mapPoint, type Pair, scaleAt } from './homography.ts';

const SHEET: readonly Point[] = [
  [47.2, 65],
  [552.8, 65],
  [552.8, 875],
  [47.2, 875],
  [494, 107],
  [526, 139],
];

/** A sheet as a camera may see it: scale, turn, shift, perspective. */
const anyView: fc.Arbitrary<Homography> = fc
  .record({
    scale: fc.double({ min: 1, max: 6, noNaN: true }),
    turn: fc.double({ min: -Math.PI, max: Math.PI, noNaN: true }),
    shift: fc.tuple(fc.double({ min: -500, max: 500, noNaN: true }), fc.double({ min: -500, max: 500, noNaN: true })),
    lean: fc.tuple(
      fc.double({ min: -3e-4, max: 3e-4, noNaN: true }),
      fc.double({ min: -3e-4, max: 3e-4, noNaN: true }),
    ),
  })
  .map(({ scale, turn, shift, lean }): Homography => {
    const cos = scale * Math.cos(turn);
    const sin = scale * Math.sin(turn);
    return [cos, -sin, shift[0], sin, cos, shift[1], lean[0], lean[1], 1];
  });

describe('a homography', () => {
  test('is found again from the points it maps', () => {
    fc.assert(
      fc.property(anyView, (view) => {
        const h = fitHomography(SHEET.map((from): Pair => ({ from, to: mapPoint(view, from), weight: 1 })));
        for (const at of SHEET) expectNear(h ? mapPoint(h, at) : null, mapPoint(view, at));
      }),
    );
  });

  test('follows the points it is told to believe', () => {
    const pairs = SHEET.map((from, k): Pair => ({ from, to: k === 5 ? [0, 0] : from, weight: k === 5 ? 1e-9 : 1 }));
    const h = fitHomography(pairs);
    expectNear(h ? mapPoint(h, [300, 400]) : null, [300, 400]);
  });

  test('needs four points that do not lie on a line', () => {
    const straight = [0, 1, 2, 3].map((k): Pair => ({ from: [k, k], to: [k, 2 * k], weight: 1 }));
    expect(fitHomography(straight)).toBeNull();
    expect(fitHomography(straight.slice(1))).toBeNull();
  });

  test('can be undone', () => {
    fc.assert(
      fc.property(anyView, (view) => expectNear(mapPoint(invert(view), mapPoint(view, [123, 456])), [123, 456])),
    );
  });

  test('has local axes that are its own small steps', () => {
    fc.assert(
      fc.property(anyView, (view) => {
        const here = mapPoint(view, [300, 400]);
        const right = mapPoint(view, [300.001, 400]);
        const { x } = axesAt(view, [300, 400]);
        expectNear([(right[0] - here[0]) * 1000, (right[1] - here[1]) * 1000], x);
      }),
    );
  });

  test('of pure scale has that scale everywhere', () => {
    expect(scaleAt([3, 0, 7, 0, 3, 9, 0, 0, 1], [12, 34])).toBeCloseTo(3);
  });
});

function expectNear(seen: Point | null, expected: Point): void {
  expect(seen?.[0]).toBeCloseTo(expected[0], 2);
  expect(seen?.[1]).toBeCloseTo(expected[1], 2);
}
