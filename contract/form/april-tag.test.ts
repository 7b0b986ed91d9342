import { describe, expect, test } from 'vitest';
import { type Bit, TAG_BITS_SIDE, TAG_COUNT, TAG_SIDE, tagBits, tagModules } from './april-tag.ts';

describe('the AprilTag family 36h10', () => {
  test('has 2,320 tags of 36 bits', () => {
    expect(TAG_COUNT).toBe(2320);
    for (let id = 0; id < TAG_COUNT; id++) expect(tagBits(id)).toHaveLength(36);
  });

  test.each([-1, TAG_COUNT, 1.5])('has no tag %d', (id) => {
    expect(() => tagBits(id)).toThrow('has the tags 0 to 2319');
  });

  test('keeps the tags of our forms ten bits apart from every tag at every turn', () => {
    for (const ours of [101, 102, 103, 201, 202, 203, 211, 212, 213]) {
      const seen = turnsOf(tagBits(ours));
      for (let id = 0; id < TAG_COUNT; id++) {
        const nearest = Math.min(...seen.slice(id === ours ? 1 : 0).map((bits) => distance(bits, tagBits(id))));
        expect(nearest).toBeGreaterThanOrEqual(10);
      }
    }
  });
});

describe('a tag as it is printed', () => {
  test('is bordered black on all four sides', () => {
    const modules = tagModules(201);
    const border = [
      ...(modules[0] ?? []),
      ...(modules[TAG_SIDE - 1] ?? []),
      ...modules.map((row) => row[0]),
      ...modules.map((row) => row[TAG_SIDE - 1]),
    ];
    expect(new Set(border)).toEqual(new Set(['black']));
  });

  test('shows its bits row by row inside the border, 1 as white', () => {
    const inside = tagModules(101)
      .slice(1, -1)
      .flatMap((row) => row.slice(1, -1));
    expect(inside.map((module) => (module === 'white' ? 1 : 0))).toEqual(tagBits(101));
  });

  test('is tag 101 as the official form prints it, upright', () => {
    const drawn = tagModules(101).map((row) => row.map((module) => (module === 'white' ? '#' : '.')).join(''));
    expect(drawn).toMatchInlineSnapshot(`
      [
        "........",
        ".#.###..",
        ".###..#.",
        "....#...",
        ".###....",
        "..#.##..",
        ".###....",
        "........",
      ]
    `);
  });
});

function turnsOf(bits: readonly Bit[]): readonly (readonly Bit[])[] {
  const quarter = (from: readonly Bit[]) =>
    from.map(
      (_, i) => from[(TAG_BITS_SIDE - 1 - (i % TAG_BITS_SIDE)) * TAG_BITS_SIDE + Math.floor(i / TAG_BITS_SIDE)] ?? 0,
    );
  const turns = [bits];
  while (turns.length < 4) turns.push(quarter(turns.at(-1) ?? bits));
  return turns;
}

function distance(a: readonly Bit[], b: readonly Bit[]): number {
  return a.filter((bit, i) => bit !== b[i]).length;
}
