import type { ToPhoto } from '#agent/page/frames.ts';
import type { Gray } from '#agent/page/picture.ts';
import type { WordsReading } from '#agent/tally/evidence.ts';
import { SILENCE } from '#agent/tally/source.ts';
import type { Rect } from '#contract/form/definition.ts';
import { decodeWords, WORDS_CALIBRATION } from './words-decode.ts';
import { findWordsInk } from './words-ink.ts';
import { findLines } from './words-lines.ts';
import type { WordsModel } from './words-model.ts';
import { writingIn } from './words-pieces.ts';
import { cutRoom } from './words-room.ts';
import { stripOf, type WordsStrip } from './words-strip.ts';

/** Where a number is written in words, mm of the sheet. */
export interface WordsPlace {
  readonly room: Rect;
  /** Small print in the room; null for none. */
  readonly note: Rect | null;
}

/** What the words model sees of a room; null where nothing like letters is there. */
export function seeWords(photo: Gray, { room, note }: WordsPlace, toPhoto: ToPhoto): WordsStrip | null {
  const patch = cutRoom(photo, room, toPhoto);
  const ink = findWordsInk(patch);
  return stripOf(ink, findLines(ink, writingIn(ink, note && patch.toPatch(note))));
}

/** Reads the number written in words in its place; an empty room is silent. */
export async function readWords(
  photo: Gray,
  place: WordsPlace,
  toPhoto: ToPhoto,
  model: WordsModel,
): Promise<WordsReading> {
  const strip = seeWords(photo, place, toPhoto);
  return strip ? decodeWords(await model.spell(strip), WORDS_CALIBRATION) : SILENCE;
}
