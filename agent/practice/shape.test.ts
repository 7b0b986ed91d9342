import { describe, expect, test } from 'vitest';
import { CHARACTERS, type Character } from '#contract/practice/practice-sheet.ts';
import { RECOMMENDED_SHAPES } from '#contract/practice/recommended-shapes.ts';
import { type Shape, shapeOf } from './shape.ts';
import { drawnBox } from './testing/drawn-box.ts';

/** The height is counted in rows of the small picture, of which a box has 22.6. */
const TWO_ROWS = 2 / 22.6;

describe('the recommended shapes', () => {
  const loops: Readonly<Partial<Record<Character, number>>> = { 0: 1, 6: 1, 8: 2, 9: 1 };

  test.each(CHARACTERS)('%s encloses what it should, and fills two thirds of the box', (character) => {
    const shape = written(RECOMMENDED_SHAPES[character], 0.68);
    expect(shape.loops).toBe(loops[character] ?? 0);
    expect(Math.abs(shape.height - 0.68)).toBeLessThan(TWO_ROWS);
  });

  test('7 has no bar, 1 neither flag nor foot', () => {
    expect(written(RECOMMENDED_SHAPES[7], 0.68).barred).toBe(false);
    const { flag, foot } = written(RECOMMENDED_SHAPES[1], 0.68);
    expect(flag).toBeLessThan(0.1);
    expect(foot).toBeLessThan(0.2);
  });
});

describe('other ways people write', () => {
  test.each<[string, string, Partial<Shape>]>([
    ['a 4 that is closed at the top', 'M38 2 L4 66 L58 66 M38 2 L38 98', { loops: 1 }],
    [
      'an 8 open at the top',
      'M50 10 C20 -4 0 20 30 47 C60 72 50 98 30 98 C10 98 0 72 30 47 C40 38 48 34 52 26',
      { loops: 1 },
    ],
    ['a 0 that does not meet itself', 'M44 8 C30 0 4 10 4 50 C4 90 30 98 44 92 C54 84 56 60 56 40', { loops: 0 }],
    ['a 7 with a bar', 'M4 2 L57 2 L24 98 M16 50 L56 48', { barred: true }],
  ])('%s', (_, path, seen) => {
    expect(written(path, 0.68)).toMatchObject(seen);
  });

  test('a 1 with a long flag, upright or leaning', () => {
    expect(written('M4 34 L36 2 L36 98', 0.68).flag).toBeGreaterThan(0.25);
    expect(written('M10 40 L56 2 L28 98', 0.68).flag).toBeGreaterThan(0.25);
    expect(written('M50 2 L16 98', 0.68).flag).toBeLessThan(0.1);
  });

  test('a 1 with a foot', () => {
    expect(written('M30 2 L30 98 M10 98 L50 98', 0.68).foot).toBeGreaterThan(0.3);
  });

  test('however small they write: the shape is the same, the height is not', () => {
    const { loops, height } = written(RECOMMENDED_SHAPES[8], 0.34);
    expect(loops).toBe(2);
    expect(Math.abs(height - 0.34)).toBeLessThan(TWO_ROWS);
  });
});

test('a box with nothing in it has no shape', () => {
  expect(written('', 0.68)).toEqual({ loops: 0, barred: false, flag: 0, foot: 0, height: 0 });
});

function written(path: string, height: number): Shape {
  return shapeOf(drawnBox(path, height).input);
}
