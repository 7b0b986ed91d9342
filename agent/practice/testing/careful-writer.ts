import { drawWriter, type Writer } from '#synthesis/hand/writer.ts';
import { randomOf } from '#synthesis/random.ts';

/**
 * Writes each digit in its commonest habit (the first of synthesis/hand/digit-strokes.ts) and without
 * a flair of one's own, in the middle of the box, with a good ballpoint.
 */
export const CAREFUL_WRITER: Writer = {
  ...drawWriter('test', 16, randomOf('careful')),
  source: 'strokes',
  habits: Array(10).fill(0),
  flairs: Array(10).fill([0.5, 0.5, 0.5]),
  pen: { colour: [26, 44, 140], width: 0.9, pressure: 0.1, dryness: 0 },
  size: 0.66,
  slant: 0.03,
  lean: [0, 0],
  wobble: 0.008,
};
/** Other habits of the same table. */
export const CLOSED_FOUR = 1;
export const CROSSED_SEVEN = 1;
export const FOOTED_ONE = 3;
