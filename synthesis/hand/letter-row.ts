import type { SKRSContext2D } from '@napi-rs/canvas';
import type { Random } from '#synthesis/random.ts';
import type { LetterForm } from './letter-form.ts';
import type { Lettering } from './lettering.ts';
import { letterHabits, runningHabits } from './letters.ts';
import { drawStrokes, inkOf } from './pen.ts';
import { run } from './running.ts';
import { moved, type Point, type Stroke } from './stroke.ts';
import type { Writer } from './writer.ts';

/** A word ready to be written: its letters with their ways, and the room they take. */
export interface LetterRow {
  readonly letters: readonly PlacedLetter[];
  /** Width, as a share of a capital's height. */
  readonly width: number;
}

interface PlacedLetter {
  /** A letter, or a part of a word in a font of joined writing. */
  readonly letter: string;
  /** null: written in the writer's font. */
  readonly form: LetterForm | null;
  /** The form's first stroke is on the pen's way to the next letter. */
  readonly running: boolean;
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
export function layRow(context: SKRSContext2D, word: string, lettering: Lettering, random: Random): LetterRow {
  context.font = `${MEASURED}px "${lettering.font}"`;
  const tall = context.measureText('H').actualBoundingBoxAscent;
  const script = lettering.source === 'script';
  const letters: PlacedLetter[] = [];
  let left = 0;
  for (const letter of script ? partsOf(word, random) : word) {
    const { form, running } = formOf(letter, lettering, random);
    const own = form ? form.breadth : context.measureText(letter).width / tall;
    const width = own * lettering.breadth * (form && isSmall(letter) ? (lettering.xHeight / 0.5) ** 0.6 : 1);
    letters.push({ letter, form, running, left, width });
    if (script) left += width + Math.min(0, lettering.spacing * random.normal());
    // A font keeps its letters apart by itself.
    else left += width + (form ? lettering.spacing : lettering.spacing - 0.08) * (1 + random.normal() * 0.35);
  }
  return { letters, width: Math.max(0.1, left - (script ? 0 : lettering.spacing)) };
}

/** Joined writing in one go, or with the pen lifted here and there. */
function partsOf(word: string, random: Random): readonly string[] {
  const parts = [''];
  for (const letter of word) {
    if (parts.at(-1) && random.chance(0.12)) parts.push('');
    parts[parts.length - 1] += letter;
  }
  return parts;
}

/** A writer keeps to a way of each letter, but not always. */
function formOf(letter: string, { source, habits, joined }: Lettering, random: Random) {
  const running = source === 'strokes' && joined > 0 ? runningHabits(letter) : null;
  const ways = source === 'strokes' ? (running ?? letterHabits(letter)) : null;
  if (!ways) return { form: null, running: false };
  const habit = random.chance(0.1) ? random.unit() : (habits[letter.toUpperCase().charCodeAt(0) - 65] ?? 0);
  return { form: ways[Math.floor(habit * ways.length)] ?? ways[0], running: running !== null };
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
  const draw = (strokes: readonly Stroke[]) => drawStrokes(context, strokes, writer.pen, random);
  const hurried = (stroke: Stroke) => run(stroke, place.capital, lettering.haste);
  let line: Point[] = [];
  const lift = () => {
    if (line.length > 0) draw([hurried(line)]);
    line = [];
  };
  for (const letter of row.letters) {
    if (!letter.form) {
      writeInFont(context, letter, place, lettering, writer, random);
      continue;
    }
    const strokes = moved(letter.form.strokes, putter(letter, place, lettering, writer, random));
    const [through, ...others] = strokes;
    if (!letter.running || !through?.length) {
      lift();
      draw(letter.running ? others.map(hurried) : strokes);
      continue;
    }
    if (!random.chance(lettering.joined)) lift();
    line.push(...through);
    draw(others);
  }
  lift();
}

function isSmall(letter: string): boolean {
  return letter !== letter.toUpperCase();
}

/** From a letter's own frame to the paper, as unsteady as the writer is. */
function putter(
  { letter, left, width }: PlacedLetter,
  { at, capital, squeeze }: RowPlace,
  lettering: Lettering,
  writer: Writer,
  random: Random,
): (point: Point) => Point {
  const height = capital * (1 + random.normal() * lettering.unequal);
  const lift = random.normal() * lettering.bounce * capital;
  const turn = random.normal() * lettering.turn;
  const amount = writer.wobble * capital;
  const level = isSmall(letter) ? levelOf(lettering.xHeight) : (v: number) => v;
  let [dx, dy] = [0, 0];
  return ([u, w]) => {
    const v = level(w);
    // A slow drift, as an unsteady hand makes.
    dx = dx * 0.85 + random.normal() * amount * 0.4;
    dy = dy * 0.85 + random.normal() * amount * 0.4;
    const x = (left + u * width) * squeeze * capital + (1 - v) * height * (writer.slant + turn);
    const y = (v - 1) * height + u * width * squeeze * capital * turn;
    return [at[0] + x + dx, at[1] + y + lift + dy];
  };
}

/** Small letters are drawn half as high as capitals; what is above them moves with their height. */
function levelOf(xHeight: number): (v: number) => number {
  return (v) => {
    if (v > 1) return v;
    return v < 0.5 ? v * 2 * (1 - xHeight) : 1 - (1 - v) * 2 * xHeight;
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
  context.font = `${MEASURED}px "${lettering.font}"`;
  const scale =
    (capital * (1 + random.normal() * lettering.unequal)) / context.measureText('H').actualBoundingBoxAscent;
  context.translate(at[0] + left * squeeze * capital, at[1] + random.normal() * lettering.bounce * capital);
  context.rotate((random.normal() * lettering.turn) / Math.sqrt(letter.length));
  context.transform(scale * lettering.breadth * squeeze, 0, -writer.slant * scale * 0.6, scale, 0, 0);
  context.fillText(letter, 0, 0);
  // A marker thickens the font's thin line.
  context.lineWidth = (writer.pen.width * 0.45) / scale;
  context.strokeText(letter, 0, 0);
  context.restore();
}
