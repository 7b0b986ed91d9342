import { type Candidate, type Doubt, logOdds } from '#agent/tally/number.ts';
import { CERTAIN_MARGIN, HIGHEST_MARGIN, OWN_FLOOR, SETTLED_MARGIN } from '#agent/tally/thresholds.ts';
import type { FigureId } from '#contract/form/definition.ts';
import type { FigureValue } from '#contract/form/rules.ts';

/**
 * Why a figure is asked, besides the doubts about how it is written. not-filled-in: the row is empty.
 * rule-broken: it stands in a blocking rule that the figures break. margin: it is written well, but
 * evidence and sums together do not make it sure enough.
 */
export const ASK_REASONS = [
  'unusual-pattern',
  'unreadable',
  'sources-disagree',
  'not-filled-in',
  'rule-broken',
  'margin',
] as const satisfies readonly (Doubt | 'not-filled-in' | 'rule-broken' | 'margin')[];
export type AskReason = (typeof ASK_REASONS)[number];

export interface Reading {
  /** null: the row is not filled in. */
  readonly value: FigureValue;
  /** By the figure's own sources, before any sum; 1 where a person said so. */
  readonly probability: number;
}

export interface FigureDecision {
  readonly figure: FigureId;
  readonly source: 'machine' | 'person';
  readonly best: Reading;
  /** The likeliest other reading; null where a person answered or there is no other. */
  readonly second: Reading | null;
  /** Log odds of `best` by its own evidence, nats; negative where the sums chose it against its evidence. */
  readonly ownMargin: number;
  /**
   * Nats by which the best explanation of the whole form beats the best one with another number here,
   * even if one hand's doubts of a kind come together.
   */
  readonly margin: number;
  readonly status: 'accepted' | 'asked';
  /** Empty when accepted. */
  readonly reasons: readonly AskReason[];
}

/** What the decoder found for a figure, with the figures of broken blocking rules and of sums that wait for a page. */
export interface Found {
  readonly figure: FigureId;
  readonly best: Candidate;
  readonly second: Candidate | null;
  readonly margin: number;
  readonly inBreaches: ReadonlySet<FigureId>;
  readonly awaitingSums: ReadonlySet<FigureId>;
}

/** Takes a reading without asking only when nothing speaks against it and it is sure enough. */
export function acceptOrAsk({ figure, best, second, margin, inBreaches, awaitingSums }: Found): FigureDecision {
  const ownMargin = logOdds(best.probability);
  const certain = ownMargin >= CERTAIN_MARGIN;
  const settled = ownMargin >= OWN_FLOOR && margin >= SETTLED_MARGIN;
  const sure = settled || (certain && margin >= CERTAIN_MARGIN && awaitingSums.has(figure));
  const inBreach = inBreaches.has(figure);
  const reasons: AskReason[] = [...best.doubts];
  if (best.value === null) reasons.push('not-filled-in');
  if (reasons.length === 0 && !sure && !(certain && inBreach)) reasons.push('margin');
  if (inBreach) reasons.push('rule-broken');
  return {
    figure,
    source: 'machine',
    best: readingOf(best),
    second: second && readingOf(second),
    ownMargin,
    margin,
    status: reasons.length === 0 ? 'accepted' : 'asked',
    reasons,
  };
}

export function acceptAnswer(figure: FigureId, value: FigureValue): FigureDecision {
  return {
    figure,
    source: 'person',
    best: { value, probability: 1 },
    second: null,
    ownMargin: HIGHEST_MARGIN,
    margin: HIGHEST_MARGIN,
    status: 'accepted',
    reasons: [],
  };
}

function readingOf({ value, probability }: Candidate): Reading {
  return { value, probability };
}
