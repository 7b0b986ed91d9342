import type { SKRSContext2D } from '@napi-rs/canvas';
import type { Random } from '#synthesis/random.ts';
import type { LetterForm } from './letter-form.ts';
import type { Lettering } from './lettering.ts';
import { letterHabits } from './letters.ts';
import { drawStrokes, inkOf } from './pen.ts';
import { moved, type Point, type Stroke, smooth } from './stroke.ts';
import type { Writer } from './writer.ts';

/** A word ready to be written: its letters with their ways, and the room they take. */
export interface LetterRow {
  readonly letters: readonly PlacedLetter[];
  /** Width, as a share of a capital's height. */
  readonly width: number;
}

interface PlacedLetter {
  readonly letter: string;
  /** null: written in the writer's font. */
  readonly form: LetterForm | null;
  /** Left edge, as a share of a capital's height. */
  readonly left: number;
  readonly width: number;
}

/** Where a row begins on the paper, mm: x and y of the line it stands on. */
export interface RowPlace {
  readonly at: Point;
  /** Height of a capital, mm. */
  readonly capital: number;
  /** What letters are narrowed by so that the words fit, 0 to 1. */
  readonly squeeze: number;
}

/** Size at which fonts are measured, px. */
const MEASURED = 100;

/** Chooses and spaces the letters of a word. */
export function layRow(
  context: SKRSContext2D,
  word: string,
  lettering: Lettering,
  writer: Writer,
  random: Random,
): LetterRow {
  context.font = `${MEASURED}px "${writer.font}"`;
  const tall = context.measureText('H').actualBoundingBoxAscent;
  const letters: PlacedLetter[] = [];
  let left = 0;
  for (const letter of word) {
    const form = lettering.source === 'strokes' ? formOf(letter, lettering, random) : null;
    const own = form ? form.breadth : context.measureText(letter).width / tall;
    const width = own * lettering.breadth;
    letters.push({ letter, form, left, width });
    // A font keeps its letters apart by itself.
    left += width + (form ? lettering.spacing : lettering.spacing - 0.08) * (1 + random.normal() * 0.35);
  }
  return { letters, width: Math.max(0.1, left - lettering.spacing) };
}

/** A writer keeps to a way of each letter, but not always. */
function formOf(letter: string, { habits }: Lettering, random: Random): LetterForm | null {
  const ways = letterHabits(letter);
  if (!ways) return null;
  const habit = random.chance(0.08) ? random.unit() : (habits[letter.toUpperCase().charCodeAt(0) - 65] ?? 0);
  return ways[Math.floor(habit * ways.length)] ?? ways[0];
}

/** Writes a row of letters. */
export function writeRow(
  context: SKRSContext2D,
  row: LetterRow,
  place: RowPlace,
  lettering: Lettering,
  writer: Writer,
  random: Random,
): void {
  let before: Point | null = null;
  for (const letter of row.letters) {
    const put = putter(letter, place, lettering, writer, random);
    if (!letter.form) {
      writeInFont(context, letter, place, lettering, writer, random);
      before = null;
      continue;
    }
    const strokes = moved(letter.form.strokes, put);
    const join = lettering.joined && before && isSmall(letter.letter) ? joining(before, strokes) : [];
    drawStrokes(context, [...join, ...strokes], writer.pen, random);
    before = isSmall(letter.letter) ? (strokes.findLast((stroke) => stroke.length > 2)?.at(-1) ?? null) : null;
  }
}

function isSmall(letter: string): boolean {
  return letter !== letter.toUpperCase();
}

function joining([x, y]: Point, strokes: readonly Stroke[]): readonly Stroke[] {
  const to = strokes[0]?.[0];
  return to ? [smooth([[x, y], [(x + to[0]) / 2, (y + to[1]) / 2 + 0.1 * Math.abs(to[0] - x)], to], 3)] : [];
}

/** From a letter's own frame to the paper, as unsteady as the writer is. */
function putter(
  { left, width }: PlacedLetter,
  { at, capital, squeeze }: RowPlace,
  lettering: Lettering,
  writer: Writer,
  random: Random,
): (point: Point) => Point {
  const height = capital * (1 + random.normal() * lettering.unequal);
  const lift = random.normal() * lettering.bounce * capital;
  const turn = random.normal() * lettering.turn;
  const amount = writer.wobble * capital;
  let [dx, dy] = [0, 0];
  return ([u, v]) => {
    // A slow drift, as an unsteady hand makes.
    dx = dx * 0.85 + random.normal() * amount * 0.4;
    dy = dy * 0.85 + random.normal() * amount * 0.4;
    const x = (left + u * width) * squeeze * capital + (1 - v) * height * (writer.slant + turn);
    const y = (v - 1) * height + u * width * squeeze * capital * turn;
    return [at[0] + x + dx, at[1] + y + lift + dy];
  };
}

function writeInFont(
  context: SKRSContext2D,
  { letter, left }: PlacedLetter,
  { at, capital, squeeze }: RowPlace,
  lettering: Lettering,
  writer: Writer,
  random: Random,
): void {
  context.save();
  context.globalCompositeOperation = 'darken';
  context.fillStyle = inkOf(writer.pen.colour);
  context.strokeStyle = context.fillStyle;
  context.lineJoin = 'round';
  context.textBaseline = 'alphabetic';
  context.font = `${MEASURED}px "${writer.font}"`;
  const scale =
    (capital * (1 + random.normal() * lettering.unequal)) / context.measureText('H').actualBoundingBoxAscent;
  context.translate(at[0] + left * squeeze * capital, at[1] + random.normal() * lettering.bounce * capital);
  context.rotate(random.normal() * lettering.turn);
  context.transform(scale * lettering.breadth * squeeze, 0, -writer.slant * scale * 0.6, scale, 0, 0);
  context.fillText(letter, 0, 0);
  // A marker thickens the font's thin line.
  context.lineWidth = (writer.pen.width * 0.45) / scale;
  context.strokeText(letter, 0, 0);
  context.restore();
}
