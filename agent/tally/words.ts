import type { WordsReading } from '#agent/tally/evidence.ts';
import { type SourceEvidence, saidEvidence } from '#agent/tally/source.ts';
import { WORDS_SLIP } from '#agent/tally/thresholds.ts';

/**
 * What the number in words says of a figure of so many boxes. Words and digits come from one hand with
 * one intention: a number both got wrong is no contradiction, and no reading finds it. What is
 * independent is how they look, so a digit that could be two is told by its word.
 */
export function wordsEvidence(words: WordsReading, boxes: number): SourceEvidence {
  return saidEvidence(words, 10 ** boxes, WORDS_SLIP);
}

/** The number the words of a figure of so many boxes name by themselves; null where they do not. */
export function namedInWords(words: WordsReading, boxes: number): number | null {
  const evidence = wordsEvidence(words, boxes);
  return words.candidates.find(({ value }) => evidence.names(value))?.value ?? null;
}
