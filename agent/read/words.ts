import type { ToPhoto } from '#agent/page/frames.ts';
import type { Gray } from '#agent/page/picture.ts';
import type { WordsReading } from '#agent/tally/evidence.ts';
import { SILENCE } from '#agent/tally/source.ts';
import type { Rect } from '#contract/form/definition.ts';
import { decodeWords, WORDS_CALIBRATION } from './words-decode.ts';
import { findWordsInk } from './words-ink.ts';
import { findLines } from './words-lines.ts';
import type { WordsModel } from './words-model.ts';
import { cutRoom } from './words-room.ts';
import { stripOf } from './words-strip.ts';

/** Reads the number written in words into a room (mm) of the sheet; an empty room is silent. */
export async function readWords(photo: Gray, room: Rect, toPhoto: ToPhoto, model: WordsModel): Promise<WordsReading> {
  const ink = findWordsInk(cutRoom(photo, room, toPhoto));
  const strip = stripOf(ink, findLines(ink));
  return strip ? decodeWords(await model.spell(strip), WORDS_CALIBRATION) : SILENCE;
}
