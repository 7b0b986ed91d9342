import type { Character } from '#contract/practice/practice-sheet.ts';
import { adviceOf, VERDICTS } from './advice.ts';
import type { RowVerdict, Verdict } from './judge.ts';
import { isReadingRisk, type Mistaken, type RiskKind } from './risk.ts';

/** What is told of one sheet without its pictures, for a table or for another program. */
export interface SheetReport {
  readonly rows: readonly RowReport[];
}

export interface RowReport {
  readonly character: Character;
  readonly verdict: Verdict;
  /** Boxes that are filled. */
  readonly written: number;
  readonly reasons: readonly ReasonReport[];
}

export interface ReasonReport {
  readonly kind: RiskKind;
  /** Boxes that show it, the gravest first, counted from the left from 1. */
  readonly boxes: readonly number[];
  /** For what was read wrong or unsurely: as what, and how probable that is; as many as `boxes`. */
  readonly mistakes?: readonly { readonly as: Mistaken; readonly probability: number }[];
  readonly what: string;
  readonly todo: string;
}

export function sheetReport(rows: readonly RowVerdict[]): SheetReport {
  return { rows: rows.map(rowReport) };
}

function rowReport({ character, verdict, written, reasons }: RowVerdict): RowReport {
  return {
    character,
    verdict,
    written,
    reasons: reasons.map((reason) => {
      const mistakes = reason.found.flatMap(({ risk }) =>
        isReadingRisk(risk) ? [{ as: risk.as, probability: Math.round(risk.probability * 1e4) / 1e4 }] : [],
      );
      return {
        kind: reason.found[0].risk.kind,
        boxes: reason.found.map(({ box }) => box + 1),
        ...(mistakes.length > 0 ? { mistakes } : {}),
        ...adviceOf(character, reason),
      };
    }),
  };
}

/** One line a row and one more for each further reason, in columns. */
export function sheetTable({ rows }: SheetReport): string {
  return rows.flatMap(rowLines).join('\n');
}

function rowLines({ character, verdict, reasons }: RowReport): readonly string[] {
  const start = `  ${character}  ${VERDICTS[verdict].padEnd(WIDEST)}`;
  if (reasons.length === 0) return [start.trimEnd()];
  return reasons.map(({ what, boxes, todo }, line) => {
    const before = line === 0 ? start : ' '.repeat(start.length);
    return `${before}  ${what} (kotak ${boxes.toSorted((one, other) => one - other).join(', ')}) ${todo}`;
  });
}

const WIDEST = Math.max(...Object.values(VERDICTS).map(({ length }) => length));
