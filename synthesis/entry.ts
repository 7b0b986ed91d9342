import type { Figure } from '#contract/form/definition.ts';
import type { FigureValue } from '#contract/form/rules.ts';
import { type Care, IRREGULARITIES } from './care.ts';
import type { BubbleFill } from './hand/bubbles.ts';
import type { Filling, Spoiling } from './hand/filling.ts';
import type { Writer } from './hand/writer.ts';
import type { Random } from './random.ts';

/** What a writer is going to put into the boxes and bubbles of one figure. */
export interface FigureEntry {
  readonly value: FigureValue;
  readonly boxes: readonly Filling[];
  /** One a column where the form prints bubbles; null leaves the column empty. */
  readonly bubbles: readonly ({ readonly digit: number; readonly how: BubbleFill } | null)[];
  readonly notes: readonly string[];
}

/** Plans one figure: digits to the right, unused boxes in front after the writer's habit, and what may go wrong. */
export function planEntry(figure: Figure, value: FigureValue, writer: Writer, care: Care, random: Random): FigureEntry {
  const count = figure.boxes.length;
  if (value === null)
    return { value, boxes: figure.boxes.map(() => EMPTY), bubbles: (figure.bubbles ?? []).map(() => null), notes: [] };
  const digits = Array.from(String(value), Number);
  if (digits.length > count) throw new Error(`${value} does not fit the ${count} boxes of ${figure.id}`);
  const odds = IRREGULARITIES[care];
  const leftAligned = digits.length < count && random.chance(odds.leftAligned);
  const spare = Array.from({ length: count - digits.length }, () => unusedBy(writer));
  const across = random.chance(odds.crossing) ? random.whole(0, digits.length - 1) : null;
  const written: readonly Filling[] = digits.map((digit, i) => ({
    kind: 'digit',
    digit,
    reach: i === across ? 'across' : 'inside',
  }));
  const plain = leftAligned ? [...written, ...spare.map(() => EMPTY)] : [...spare, ...written];
  const spoilt = random.chance(odds.spoilt) ? spoilOne(plain, random) : null;
  return {
    value,
    boxes: spoilt?.boxes ?? plain,
    bubbles: (figure.bubbles ?? []).map((_, i) =>
      planBubble(digits, i - (count - digits.length), writer, care, random),
    ),
    notes: [
      ...(leftAligned ? ['left-aligned'] : []),
      ...(across === null ? [] : ['across the frame']),
      ...(spoilt ? [spoilt.note] : []),
    ],
  };
}

const EMPTY: Filling = { kind: 'unused', how: 'empty' };

function unusedBy(writer: Writer): Filling {
  return writer.unused === 'zero'
    ? { kind: 'digit', digit: 0, reach: 'inside' }
    : { kind: 'unused', how: writer.unused };
}

function spoilOne(
  boxes: readonly Filling[],
  random: Random,
): { readonly boxes: readonly Filling[]; readonly note: string } | null {
  const places = boxes.flatMap((filling, i) => (filling.kind === 'digit' ? [i] : []));
  const place = places[random.whole(0, places.length - 1)];
  if (place === undefined) return null;
  const how = random.weighted<Spoiling>([
    ['struck-rewritten', 4],
    ['overwritten', 3],
    ['blot', 2],
    ['struck', 1],
  ]);
  return {
    boxes: boxes.map((filling, i) =>
      i === place && filling.kind === 'digit' ? { kind: 'spoilt', how, digit: filling.digit } : filling,
    ),
    note: `${how} in box ${place + 1}`,
  };
}

/** Bubbles repeat the digits; over a box in front of them people who write 0 there blacken 0, the others nothing. */
function planBubble(
  digits: readonly number[],
  place: number,
  writer: Writer,
  care: Care,
  random: Random,
): FigureEntry['bubbles'][number] {
  const digit = place < 0 ? (writer.unused === 'zero' ? 0 : undefined) : digits[place];
  const odds = IRREGULARITIES[care];
  if (digit === undefined || random.chance(odds.missingBubble)) return null;
  return { digit, how: random.chance(odds.poorBubble) ? random.pick(['half', 'tick'] as const) : 'well' };
}
