import type { FigureId } from '#contract/form/definition.ts';

/** What a digit box may hold, in the order of the model's twelve outputs. */
export const BOX_CLASSES = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'unused', 'unreadable'] as const;
export const UNUSED = 10;
export const UNREADABLE = 11;

/** Calibrated probabilities of BOX_CLASSES for one box; length 12, sum 1. */
export type BoxReading = readonly number[];

/**
 * Calibrated probabilities for one column of bubbles: index 0-9 that exactly this bubble is filled,
 * index 10 that none is, index 11 that the column is unclear (two filled, half filled); sum 1.
 */
export type BubbleReading = readonly number[];
export const NO_BUBBLE = 10;
export const UNCLEAR_BUBBLES = 11;

/** Calibrated probabilities of the numbers a source says, every number once; sum 1 with `unlisted`. */
export interface NumbersSaid {
  readonly candidates: readonly { readonly value: number; readonly probability: number }[];
  /** Probability of all other numbers together; 1 where the source is empty or nothing can be told. */
  readonly unlisted: number;
}

/** The number in words, as read. */
export type WordsReading = NumbersSaid;
/** The strokes of the tally, as counted. */
export type TurusReading = NumbersSaid;

/** The cells of an attendance list that are signed, as counted. */
export type SignaturesReading = NumbersSaid;

/** Everything read independently about one figure; leftmost box first. */
export interface FigureEvidence {
  readonly boxes: readonly BoxReading[];
  /** Present where the form prints bubbles; as many columns as boxes. */
  readonly bubbles?: readonly BubbleReading[];
  /** Present where the form prints a tally grid. */
  readonly turus?: TurusReading;
  /** Present where the form has room for the number in words. */
  readonly words?: WordsReading;
  /** Present where signatures are counted; such a figure has nothing else. */
  readonly signatures?: SignaturesReading;
}

export type Evidence = ReadonlyMap<FigureId, FigureEvidence>;
