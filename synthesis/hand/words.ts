import type { SKRSContext2D } from '@napi-rs/canvas';
import type { Rect } from '#contract/form/definition.ts';
import type { Random } from '#synthesis/random.ts';
import { type LetterRow, layRow, writeRow } from './letter-row.ts';
import { cased, drawLettering, type Lettering } from './lettering.ts';
import { drawStrokes } from './pen.ts';
import { strikeWord } from './strike-word.ts';
import type { Point } from './stroke.ts';
import type { Writer } from './writer.ts';

/** A word in capitals as it is spelt on the paper, and whether it was struck out after. */
export interface WrittenWord {
  readonly text: string;
  readonly struck: boolean;
}

/** Capitals on the large sheet are this high, mm, unless the room is lower. */
const CAPITAL = [4.5, 11] as const;
/** Capitals fill this much of a low room. */
const FULL = [0.42, 0.72] as const;
/** From line to line, in heights of a capital. */
const LEADING = 1.55;
/** Letters are narrowed to this before a second line is begun. */
const NARROWEST = 0.72;
/** A pen wider than this share of a capital's height would close its letters. */
const WIDEST_PEN = 0.17;

/** Writes words (in capitals, parted by spaces) in the writer's hand into a rectangle (mm): in as many lines as they need. */
export function writeWords(context: SKRSContext2D, text: string, room: Rect, writer: Writer, random: Random): void {
  const words = text.split(' ').map((word) => ({ text: word, struck: false }));
  writeEach(context, words, room, writer, random);
}

/** The same for words of which some are struck out. */
export function writeEach(
  context: SKRSContext2D,
  words: readonly WrittenWord[],
  room: Rect,
  writer: Writer,
  random: Random,
): void {
  const lettering = drawLettering(writer.split, random);
  const capital = Math.min(random.between(...CAPITAL), room[3] * random.between(...FULL));
  const pen = { ...writer.pen, width: Math.min(writer.pen.width, capital * WIDEST_PEN) };
  const hand: Hand = { lettering, writer: { ...writer, pen }, random };
  const rows = words.map(({ text, struck }) => ({
    row: layRow(context, cased(text, lettering, random), lettering, random),
    struck,
  }));
  const block = fit(rows, room, capital, lettering.wordGap);
  const [x, y, w, h] = room;
  const free = w * 0.96 - block.width;
  const left = x + w * 0.02 + free * (random.chance(0.75) ? random.between(0, 0.12) : random.between(0.2, 0.8));
  const step = block.capital * LEADING;
  const top = y + h * (0.5 + random.normal() * 0.08) - (step * (block.lines.length - 1)) / 2 + block.capital / 2;
  block.lines.forEach((line, i) => {
    writeLine(context, line, block, [left, top + i * step], hand);
  });
}

interface Hand {
  readonly lettering: Lettering;
  readonly writer: Writer;
  readonly random: Random;
}

interface Word {
  readonly row: LetterRow;
  readonly struck: boolean;
}

/** Words set into lines. */
interface Block {
  readonly lines: readonly (readonly Word[])[];
  readonly capital: number;
  readonly squeeze: number;
  /** Widest line, mm. */
  readonly width: number;
}

/** One line where it fits, else two, else three; at last smaller letters. */
function fit(words: readonly Word[], [, , w, h]: Rect, capital: number, gap: number): Block {
  const fitted = [1, 2, 3].map((count): Block => {
    const lowered = Math.min(capital, (h * 0.96) / (1 + LEADING * (count - 1)));
    const lines = inLines(words, count, gap);
    const natural = Math.max(...lines.map((line) => widthOf(line, gap))) * lowered;
    const squeeze = Math.min(1, (w * 0.95) / natural);
    // Squeezed beyond that, letters become lower as well.
    const smaller = Math.min(1, squeeze / NARROWEST);
    return { lines, capital: lowered * smaller, squeeze: squeeze / smaller, width: natural * squeeze };
  });
  const [one, ...others] = fitted as [Block, ...Block[]];
  if (one.squeeze > NARROWEST) return one;
  return others.reduce(
    (best, block) => (block.capital * block.squeeze > best.capital * best.squeeze ? block : best),
    one,
  );
}

function widthOf(line: readonly Word[], gap: number): number {
  return line.reduce((sum, { row }) => sum + row.width, 0) + gap * Math.max(0, line.length - 1);
}

/** The words in order on about equally long lines. */
function inLines(words: readonly Word[], count: number, gap: number): readonly (readonly Word[])[] {
  const each = widthOf(words, gap) / count;
  const lines: Word[][] = [];
  let begun = 0;
  for (const word of words) {
    const line = Math.min(count - 1, Math.floor((begun + word.row.width / 2) / each));
    lines[line] = [...(lines[line] ?? []), word];
    begun += word.row.width + gap;
  }
  return lines.filter((line) => line.length > 0);
}

function writeLine(
  context: SKRSContext2D,
  line: readonly Word[],
  { capital, squeeze, width }: Block,
  [left, base]: Point,
  { lettering, writer, random }: Hand,
): void {
  let x = 0;
  for (const { row, struck } of line) {
    const along = width > 0 ? x / width : 0;
    const rise = lettering.climb * x + lettering.bow * capital * 4 * along * (1 - along);
    const at: Point = [left + x, base - rise];
    const place = { at, capital, squeeze };
    writeRow(context, row, place, lettering, writer, random);
    const wide = row.width * capital * squeeze;
    if (struck) drawStrokes(context, strikeWord([at[0], at[1] - capital, wide, capital], random), writer.pen, random);
    x += wide + lettering.wordGap * capital * squeeze * Math.max(0.4, 1 + random.normal() * 0.3);
  }
}
