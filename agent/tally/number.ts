import { bubbleEvidence } from '#agent/tally/bubbles.ts';
import { type FigureEvidence, UNREADABLE } from '#agent/tally/evidence.ts';
import { massOf, readRow, type Written } from '#agent/tally/pattern.ts';
import { CANDIDATES, CERTAIN_MARGIN, HIGHEST_MARGIN, OWN_FLOOR } from '#agent/tally/thresholds.ts';
import type { FigureValue } from '#contract/form/rules.ts';

/**
 * unusual-pattern: the number rests on boxes that are not filled from the right with unused ones in
 * front (`8 3 _`, `1 _ 5`), and no complete row of bubbles settles it. unreadable: it rests on a box nobody can
 * read, struck or written over, so a person must look whatever else is known. sources-disagree: the
 * digits or the bubbles by themselves prefer another number than both together, more than ten to one.
 */
export type Doubt = 'unusual-pattern' | 'unreadable' | 'sources-disagree';

export interface Candidate {
  /** null: the row is not filled in. */
  readonly value: FigureValue;
  /** By boxes and bubbles alone, before any sum. */
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
 * The distribution over numbers that a row of boxes and its bubbles hold. Boxes are independent of one
 * another, bubbles of boxes, so likelihoods multiply. A few hundred steps for a clear row of three
 * boxes, 1,600 a box at most.
 */
export function readNumber(evidence: FigureEvidence): NumberReading {
  const row = readRow(evidence.boxes);
  const bubbles = bubbleEvidence(evidence.bubbles ?? []);
  const numbers = row.numbers.map(
    (written): Weighed => ({ written, mass: massOf(written) * bubbles.likelihood(written.value) }),
  );
  const total = numbers.reduce((sum, { mass }) => sum + mass, row.dropped * bubbles.most);
  const best = numbers.reduce((most, number) => (number.mass > most.mass ? number : most));
  const negligible = best.mass * Math.exp(-HIGHEST_MARGIN);
  const ranked = numbers.filter(({ mass }) => mass >= negligible).sort((a, b) => b.mass - a.mass);
  const blotted = evidence.boxes.some((box) => (box[UNREADABLE] ?? 0) === Math.max(...box));
  const mostWritten = row.numbers.reduce((most, written) => Math.max(most, massOf(written)), 0);
  const boxesAgainst = mostWritten / massOf(best.written);
  const bubblesAgainst = bubbles.most / bubbles.likelihood(best.written.value);
  const disagree = Math.log(Math.max(boxesAgainst, bubblesAgainst)) > OWN_FLOOR;
  const candidateOf = ({ written, mass }: Weighed): Candidate => {
    const probability = mass / total;
    const settled = logOdds(probability) >= CERTAIN_MARGIN && bubbles.names(written.value);
    const odd = Math.log(written.usual / written.unusual) < OWN_FLOOR;
    const doubts: Doubt[] = [];
    if (odd && blotted) doubts.push('unreadable');
    if (odd && !blotted && !settled) doubts.push('unusual-pattern');
    if (disagree) doubts.push('sources-disagree');
    return { value: written.value, probability, doubts };
  };
  const { mass: next } = ranked[CANDIDATES] ?? { mass: negligible };
  const unlisted = Math.max(next, row.dropped * bubbles.most) / total;
  return { candidates: [candidateOf(best), ...ranked.slice(1, CANDIDATES).map(candidateOf)], unlisted };
}

interface Weighed {
  readonly written: Written;
  readonly mass: number;
}

/** Logarithm of the odds that something of this probability is so, nats; never beyond `HIGHEST_MARGIN`. */
export function logOdds(probability: number): number {
  const odds = Math.log(probability) - Math.log1p(-probability);
  return Math.min(Math.max(odds, -HIGHEST_MARGIN), HIGHEST_MARGIN);
}
