import { seeWords } from '#agent/read/words.ts';
import { STRUCK } from '#agent/read/words-alphabet.ts';
import type { WordsStrip } from '#agent/read/words-strip.ts';
import type { Point, Rect } from '#contract/form/definition.ts';
import type { Split } from '#synthesis/hand/mnist.ts';
import type { Random } from '#synthesis/random.ts';
import type { WordedNumber, Wording } from '#synthesis/worded-number.ts';
import { renderWords } from '#synthesis/words-line.ts';

/** What the words model sees of one room, and what is written there. */
export interface WordsExample {
  /** null where the reader finds nothing like letters. */
  readonly strip: WordsStrip | null;
  readonly written: WordedNumber;
}

/** How far the room is found beside its place, mm (standard deviation). */
const ASTRAY = 0.35;
/** How often a form's definition says where small print stands in the room. */
const NOTED = 0.8;

/** Renders the room for words of a random form, hand and camera, and cuts it as the reader does. */
export function drawWordsExample(split: Split, wording: Wording | null, random: Random): WordsExample {
  const picture = renderWords({ split, wording }, random);
  const [x, y, width, height] = picture.room;
  const found: Rect = [x + random.normal() * ASTRAY, y + random.normal() * ASTRAY, width, height];
  const gray = { width: picture.width, height: picture.height, data: picture.gray };
  const note = picture.note && random.chance(NOTED) ? picture.note : null;
  const place = { room: found, note };
  return { strip: seeWords(gray, place, (point: Point) => picture.toPicture(point)), written: picture.written };
}

/** What the model is to spell, struck words as one sign; nothing where nothing is written. */
export function spellingOf({ words }: WordedNumber): string {
  return words.map(({ text, struck }) => (struck ? STRUCK : text)).join(' ');
}
