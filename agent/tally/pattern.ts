import { BOX_CLASSES, type BoxReading, UNREADABLE, UNUSED } from '#agent/tally/evidence.ts';
import { HIGHEST_MARGIN, READER_ERROR } from '#agent/tally/thresholds.ts';
import type { FigureValue } from '#contract/form/rules.ts';

/** One number a row of boxes may hold, with its probability by the two ways of having been written. */
export interface Written {
  readonly value: FigureValue;
  /** Filled from the right, unused boxes or noughts in front: the way that settles a number. */
  readonly usual: number;
  /** Any other way: left-aligned, with a gap, or through a box nobody can read. */
  readonly unusual: number;
}

export interface RowReading {
  /** In no order; an empty row is the number null. */
  readonly numbers: readonly Written[];
  /** Probability that was followed no further. */
  readonly dropped: number;
  /** Of some box nothing is likelier than that nobody can read it. */
  readonly blotted: boolean;
}

/** Beginnings of a number followed at once; more than there are of the first two boxes of a row. */
const PREFIXES = 128;
/** Beginnings so much less likely than the likeliest cannot matter: a hundredth of what no margin counts. */
const NEGLIGIBLE = Math.exp(-HIGHEST_MARGIN) / 100;
/** An unused box behind a digit: nearly always the number is written too far left, sometimes a nought is meant. */
const OMITTED = 0.9;
/** What an unreadable box may hold: one of ten digits, or nothing. */
const UNREADABLE_MEANS = 11;
const BLOT: BoxReading = BOX_CLASSES.map((_, c) => (c === UNREADABLE ? 1 : 0));

/** What the boxes of a row say of its number, but for what is negligible: `dropped` says how much that is. */
export function readRow(boxes: readonly BoxReading[]): RowReading {
  let prefixes: readonly Written[] = [{ value: null, usual: 1, unusual: 0 }];
  let dropped = 0;
  const readings = boxes.map(capped);
  for (const box of readings) {
    const followed = worthFollowing(prefixes);
    dropped += massOfAll(prefixes) - massOfAll(followed);
    prefixes = extended(followed, box);
  }
  const blotted = readings.some(({ digits, unused, unreadable }) => unreadable >= Math.max(unused, ...digits));
  return { numbers: prefixes, dropped: Math.max(dropped, 0), blotted };
}

function worthFollowing(prefixes: readonly Written[]): readonly Written[] {
  const least = NEGLIGIBLE * prefixes.reduce((most, prefix) => Math.max(most, massOf(prefix)), 0);
  const some = prefixes.filter((prefix) => massOf(prefix) >= least);
  return some.length <= PREFIXES ? some : some.sort((a, b) => massOf(b) - massOf(a)).slice(0, PREFIXES);
}

export function massOf(number: Written): number {
  return number.usual + number.unusual;
}

function massOfAll(numbers: readonly Written[]): number {
  return numbers.reduce((sum, number) => sum + massOf(number), 0);
}

interface Box {
  readonly digits: readonly number[];
  readonly unused: number;
  readonly unreadable: number;
}

/**
 * No class is ever certain or impossible. A reading that is not twelve probabilities (a fault of the
 * reader, not of the paper) counts as a box nobody can read, so that it is asked.
 */
function capped(reading: BoxReading): Box {
  const total = reading.reduce((sum, p) => sum + (p >= 0 ? p : Number.NaN), 0);
  const sound = reading.length === BOX_CLASSES.length && total > 0 && Number.isFinite(total);
  const [scale, source] = sound ? [(1 - READER_ERROR) / total, reading] : [1 - READER_ERROR, BLOT];
  const classes = source.map((p) => scale * p + READER_ERROR / BOX_CLASSES.length);
  const [unused = 0, unreadable = 0] = [classes[UNUSED], classes[UNREADABLE]];
  return { digits: classes.slice(0, UNUSED), unused, unreadable };
}

/** Adds one box to every beginning. The value null means: no digit so far. */
function extended(prefixes: readonly Written[], { digits, unused, unreadable }: Box): readonly Written[] {
  const numbers = new Map<FigureValue, { value: FigureValue; usual: number; unusual: number }>();
  const add = (value: FigureValue, usual: number, unusual: number) => {
    const known = numbers.get(value);
    if (known) {
      known.usual += usual;
      known.unusual += unusual;
    } else {
      numbers.set(value, { value, usual, unusual });
    }
  };
  const guess = unreadable / UNREADABLE_MEANS;
  for (const prefix of prefixes) {
    const { value, usual, unusual } = prefix;
    const mass = massOf(prefix);
    digits.forEach((seen, digit) => {
      add((value ?? 0) * 10 + digit, usual * seen, unusual * seen + mass * guess);
    });
    if (value === null) {
      add(null, usual * unused, unusual * unused + mass * guess);
    } else {
      add(value, 0, mass * (unused * OMITTED + guess));
      add(value * 10, 0, mass * unused * (1 - OMITTED));
    }
  }
  return [...numbers.values()];
}
