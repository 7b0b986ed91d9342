import type { WordsInk } from './words-ink.ts';
import type { WritingLine } from './words-lines.ts';

/** What the words model sees: the lines of writing one after the other, each as high as the others. */
export interface WordsStrip {
  readonly width: number;
  /** STRIP_HEIGHT rows of `width`, 0 paper to 1 ink. */
  readonly dark: Float32Array;
}

export const STRIP_HEIGHT = 24;
/** Widths are multiples of this, so that the model's steps come out even. */
export const STRIP_STEP = 4;
/** Spread of a line's ink about its middle, px: capitals become about 14 px high. */
const SPREAD = 4.3;
/** Paper before, after and between lines; the widest gap kept within a line, px. */
const MARGIN = 8;
const WIDEST_GAP = 24;
/** The longest number in a broad hand; longer lines are narrowed, px. */
const WIDEST = 640;

/** Sets the lines into one strip; null where there are none. */
export function stripOf(ink: WordsInk, lines: readonly WritingLine[]): WordsStrip | null {
  if (lines.length === 0) return null;
  const pieces = lines.flatMap(piecesOf);
  const natural = pieces.reduce((sum, piece) => sum + piece.width, 0);
  const narrowed = Math.min(1, WIDEST / natural);
  const width = Math.ceil((natural * narrowed) / STRIP_STEP) * STRIP_STEP;
  const dark = new Float32Array(STRIP_HEIGHT * width);
  let begun = 0;
  for (const piece of pieces) {
    const end = begun + piece.width * narrowed;
    for (let column = Math.ceil(begun); column < Math.min(width, end); column++) {
      const x = piece.from + (column + 0.5 - begun) / (piece.scale * narrowed) - 0.5;
      copyColumn(ink, piece, x, narrowed, dark, width, column);
    }
    begun = end;
  }
  return { width, dark };
}

/** A stretch of a line that goes into the strip as it is. */
interface Piece {
  readonly line: WritingLine;
  /** Pixels of the strip to one of the patch. */
  readonly scale: number;
  /** Left edge in the patch, px; width in the strip before narrowing, px. */
  readonly from: number;
  readonly width: number;
}

/** Wide gaps lose their middle. */
function piecesOf(line: WritingLine): readonly Piece[] {
  const scale = SPREAD / line.spread;
  const gap = WIDEST_GAP / scale;
  const ends: [number, number][] = [];
  for (const [from, to] of line.stretches) {
    const last = ends.at(-1);
    if (last && from - last[1] < gap) last[1] = to + 1;
    else ends.push([from, to + 1]);
  }
  return ends.map(([from, to], i): Piece => {
    const left = from - (i === 0 ? MARGIN / scale : gap / 2);
    const right = to + (i === ends.length - 1 ? MARGIN / scale : gap / 2);
    return { line, scale, from: left, width: (right - left) * scale };
  });
}

function copyColumn(
  ink: WordsInk,
  { line, scale }: Piece,
  x: number,
  narrowed: number,
  out: Float32Array,
  width: number,
  column: number,
): void {
  // Where the patch is finer than the strip, several samples a pixel keep thin strokes.
  const across = Math.min(3, Math.max(1, Math.round(1 / (scale * narrowed))));
  const down = Math.min(3, Math.max(1, Math.round(1 / scale)));
  for (let row = 0; row < STRIP_HEIGHT; row++) {
    let sum = 0;
    for (let v = 0; v < down; v++) {
      const height = line.middle + (row + (v + 0.5) / down - STRIP_HEIGHT / 2) / scale;
      if (height < line.top || height > line.bottom) continue;
      for (let u = 0; u < across; u++) {
        const atX = x + ((u + 0.5) / across - 0.5) / (scale * narrowed);
        sum += darkAt(ink, atX, height + line.slope * atX);
      }
    }
    out[row * width + column] = sum / (across * down);
  }
}

function darkAt({ width, height, dark }: WordsInk, x: number, y: number): number {
  if (x < 0 || y < 0 || x > width - 1 || y > height - 1) return 0;
  const x0 = Math.min(Math.floor(x), width - 2);
  const y0 = Math.min(Math.floor(y), height - 2);
  const [fx, fy] = [x - x0, y - y0];
  const i = y0 * width + x0;
  const upper = (dark[i] ?? 0) * (1 - fx) + (dark[i + 1] ?? 0) * fx;
  const lower = (dark[i + width] ?? 0) * (1 - fx) + (dark[i + width + 1] ?? 0) * fx;
  return upper + (lower - upper) * fy;
}
