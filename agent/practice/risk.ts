import type { InkFeatures } from '#agent/read/clean-box.ts';
import { type BoxReading, UNREADABLE, UNUSED } from '#agent/tally/evidence.ts';
import { CLEAR_PREFERENCE } from '#agent/tally/thresholds.ts';
import { CHARACTERS, type Character } from '#contract/practice/practice-sheet.ts';
import type { Shape } from './shape.ts';

/** What was seen in one box of the practice sheet. */
export interface SeenBox {
  readonly reading: BoxReading;
  readonly ink: InkFeatures;
  readonly shape: Shape;
}

/** What the reader may take a box for instead; an X is an unused box. */
export type Mistaken = Character | 'unreadable';

/** Read as something else, or not by far as surely as the kit wants it: `probability` is that of the mistake. */
export type ReadingRisk = {
  readonly kind: 'misread' | 'unsure';
  readonly as: Mistaken;
  readonly probability: number;
};
/**
 * How the pen was used, whatever the character. strength: darkness of the strokes, 0 to 1. share: of the
 * writing on or beyond the frame. height: of the writing as a share of the box's.
 */
export type PenRisk =
  | { readonly kind: 'faint'; readonly strength: number }
  | { readonly kind: 'on-frame'; readonly share: number }
  | { readonly kind: 'in-pieces'; readonly pieces: number }
  | { readonly kind: 'small'; readonly height: number };
/** A form of the character that readers, people too, take for another one. */
export type ShapeRisk = {
  readonly kind: 'closed-top' | 'loop-open' | 'needless-loop' | 'barred' | 'long-flag' | 'foot';
};
export type Risk = ReadingRisk | PenRisk | ShapeRisk;
export type RiskKind = Risk['kind'];

const CONCERNS: Readonly<Record<RiskKind, 'reading' | 'pen' | 'shape'>> = {
  misread: 'reading',
  unsure: 'reading',
  faint: 'pen',
  'on-frame': 'pen',
  'in-pieces': 'pen',
  small: 'pen',
  'closed-top': 'shape',
  'loop-open': 'shape',
  'needless-loop': 'shape',
  barred: 'shape',
  'long-flag': 'shape',
  foot: 'shape',
};

export function isReadingRisk(risk: Risk): risk is ReadingRisk {
  return CONCERNS[risk.kind] === 'reading';
}

export function isPenRisk(risk: Risk): risk is PenRisk {
  return CONCERNS[risk.kind] === 'pen';
}

/** Strokes fainter than this drown where the light is worse: paper and noise alone reach 0.22. */
const FAINT = 0.36;
/** More than this share of the writing beyond the middle of the frame's line: a touch, not a trembling hand. */
const ON_FRAME = 0.03;
/** Shares of the box's height, and of the character's own for flag and foot; a stroke alone is 0.1 wide. */
const SMALL = 0.4;
const LONG_FLAG = 0.25;
const WIDE_FOOT = 0.24;
/** Strokes people set down apart: the stem of 4, the bar of 5 and 7, both lines of X. */
const MOST_PIECES: Readonly<Record<Character, number>> = {
  0: 1,
  1: 1,
  2: 1,
  3: 1,
  4: 2,
  5: 2,
  6: 1,
  7: 2,
  8: 1,
  9: 1,
  X: 2,
};
/** Patches of paper that are enclosed where a character is well written; of 1, 7 and X nobody is told. */
const LOOPS: Readonly<Partial<Record<Character, number>>> = { 0: 1, 2: 0, 3: 0, 4: 0, 5: 0, 6: 1, 8: 2, 9: 1 };

/** Nothing was written into the box. */
export function isEmpty({ ink }: SeenBox): boolean {
  return ink.share === 0;
}

/** Everything that puts this box at risk, the reading first; the row says which character it must be. */
export function risksOf(expected: Character, { reading, ink, shape }: SeenBox): readonly Risk[] {
  const risks = [...readingRisks(expected, reading), ...penRisks(expected, ink, shape)];
  // Where the printed frame cuts through a character, neither its strokes nor its loops are its own.
  if (ink.onFrame > ON_FRAME) return [...risks, { kind: 'on-frame', share: ink.onFrame }];
  return [...risks, ...pieceRisks(expected, ink), ...shapeRisks(expected, shape)];
}

/** A reading that is less clear than CLEAR_PREFERENCE (nats) hangs on the sums alone; on paper without sums it is a risk. */
function readingRisks(expected: Character, reading: BoxReading): readonly ReadingRisk[] {
  const right = reading[classOf(expected)] ?? 0;
  const others = MISTAKES.filter((mistake) => mistake !== expected);
  const [first, ...rest] = others.map((as) => ({ as, probability: reading[classOf(as)] ?? 0 }));
  if (!first) return [];
  const worst = rest.reduce((most, next) => (next.probability > most.probability ? next : most), first);
  if (worst.probability >= right) return [{ kind: 'misread', ...worst }];
  return Math.log(right / (1 - right)) < CLEAR_PREFERENCE ? [{ kind: 'unsure', ...worst }] : [];
}

const MISTAKES: readonly Mistaken[] = [...CHARACTERS, 'unreadable'];

function classOf(read: Mistaken): number {
  if (read === 'unreadable') return UNREADABLE;
  return read === 'X' ? UNUSED : Number(read);
}

function penRisks(expected: Character, { strength }: InkFeatures, { height }: Shape): readonly PenRisk[] {
  const risks: PenRisk[] = [];
  if (strength < FAINT) risks.push({ kind: 'faint', strength });
  if (expected !== 'X' && height < SMALL) risks.push({ kind: 'small', height });
  return risks;
}

function pieceRisks(expected: Character, { pieces }: InkFeatures): readonly PenRisk[] {
  return pieces > MOST_PIECES[expected] ? [{ kind: 'in-pieces', pieces }] : [];
}

function shapeRisks(expected: Character, { loops, barred, flag, foot }: Shape): readonly ShapeRisk[] {
  const risks: ShapeRisk[] = [];
  const wanted = LOOPS[expected] ?? loops;
  if (loops > wanted) risks.push({ kind: expected === '4' ? 'closed-top' : 'needless-loop' });
  if (loops < wanted) risks.push({ kind: 'loop-open' });
  if (expected === '7' && barred) risks.push({ kind: 'barred' });
  if (expected === '1' && flag >= LONG_FLAG) risks.push({ kind: 'long-flag' });
  if (expected === '1' && foot >= WIDE_FOOT) risks.push({ kind: 'foot' });
  return risks;
}
