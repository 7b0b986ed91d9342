import type { TallySlips } from './hand/turus.ts';

/**
 * How well a sheet is filled in. careful: every figure as the handbook asks, bubbles blackened.
 * ordinary: a few percent of the figures have something unusual. careless: one in seven.
 */
export type Care = 'careful' | 'ordinary' | 'careless';
export const CARES: readonly Care[] = ['careful', 'ordinary', 'careless'];

/** Chance that a figure (leftAligned, spoilt, crossing), a bubble (poorBubble, missingBubble) or a tally is so. */
export interface Irregularity {
  readonly leftAligned: number;
  readonly spoilt: number;
  readonly crossing: number;
  readonly poorBubble: number;
  readonly missingBubble: number;
  readonly tally: TallySlips;
}

export const IRREGULARITIES: Readonly<Record<Care, Irregularity>> = {
  careful: {
    leftAligned: 0,
    spoilt: 0,
    crossing: 0,
    poorBubble: 0,
    missingBubble: 0,
    tally: { miscount: 0, struck: 0 },
  },
  ordinary: {
    leftAligned: 0.015,
    spoilt: 0.02,
    crossing: 0.02,
    poorBubble: 0.04,
    missingBubble: 0.01,
    tally: { miscount: 0.01, struck: 0.01 },
  },
  careless: {
    leftAligned: 0.06,
    spoilt: 0.08,
    crossing: 0.06,
    poorBubble: 0.2,
    missingBubble: 0.08,
    tally: { miscount: 0.05, struck: 0.05 },
  },
};
