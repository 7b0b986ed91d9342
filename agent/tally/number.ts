import { bubbleEvidence } from '#agent/tally/bubbles.ts';
import type { FigureEvidence } from '#agent/tally/evidence.ts';
import { massOf, type RowReading, readRow, type Written } from '#agent/tally/pattern.ts';
import type { SourceEvidence } from '#agent/tally/source.ts';
import { CANDIDATES, CERTAIN_MARGIN, CLEAR_PREFERENCE, HIGHEST_MARGIN } from '#agent/tally/thresholds.ts';
import { turusEvidence } from '#agent/tally/turus.ts';
import { wordsEvidence } from '#agent/tally/words.ts';
import type { FigureValue } from '#contract/form/rules.ts';

/**
 * unusual-pattern: the number rests on boxes that are not filled from the right with unused ones in
 * front (`8 3 _`, `1 _ 5`), and no other source settles it. unreadable: it rests on a box nobody can
 * read, struck or written over, so a person must look whatever else is known. sources-disagree: one of
 * the sources by itself (boxes, bubbles, tally, words) prefers another number than all together, more
 * than ten to one.
 */
export type Doubt = 'unusual-pattern' | 'unreadable' | 'sources-disagree';

export interface Candidate {
  /** null: the row is not filled in. */
  readonly value: FigureValue;
  /** By the sources of this figure alone, before any sum. */
  readonly probability: number;
  readonly doubts: readonly Doubt[];
}

export interface NumberReading {
  /** Likeliest first, `CANDIDATES` at most. */
  readonly candidates: readonly [Candidate, ...Candidate[]];
  /** Probability of the likeliest number that is not listed, or an upper bound of it. */
  readonly unlisted: number;
}

/**
 * The distribution over numbers that a row of boxes and the sources beside it hold. Each is read by its
 * own means, so that errors of reading are independent and likelihoods multiply. A few hundred steps for a clear row of three
 * boxes, 1,600 a box at most.
 */
export function readNumber(evidence: FigureEvidence): NumberReading {
  const row = readRow(evidence.boxes);
  const sources = sourcesBeside(evidence);
  const numbers = row.numbers.map(
    (written): Weighed => ({
      written,
      mass: massOf(written) * product(sources, ({ likelihood }) => likelihood(written.value)),
    }),
  );
  const dropped = row.dropped * product(sources, ({ most }) => most);
  const total = numbers.reduce((sum, { mass }) => sum + mass, dropped);
  const best = numbers.reduce((most, number) => (number.mass > most.mass ? number : most));
  const negligible = best.mass * Math.exp(-HIGHEST_MARGIN);
  const ranked = numbers.filter(({ mass }) => mass >= negligible).sort((a, b) => b.mass - a.mass);
  const doubtOfSources: readonly Doubt[] = disagree(row, sources, best) ? ['sources-disagree'] : [];
  const candidateOf = ({ written, mass }: Weighed): Candidate => {
    const probability = mass / total;
    const doubts = [...doubtsOfWriting(row, sources, written, probability), ...doubtOfSources];
    return { value: written.value, probability, doubts };
  };
  const { mass: next } = ranked[CANDIDATES] ?? { mass: negligible };
  const others = ranked.slice(1, CANDIDATES).map(candidateOf);
  return { candidates: [candidateOf(best), ...others], unlisted: (next + dropped) / total };
}

interface Weighed {
  readonly written: Written;
  readonly mass: number;
}

function sourcesBeside({ boxes, bubbles, turus, words }: FigureEvidence): readonly SourceEvidence[] {
  return [
    ...(bubbles ? [bubbleEvidence(bubbles)] : []),
    ...(turus ? [turusEvidence(turus, boxes.length)] : []),
    ...(words ? [wordsEvidence(words, boxes.length)] : []),
  ];
}

function product<T>(factors: readonly T[], of: (factor: T) => number): number {
  return factors.reduce((all, factor) => all * of(factor), 1);
}

/** Some source by itself prefers a number to the one all together prefer, ten to one. */
function disagree(row: RowReading, sources: readonly SourceEvidence[], { written }: Weighed): boolean {
  const mostWritten = row.numbers.reduce((most, number) => Math.max(most, massOf(number)), 0);
  const against = [
    mostWritten / massOf(written),
    ...sources.map(({ most, likelihood }) => most / likelihood(written.value)),
  ];
  return Math.log(Math.max(...against)) > CLEAR_PREFERENCE;
}

function doubtsOfWriting(
  row: RowReading,
  sources: readonly SourceEvidence[],
  { value, usual, unusual }: Written,
  probability: number,
): readonly Doubt[] {
  if (Math.log(usual / unusual) >= CLEAR_PREFERENCE) return [];
  if (row.blotted) return ['unreadable'];
  const settled = logOdds(probability) >= CERTAIN_MARGIN && sources.some(({ names }) => names(value));
  return settled ? [] : ['unusual-pattern'];
}

/** Logarithm of the odds that something of this probability is so, nats; never beyond `HIGHEST_MARGIN`. */
export function logOdds(probability: number): number {
  const odds = Math.log(probability) - Math.log1p(-probability);
  return Math.min(Math.max(odds, -HIGHEST_MARGIN), HIGHEST_MARGIN);
}
