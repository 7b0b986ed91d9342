import type { Character } from '#contract/practice/practice-sheet.ts';
import { isEmpty, isPenRisk, isReadingRisk, type Risk, type RiskKind, risksOf, type SeenBox } from './risk.ts';

/**
 * berisiko: something was read wrong or not surely, or half of the boxes share a fault of the pen.
 * perhatikan: read well, but in a way that readers confuse elsewhere. kosong: most boxes are empty, or
 * too faint to be seen, so that nothing good can be said either.
 */
export type Verdict = 'berisiko' | 'perhatikan' | 'kosong' | 'aman';

/** One thing to tell the writer about a row: all that was read wrong or unsurely, or one fault of pen or shape. */
export interface Reason {
  /** The risk of each box that shows it, the gravest first. */
  readonly found: readonly [BoxRisk, ...BoxRisk[]];
}

export interface BoxRisk {
  /** Counted from the left, from 0. */
  readonly box: number;
  readonly risk: Risk;
}

export interface RowVerdict {
  readonly character: Character;
  readonly verdict: Verdict;
  /** What to do something about, the gravest first; empty where the row is aman or kosong. */
  readonly reasons: readonly Reason[];
  /** Boxes that are filled. */
  readonly written: number;
}

/** A fault of the pen in this share of the boxes is how the writer writes, and no slip. */
const HABIT = 0.5;
/** Of fewer boxes than this share nobody is told that all is well. */
const ENOUGH = 0.5;
/** In fewer boxes than this nothing but the reading itself counts: one slip is no habit. */
const TWICE = 2;

/** Judges a row of boxes that all should hold `character`. */
export function judgeRow(character: Character, boxes: readonly SeenBox[]): RowVerdict {
  const written = boxes.flatMap((seen, box) => (isEmpty(seen) ? [] : [{ box, risks: risksOf(character, seen) }]));
  const inDoubt = new Set(written.filter(({ risks }) => risks.some(isReadingRisk)).map(({ box }) => box));
  const found = written.flatMap(({ box, risks }) => risks.map((risk): BoxRisk => ({ box, risk })));
  const reasons = [...Map.groupBy(found, ({ risk }) => (isReadingRisk(risk) ? 'reading' : risk.kind)).values()]
    .filter((same) => same.length >= TWICE || same.some(({ box }) => inDoubt.has(box)))
    .map(reasonOf)
    .sort((one, other) => gravity(one.found[0]) - gravity(other.found[0]));
  return { character, verdict: verdictOf(reasons, written.length, boxes.length), reasons, written: written.length };
}

function reasonOf(same: readonly BoxRisk[]): Reason {
  const [gravest, ...rest] = same.toSorted((one, other) => gravity(one) - gravity(other));
  if (!gravest) throw new Error('a reason is never without a box');
  return { found: [gravest, ...rest] };
}

function verdictOf(reasons: readonly Reason[], written: number, boxes: number): Verdict {
  const grave = reasons.some(
    ({ found }) => isReadingRisk(found[0].risk) || (isPenRisk(found[0].risk) && found.length >= HABIT * written),
  );
  if (grave) return 'berisiko';
  if (reasons.length > 0) return 'perhatikan';
  return written < ENOUGH * boxes ? 'kosong' : 'aman';
}

/** What to mend first: what was read wrong, then what would be worst in poorer light, then what others confuse. */
const GRAVITY: Readonly<Record<RiskKind, number>> = {
  misread: 0,
  unsure: 1,
  faint: 2,
  'on-frame': 3,
  'closed-top': 4,
  'loop-open': 5,
  'needless-loop': 6,
  'long-flag': 7,
  barred: 8,
  foot: 9,
  'in-pieces': 10,
  small: 11,
};

function gravity({ risk }: BoxRisk): number {
  return GRAVITY[risk.kind];
}
