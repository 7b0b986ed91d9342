import type { SKRSContext2D } from '@napi-rs/canvas';
import type { Random } from '#synthesis/random.ts';
import type { Stroke } from './stroke.ts';

export type Colour = readonly [red: number, green: number, blue: number];

/** What a writer holds in the hand. */
export interface Pen {
  readonly colour: Colour;
  /** Width of its line, mm. */
  readonly width: number;
  /** How much pressure changes the width, 0 (not at all) to 0.5. */
  readonly pressure: number;
  /** Share of the line where the ink runs thin, 0 to 0.4. */
  readonly dryness: number;
}

/** Ballpoints of 0.5 mm up to markers of 2.2 mm; most sheets of 600 × 900 mm are written with a marker. */
export function drawPen(random: Random): Pen {
  const [low, high] = random.weighted<readonly [number, number]>([
    [[0.45, 0.8], 35],
    [[0.8, 1.4], 45],
    [[1.4, 2.3], 20],
  ]);
  const base = random.weighted<Colour>([
    [[24, 24, 28], 55],
    [[26, 44, 140], 38],
    [[176, 28, 34], 7],
    // Pencil.
    [[104, 104, 108], 5],
  ]);
  const shade = random.between(0, 55);
  return {
    colour: [base[0] + shade * random.between(0.5, 1), base[1] + shade, base[2] + shade * random.between(0.4, 1)],
    width: random.between(low, high),
    pressure: random.between(0, 0.3),
    dryness: random.chance(0.3) ? random.between(0.05, 0.35) : 0,
  };
}

export function inkOf(colour: Colour): string {
  return `rgb(${colour.map((part) => Math.round(Math.max(0, Math.min(255, part)))).join(' ')})`;
}

/**
 * Draws strokes given in the context's own units (mm). Ink only ever darkens paper: printed black
 * stays black under a blue pen, and a line that crosses itself gets no darker.
 */
export function drawStrokes(context: SKRSContext2D, strokes: readonly Stroke[], pen: Pen, random: Random): void {
  context.save();
  context.globalCompositeOperation = 'darken';
  context.lineCap = 'round';
  context.lineJoin = 'round';
  const ink = inkOf(pen.colour);
  const thin = inkOf([pen.colour[0] * 0.5 + 120, pen.colour[1] * 0.5 + 120, pen.colour[2] * 0.5 + 120]);
  context.strokeStyle = ink;
  for (const stroke of strokes) {
    if (pen.pressure === 0 && pen.dryness === 0) drawEven(context, stroke, pen.width);
    else drawLiving(context, stroke, pen, random, ink, thin);
  }
  context.restore();
}

function drawEven(context: SKRSContext2D, stroke: Stroke, width: number): void {
  context.lineWidth = width;
  context.beginPath();
  for (const [x, y] of stroke) context.lineTo(x, y);
  const [only, second] = stroke;
  if (only && !second) context.lineTo(only[0] + 0.01, only[1]);
  context.stroke();
}

/** Width and ink drift slowly along the stroke, a few points at a time. */
function drawLiving(context: SKRSContext2D, stroke: Stroke, pen: Pen, random: Random, ink: string, thin: string): void {
  const step = Math.max(2, Math.ceil(stroke.length / 10));
  let phase = random.between(0, 6.28);
  for (let from = 0; from < Math.max(1, stroke.length - 1); from += step) {
    phase += random.between(0.2, 1.1);
    context.strokeStyle = random.chance(pen.dryness) ? thin : ink;
    drawEven(context, stroke.slice(from, from + step + 1), pen.width * (1 + pen.pressure * Math.sin(phase)));
  }
}
