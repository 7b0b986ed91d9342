import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TAG_COUNT, tagBits } from '#contract/form/april-tag.ts';
import { matchCode } from './tag-family.ts';

const anyId = fc.integer({ min: 0, max: TAG_COUNT - 1 });
const anyTurn = fc.constantFrom(0 as const, 1 as const, 2 as const, 3 as const);
const bitsAt = (count: number) =>
  fc.uniqueArray(fc.integer({ min: 0, max: 35 }), { minLength: count, maxLength: count });

describe('a tag is known by its 36 bits', () => {
  test('however it lies, and its turn is told', () => {
    fc.assert(
      fc.property(anyId, anyTurn, (id, turn) => {
        expect(matchCode(turnedClockwise(bitsOf(id), turn), 2)).toEqual({ id, errors: 0, turn });
      }),
    );
  });

  test('with up to two bits wrong', () => {
    fc.assert(
      fc.property(anyId, anyTurn, fc.integer({ min: 0, max: 2 }).chain(bitsAt), (id, turn, wrong) => {
        const seen = flipped(turnedClockwise(bitsOf(id), turn), wrong);
        expect(matchCode(seen, 2)).toEqual({ id, errors: wrong.length, turn });
      }),
    );
  });

  test('and is never taken for another, up to seven wrong bits: it is refused', () => {
    fc.assert(
      fc.property(anyId, fc.integer({ min: 3, max: 7 }).chain(bitsAt), (id, wrong) => {
        expect(matchCode(flipped(bitsOf(id), wrong), 2)).toBeNull();
      }),
    );
  });
});

function bitsOf(id: number): boolean[] {
  return tagBits(id).map((bit) => bit === 1);
}

function turnedClockwise(bits: readonly boolean[], quarters: number): boolean[] {
  let grid = [...bits];
  for (let turn = 0; turn < quarters; turn++) {
    const before = grid;
    grid = before.map((_, k) => before[(5 - (k % 6)) * 6 + Math.floor(k / 6)] ?? false);
  }
  return grid;
}

function flipped(bits: readonly boolean[], places: readonly number[]): boolean[] {
  return bits.map((bit, k) => (places.includes(k) ? !bit : bit));
}
