import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CellLikelihood, saidByTally, type TallyRow, weighTotals } from './turus-count.ts';

const [COLUMNS, ROWS] = [4, 3];
const ROOM = COLUMNS * ROWS * 5;

/** A cell seen with so many strokes, right in `sure` of the cases. */
function cell(strokes: number, sure = 0.97): CellLikelihood {
  return { strokes: [0, 1, 2, 3, 4, 5].map((n) => (n === strokes ? sure : (1 - sure) / 5)), struck: 0.001 };
}

const UNSEEN: CellLikelihood = { strokes: [1, 1, 1, 1, 1, 1], struck: 1 };

function gridOf(cells: readonly CellLikelihood[], total: TallyRow['total'] = () => 1): readonly TallyRow[] {
  return Array.from({ length: ROWS }, (_, row) => ({
    cells: cells.slice(row * COLUMNS, (row + 1) * COLUMNS),
    total: row === 0 ? total : () => 1,
  }));
}

function legal(count: number): readonly number[] {
  return Array.from({ length: COLUMNS * ROWS }, (_, i) => Math.max(0, Math.min(5, count - 5 * i)));
}

function likeliest(rows: readonly TallyRow[]): number {
  const weights = weighTotals(rows);
  return weights.indexOf(Math.max(...weights));
}

describe('a tally seen well', () => {
  test('holds the number that was tallied', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: ROOM }), (count) => {
        expect(likeliest(gridOf(legal(count).map((n) => cell(n))))).toBe(count);
      }),
    );
  });

  test('is counted stroke by stroke where a cell breaks the order beyond doubt', () => {
    const cells = legal(33).map((n, i) => cell(i === 2 ? 4 : n, 0.99999));
    expect(likeliest(gridOf(cells))).toBe(32);
  });

  test('a cell that is struck out counts for nothing, and the tally goes on behind it', () => {
    const struck: CellLikelihood = { strokes: [0, 0, 0, 0, 0, 1e-6], struck: 1 };
    const cells = legal(33).map((n) => cell(n));
    expect(likeliest(gridOf([...cells.slice(0, 2), struck, ...cells.slice(2, -1)]))).toBe(33);
  });
});

test('a cell in the middle that is not seen is full: the order tells', () => {
  fc.assert(
    fc.property(fc.integer({ min: 20, max: 50 }), fc.integer({ min: 0, max: 2 }), (count, hidden) => {
      const cells = legal(count).map((n, i) => (i === hidden ? UNSEEN : cell(n)));
      expect(likeliest(gridOf(cells))).toBe(count);
    }),
  );
});

test('the row total decides between counts the strokes hold alike', () => {
  const three = cell(3);
  const likeFour: CellLikelihood = { ...three, strokes: three.strokes.map((p, n) => (n === 4 ? 0.97 : p)) };
  const cells = [
    cell(5),
    likeFour,
    ...legal(0)
      .slice(2)
      .map((n) => cell(n)),
  ];
  expect(likeliest(gridOf(cells, (count) => (count === 8 ? 10 : 1)))).toBe(8);
  expect(likeliest(gridOf(cells, (count) => (count === 9 ? 10 : 1)))).toBe(9);
});

describe('what a tally says', () => {
  const anyCell = fc
    .array(fc.double({ min: 1e-3, max: 1, noNaN: true }), { minLength: 7, maxLength: 7 })
    .map(([struck = 1, ...strokes]) => ({ strokes, struck }));

  test('is a distribution, likeliest first', () => {
    fc.assert(
      fc.property(fc.array(anyCell, { minLength: COLUMNS * ROWS, maxLength: COLUMNS * ROWS }), (cells) => {
        const { candidates, unlisted } = saidByTally(weighTotals(gridOf(cells)));
        const probabilities = candidates.map(({ probability }) => probability);
        expect(probabilities.reduce((sum, p) => sum + p, unlisted)).toBeCloseTo(1, 9);
        expect(probabilities).toEqual(probabilities.toSorted((a, b) => b - a));
        expect(new Set(candidates.map(({ value }) => value)).size).toBe(candidates.length);
      }),
      { numRuns: 50 },
    );
  });

  test.each([0, ROOM])('is nothing of a grid that holds %d: it may not have been used, or go on elsewhere', (count) => {
    const { candidates, unlisted } = saidByTally(weighTotals(gridOf(legal(count).map((n) => cell(n, 0.9999)))));
    expect(unlisted).toBeGreaterThan(0.99);
    expect(candidates.map(({ value }) => value)).not.toContain(count);
  });

  test('is nothing where no number has any weight', () => {
    expect(saidByTally(new Float64Array(61))).toEqual({ candidates: [], unlisted: 1 });
  });
});
