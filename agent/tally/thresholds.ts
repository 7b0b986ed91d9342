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
 * The target is meant for all accepted figures together. Most of them lie far above the threshold, so
 * together they err less often than one that barely reaches it. Measured for single boxes by hands the
 * model does not know: a tenth as often (`node models/evaluate/reliability.ts`). Of figures that need
 * the sums a calibrated simulated reader states a seventh, which leaves them at 1.5 times the target.
 */
const BARELY_TO_MEAN = 10;

/**
 * A reading is certain by itself when, by the calibrated evidence alone, it is wrong in one case of a
 * hundred at most, and so in one of a thousand on the mean: times what the sums do not notice, that is
 * the target. Figures of pages whose sums are not complete yet are accepted on this alone; the sums
 * judge them when the last page is read.
 */
export const CERTAIN_MARGIN = Math.log(UNNOTICED_BY_SUMS / (SILENT_ERROR_TARGET * BARELY_TO_MEAN));

/** A reading that needs the sums to be sure must reach the target in full, evidence and sums together. */
export const SETTLED_MARGIN = Math.log(1 / (SILENT_ERROR_TARGET * BARELY_TO_MEAN));

/**
 * And its own evidence must prefer it ten to one all the same, whatever the sums say, because one hand
 * writes all figures of a form: two ones that look like sevens keep a sum. It is also the most by which
 * one of the sources may prefer another number before they are said to disagree.
 */
export const OWN_FLOOR = Math.log(10);

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
 * The sums choose between what the writing may be, nats of its own evidence apart at most: as much as
 * one broken sum. One slip of the writer's breaks several sums at once, so their costs must not add up
 * against writing that is clear.
 */
export const DEAREST_CHANGE = BREACH_COST.blocking;

/**
 * No margin is stated above this, ten times surer than the target asks: beyond it one would doubt the
 * model of errors before the figure. Explanations that are less likely than that are not looked at.
 */
export const HIGHEST_MARGIN = Math.log(10 / SILENT_ERROR_TARGET);

/** Numbers of a figure that are weighed one by one; of the others the likeliest is taken to fit every rule. */
export const CANDIDATES = 64;

/** Steps of one search. A readable form needs a few dozen; a heap of blots stops here and is asked. */
export const SEARCH_STEPS = 400;
