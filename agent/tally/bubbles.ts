import { type BubbleReading, NO_BUBBLE, UNCLEAR_BUBBLES } from '#agent/tally/evidence.ts';
import type { SourceEvidence } from '#agent/tally/source.ts';
import { BUBBLE_ERROR, CLEAR_PREFERENCE } from '#agent/tally/thresholds.ts';
import type { FigureValue } from '#contract/form/rules.ts';

const CLASSES = 12;
const DIGITS = 10;
const UNCLEAR: BubbleReading = Array.from({ length: CLASSES }, (_, c) => (c === UNCLEAR_BUBBLES ? 1 : 0));

/**
 * What the bubbles say of a figure. A column with no bubble filled, or none that is clear, says
 * nothing: all digits are equally likely. They name a number only where every column does.
 */
export function bubbleEvidence(bubbles: readonly BubbleReading[]): SourceEvidence {
  const columns = bubbles.map((reading, i) => columnOf(reading, 10 ** (bubbles.length - 1 - i)));
  return {
    likelihood: (value) => columns.reduce((product, column) => product * column.likelihood(value), 1),
    most: columns.reduce((product, column) => product * column.most, 1),
    names: (value) => columns.length > 0 && columns.every((column) => column.names(value)),
  };
}

/** Evidence of one column, which stands for the digit at `place` (1, 10, 100 …). */
function columnOf(reading: BubbleReading, place: number): SourceEvidence {
  const total = reading.reduce((sum, p) => sum + (p >= 0 ? p : Number.NaN), 0);
  const sound = reading.length === CLASSES && total > 0 && Number.isFinite(total);
  const [scale, source] = sound ? [(1 - BUBBLE_ERROR) / total, reading] : [1 - BUBBLE_ERROR, UNCLEAR];
  const classes = source.map((p) => scale * p + BUBBLE_ERROR / CLASSES);
  const [none = 0, unclear = 0] = [classes[NO_BUBBLE], classes[UNCLEAR_BUBBLES]];
  const silent = (none + unclear) / DIGITS;
  const digits = classes.slice(0, DIGITS).map((filled) => filled + silent);
  const likelihood = (value: FigureValue) => {
    const [digit = silent] = value === null ? [] : [digits[Math.floor(value / place) % DIGITS]];
    return digit;
  };
  const ranked = [...digits].sort((a, b) => b - a);
  const [most = 0, second = 0] = ranked;
  const clear = Math.log(most / second) >= CLEAR_PREFERENCE;
  return { likelihood, most, names: (value) => clear && likelihood(value) === most };
}
