/**
 * When a figure is taken without asking. Everything follows from one target; nothing here was chosen
 * by looking at the forms that judge the reader. Margins are natural logarithms of odds (nats).
 */

/**
 * At most this share of the figures accepted without asking may be wrong. A city of 2,272 TPS with two
 * forms of 28 figures has 127,000 of them, so about one in the whole city, which central's own checks
 * still have a chance to find.
 */
export const SILENT_ERROR_TARGET = 1e-5;

/**
 * Share of misread figures the sums do not notice, at most: every figure stands in at least one sum,
 * and the paper would have to be wrong by the very amount of the misreading, or a second figure misread
 * by the same amount. Papers break a given sum in about one case of a hundred.
 */
const UNNOTICED_BY_SUMS = 1e-2;

/**
 * The target is meant for all that is accepted, together. Most of it lies far above the threshold, so
 * together it errs less often than what barely reaches it: a tenth as often, single boxes by hands the
 * model does not know (`node models/evaluate/reliability.ts`); less than that, figures whose sums are
 * judged (`node test/bench/tally.bench.ts` prints the error that accepted ones state).
 */
const BARELY_TO_MEAN = 10;

/**
 * A figure is certain by itself when by its own evidence it is wrong in one case of a thousand at most:
 * times what the sums do not notice, that is the target. On this alone it is accepted while a sum it
 * stands in still waits for a page; that sum judges it when the page is read. The mean counts for
 * nothing here: how figures without sums are spread above the threshold was not measured.
 */
export const CERTAIN_MARGIN = Math.log(UNNOTICED_BY_SUMS / SILENT_ERROR_TARGET);

/**
 * Once all sums of a figure are judged, nothing else is to come that would notice a misreading: evidence
 * and sums together must reach the target, whether or not it is certain by itself.
 */
export const SETTLED_MARGIN = Math.log(1 / (SILENT_ERROR_TARGET * BARELY_TO_MEAN));

/**
 * Probability from which on a single box counts as accepted where the reader of boxes is judged by
 * itself, and below which a box is looked at again. Boxes that barely reach it are wrong in one case of
 * a hundred, all that do in about one of a thousand (measured: 0.15 %, 95 % between 0.11 and 0.22 %), and
 * the sums leave the target of that. Of figures this does not hold, which have up to three boxes and are
 * spread otherwise, so the decoder does not use it.
 */
export const CERTAIN_BOX = 1 - (SILENT_ERROR_TARGET * BARELY_TO_MEAN) / UNNOTICED_BY_SUMS;

/**
 * And its own evidence must hold it likelier than not, whatever the sums say: they choose between
 * readings, they make none.
 */
export const OWN_FLOOR = 0;

/** One source clearly prefers a number: ten to one. Against what all sources together prefer, that is a disagreement. */
export const CLEAR_PREFERENCE = Math.log(10);

/**
 * Over-confidence cap: of the readings a network calls certain this share is taken to be wrong, spread
 * over all classes. To support a smaller share one would need more than 30,000 held-out boxes of the
 * field without a mistake ("rule of three"); no one has those. So no class ever has probability 0 or 1.
 */
export const READER_ERROR = 1e-4;

/** The same for a column of bubbles; here the writer errs too (the next bubble filled), and more often. */
export const BUBBLE_ERROR = 1e-2;

/**
 * The same for a number in words. Reading errors are in the reading's own probabilities; what it cannot
 * know is that a word was written by mistake. Such a slip changes one word, so one of the digits, into
 * one of nine others: 27 ways for three digits, of which the likely ones are fewer.
 */
export const WORDS_SLIP = { share: 1e-2, ways: 20 } as const;

/**
 * The same for a tally. It is made call by call in a noisy room, so more of them do not hold the number
 * that is written: a stroke missed or made twice, a cell of four or of six, and seldom anything else.
 */
export const TURUS_SLIP = { share: 3e-2, ways: 6 } as const;

/**
 * What a broken rule costs an explanation of the form, in nats: it is unlikely, not impossible. A sum
 * is wrong on about 1 paper in 100, and then by one given amount in about 1 case of 10: ln 1000 is 7.
 * What a warning speaks of (reserve ballots, size of the list) is lawfully otherwise in 1 case of 10.
 */
export const BREACH_COST = { blocking: 7, warning: 2.3 } as const;

/**
 * What it costs that a row is blank though its sums count something in it, in nats: blank rows that mean
 * nothing are ten times as frequent, and that what the sums miss is the very number its boxes were taken
 * for is one chance in ten: ln 100.
 */
export const BLANK_COST = Math.log(100);

/**
 * The sums choose between what the writing may be, nats of its own evidence apart at most: as much as
 * one broken sum. One slip of the writer's breaks several sums at once, so their costs must not add up
 * against writing that is clear. The same holds for every other figure while one is tried with another
 * number: were they freer then, they would mend what the best explanation had to leave broken, and a
 * slip anywhere on the paper would take the margin of figures that have nothing to do with it.
 */
export const DEAREST_CHANGE = BREACH_COST.blocking;

/**
 * No margin is stated above this, ten times surer than the target asks: beyond it one would doubt the
 * model of errors before the figure. Explanations that are less likely than that are not looked at.
 */
export const HIGHEST_MARGIN = Math.log(10 / SILENT_ERROR_TARGET);

/** Numbers of a figure that are weighed one by one; of the others the likeliest is taken to fit every rule. */
export const CANDIDATES = 64;

/** Steps of one search, among figures that are linked. 200 settle all but some ten of 5,282 figures; a heap of blots may stop here, and is asked. */
export const SEARCH_STEPS = 1000;
