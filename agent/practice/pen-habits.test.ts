import { describe, expect, test } from 'vitest';
import { CHARACTERS } from '#contract/practice/practice-sheet.ts';
import type { Reason, RowVerdict } from './judge.ts';
import { ownReasons, penHabitsOf } from './pen-habits.ts';
import type { Risk } from './risk.ts';

const FAINT: Risk = { kind: 'faint', strength: 0.25 };
const MISREAD: Risk = { kind: 'misread', as: '9', probability: 0.9 };

describe('a fault of the pen', () => {
  test('in half of the filled rows is a habit, and each row keeps what is its own', () => {
    const rows = CHARACTERS.map((_, row) => rowOf(row, row < 6 ? [MISREAD, FAINT] : []));
    const habits = penHabitsOf(rows);
    expect(habits.map(({ kind, shown }) => [kind, shown.map(({ row }) => row)])).toEqual([
      ['faint', [0, 1, 2, 3, 4, 5]],
    ]);
    expect(rows.map((row) => ownReasons(row, habits).length)).toEqual([1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0]);
  });

  test('in fewer rows stays with each of them', () => {
    const rows = CHARACTERS.map((_, row) => rowOf(row, row < 5 ? [FAINT] : []));
    expect(penHabitsOf(rows)).toEqual([]);
    expect(ownReasons(rowOf(0, [FAINT]), [])).toHaveLength(1);
  });

  test('is looked for among the rows that are filled, in three of them at least', () => {
    const rowsWith = (faint: number) =>
      CHARACTERS.map((_, row) => rowOf(row, row < faint ? [FAINT] : [], row < 3 ? 6 : 0));
    expect(penHabitsOf(rowsWith(3))).toHaveLength(1);
    expect(penHabitsOf(rowsWith(2))).toHaveLength(0);
  });
});

test('digits misread all over the sheet are no habit of the pen: each is told by itself', () => {
  expect(penHabitsOf(CHARACTERS.map((_, row) => rowOf(row, [MISREAD])))).toEqual([]);
});

function rowOf(row: number, risks: readonly Risk[], written = 6): RowVerdict {
  const reasons = risks.map((risk): Reason => ({ found: [{ box: 0, risk }] }));
  return { character: CHARACTERS[row] ?? 'X', verdict: reasons.length > 0 ? 'berisiko' : 'aman', reasons, written };
}
