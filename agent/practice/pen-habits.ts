import type { Reason, RowVerdict } from './judge.ts';
import { isPenRisk, type RiskKind } from './risk.ts';

/** A fault of the pen that runs through the whole sheet: it is told once, not row by row. */
export interface PenHabit {
  readonly kind: RiskKind;
  /** A row that shows it, and what it shows: one for each row, in their order. */
  readonly shown: readonly [ShownInRow, ...ShownInRow[]];
}

export interface ShownInRow {
  /** Index of the row. */
  readonly row: number;
  readonly reason: Reason;
}

/** Share of the filled rows from which a fault belongs to the hand and not to a character, and at least so many. */
const THROUGHOUT = 0.5;
const AT_LEAST = 3;

export function penHabitsOf(rows: readonly RowVerdict[]): readonly PenHabit[] {
  const filled = rows.filter(({ written }) => written > 0).length;
  const shown = rows.flatMap(({ reasons }, row) =>
    reasons.filter(({ found }) => isPenRisk(found[0].risk)).map((reason) => ({ row, reason })),
  );
  return [...Map.groupBy(shown, ({ reason }) => reason.found[0].risk.kind)].flatMap(([kind, [first, ...rest]]) =>
    first && rest.length + 1 >= Math.max(AT_LEAST, THROUGHOUT * filled) ? [{ kind, shown: [first, ...rest] }] : [],
  );
}

/** What is left to tell of a row beside the habits. */
export function ownReasons({ reasons }: RowVerdict, habits: readonly PenHabit[]): readonly Reason[] {
  return reasons.filter(({ found }) => habits.every(({ kind }) => kind !== found[0].risk.kind));
}
