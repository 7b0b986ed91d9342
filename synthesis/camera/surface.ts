import type { SKRSContext2D } from '@napi-rs/canvas';
import type { Random } from '#synthesis/random.ts';
import type { Surface } from './conditions.ts';
import type { Extent } from './extent.ts';

type Tone = readonly [number, number, number];

/** Covers the whole scene with a table, a cloth or a floor. */
export function drawSurface(context: SKRSContext2D, surface: Surface, extent: Extent, random: Random): void {
  const tone = toneOf(surface, random);
  const [left, top] = [-extent.border, -extent.border];
  const [width, height] = [extent.width + 2 * extent.border, extent.height + 2 * extent.border];
  context.fillStyle = colour(tone, 0);
  context.fillRect(left, top, width, height);
  switch (surface) {
    case 'wood':
      grainWood(context, tone, left, top, width, height, random);
      return;
    case 'tiles':
      layTiles(context, tone, left, top, width, height, random);
      return;
    case 'cloth':
      weave(context, tone, left, top, width, height, random);
      return;
    case 'dark':
    case 'light':
      speckle(context, tone, left, top, width, height, random);
      return;
  }
}

function toneOf(surface: Surface, random: Random): Tone {
  const vary = (tone: Tone): Tone => {
    const shade = random.between(0.8, 1.15);
    return [tone[0] * shade, tone[1] * shade, tone[2] * shade];
  };
  switch (surface) {
    case 'wood':
      return vary(
        random.pick<Tone>([
          [150, 105, 66],
          [104, 70, 46],
          [186, 148, 104],
        ]),
      );
    case 'dark':
      return vary(
        random.pick<Tone>([
          [38, 38, 42],
          [54, 46, 44],
          [30, 40, 58],
        ]),
      );
    case 'light':
      return vary(
        random.pick<Tone>([
          [206, 206, 200],
          [190, 196, 204],
          [222, 214, 196],
        ]),
      );
    case 'tiles':
      return vary(
        random.pick<Tone>([
          [196, 190, 180],
          [170, 150, 136],
        ]),
      );
    case 'cloth':
      return vary(
        random.pick<Tone>([
          [30, 74, 60],
          [120, 30, 36],
          [52, 62, 120],
          [196, 178, 60],
        ]),
      );
  }
}

function colour(tone: Tone, by: number): string {
  return `rgb(${tone.map((part) => Math.max(0, Math.min(255, Math.round(part + by)))).join(' ')})`;
}

function grainWood(
  context: SKRSContext2D,
  tone: Tone,
  left: number,
  top: number,
  width: number,
  height: number,
  random: Random,
): void {
  for (let i = 0; i < 260; i++) {
    const y = top + random.unit() * height;
    context.strokeStyle = colour(tone, random.normal() * 14);
    context.lineWidth = random.between(0.4, 3.5);
    context.beginPath();
    context.moveTo(left, y);
    const sway = random.normal() * 8;
    context.bezierCurveTo(
      left + width * 0.3,
      y + sway,
      left + width * 0.6,
      y - sway,
      left + width,
      y + random.normal() * 6,
    );
    context.stroke();
  }
  const plank = random.between(90, 240);
  context.strokeStyle = colour(tone, -45);
  context.lineWidth = 1;
  for (let y = top + random.unit() * plank; y < top + height; y += plank) line(context, left, y, left + width, y);
}

function layTiles(
  context: SKRSContext2D,
  tone: Tone,
  left: number,
  top: number,
  width: number,
  height: number,
  random: Random,
): void {
  const side = random.pick([200, 300, 400] as const);
  const [offX, offY] = [random.unit() * side, random.unit() * side];
  for (let y = top - offY; y < top + height; y += side) {
    for (let x = left - offX; x < left + width; x += side) {
      context.fillStyle = colour(tone, random.normal() * 5);
      context.fillRect(x, y, side, side);
    }
  }
  speckle(context, tone, left, top, width, height, random);
  context.strokeStyle = colour(tone, -50);
  context.lineWidth = 3;
  for (let x = left - offX; x < left + width; x += side) line(context, x, top, x, top + height);
  for (let y = top - offY; y < top + height; y += side) line(context, left, y, left + width, y);
}

function weave(
  context: SKRSContext2D,
  tone: Tone,
  left: number,
  top: number,
  width: number,
  height: number,
  random: Random,
): void {
  const step = random.between(2.2, 4);
  context.lineWidth = step * 0.35;
  context.strokeStyle = colour(tone, -14);
  for (let x = left; x < left + width; x += step) line(context, x, top, x, top + height);
  context.strokeStyle = colour(tone, 12);
  for (let y = top; y < top + height; y += step) line(context, left, y, left + width, y);
}

function speckle(
  context: SKRSContext2D,
  tone: Tone,
  left: number,
  top: number,
  width: number,
  height: number,
  random: Random,
): void {
  for (let i = 0; i < 900; i++) {
    context.fillStyle = colour(tone, random.normal() * 12);
    const side = random.between(0.6, 6);
    context.fillRect(left + random.unit() * width, top + random.unit() * height, side, side * random.between(0.3, 1.5));
  }
}

function line(context: SKRSContext2D, x1: number, y1: number, x2: number, y2: number): void {
  context.beginPath();
  context.moveTo(x1, y1);
  context.lineTo(x2, y2);
  context.stroke();
}
