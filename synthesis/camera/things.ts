import type { SKRSContext2D } from '@napi-rs/canvas';
import type { Point } from '#contract/form/definition.ts';
import type { Random } from '#synthesis/random.ts';
import type { Extent } from './extent.ts';

type Thing = (context: SKRSContext2D, size: number, random: Random) => void;

/** Lays other things on the desk before the sheet comes on top: papers, squares, codes, pens, cables. */
export function drawThings(context: SKRSContext2D, count: number, extent: Extent, random: Random): void {
  for (let i = 0; i < count; i++) {
    const [x, y] = besideSheet(extent, random);
    const thing = random.weighted<Thing>([
      [printedPaper, 4],
      [squares, 2],
      [blockCode, 1.5],
      [pen, 2],
      [cable, 1],
      [cup, 1],
    ]);
    context.save();
    context.translate(x, y);
    context.rotate(random.between(0, 6.28));
    thing(context, extent.width * random.between(0.1, 0.32), random);
    context.restore();
  }
}

/** A place along the four borders of desk round the sheet. */
function besideSheet({ width, height, border }: Extent, random: Random): Point {
  const out = border * random.between(0.1, 0.95);
  return random.weighted<() => Point>([
    [() => [-out, random.between(-border, height + border)], height],
    [() => [width + out, random.between(-border, height + border)], height],
    [() => [random.between(-border, width + border), -out], width],
    [() => [random.between(-border, width + border), height + out], width],
  ])();
}

/** A sheet with headings, lines of print and sometimes a dark picture. */
function printedPaper(context: SKRSContext2D, size: number, random: Random): void {
  const [width, height] = [size, size * 1.41];
  context.shadowColor = 'rgb(0 0 0 / 0.4)';
  context.shadowBlur = 8;
  context.fillStyle = random.pick(['#f4f2ec', '#fffef8', '#f6e9a8', '#dfe8f0'] as const);
  context.fillRect(-width / 2, -height / 2, width, height);
  context.shadowColor = 'transparent';
  context.fillStyle = random.pick(['#222', '#333a4a', '#555'] as const);
  const row = size * random.between(0.022, 0.05);
  for (let y = -height * 0.44; y < height * 0.44; y += row * 1.7) {
    for (let x = -width * 0.44; x < width * random.between(0.2, 0.44); ) {
      const word = row * random.between(0.6, 4);
      if (random.chance(0.92)) context.fillRect(x, y, Math.min(word, width * 0.44 - x), row * 0.55);
      x += word + row * 0.5;
    }
  }
  if (random.chance(0.4))
    context.fillRect(-width * 0.4, -height * 0.3, width * random.between(0.2, 0.7), height * 0.25);
}

/** Black squares, alone, in pairs that touch, or as a checkerboard: what a corner mark looks like to a careless eye. */
function squares(context: SKRSContext2D, size: number, random: Random): void {
  const side = size * random.between(0.04, 0.12);
  context.fillStyle = '#f2f2ee';
  context.fillRect(-side * 2.5, -side * 2.5, side * 5, side * 5);
  context.fillStyle = '#1c1a1a';
  const count = random.whole(1, 3);
  for (let i = -count; i < count; i++)
    for (let j = -count; j < count; j++) if ((i + j) % 2 === 0) context.fillRect(i * side, j * side, side, side);
}

/** A square code of random modules, as on parcels and posters. */
function blockCode(context: SKRSContext2D, size: number, random: Random): void {
  const modules = random.pick([6, 8, 10, 21, 25] as const);
  const side = size * random.between(0.25, 0.6);
  const module = side / modules;
  context.fillStyle = '#fdfdfb';
  context.fillRect(-side * 0.62, -side * 0.62, side * 1.24, side * 1.24);
  context.fillStyle = '#111';
  if (modules <= 10) context.fillRect(-side / 2 - module, -side / 2 - module, side + 2 * module, side + 2 * module);
  for (let row = 0; row < modules; row++) {
    for (let column = 0; column < modules; column++) {
      context.fillStyle = random.chance(0.5) ? '#111' : '#fdfdfb';
      context.fillRect(column * module - side / 2, row * module - side / 2, module * 1.02, module * 1.02);
    }
  }
}

function pen(context: SKRSContext2D, size: number, random: Random): void {
  context.shadowColor = 'rgb(0 0 0 / 0.5)';
  context.shadowBlur = 6;
  context.shadowOffsetY = 3;
  context.fillStyle = random.pick(['#23408e', '#1b1b1e', '#b3262c', '#d8d8d4'] as const);
  context.fillRect(-70, -4.5, 140, 9);
  context.fillStyle = '#ccc';
  context.fillRect(60, -3, 14, 6);
  context.fillRect(-70, -6, Math.min(40, size * 0.3), 2);
}

function cable(context: SKRSContext2D, size: number, random: Random): void {
  context.strokeStyle = random.pick(['#1a1a1a', '#eee', '#2a2a60'] as const);
  context.lineWidth = random.between(3, 6);
  context.beginPath();
  context.moveTo(-size, 0);
  context.bezierCurveTo(-size * 0.3, size, size * 0.3, -size, size, random.normal() * size * 0.5);
  context.stroke();
}

function cup(context: SKRSContext2D, size: number, random: Random): void {
  const radius = Math.min(45, size * 0.35);
  context.shadowColor = 'rgb(0 0 0 / 0.5)';
  context.shadowBlur = 10;
  context.fillStyle = random.pick(['#f0eee8', '#7d3b2a', '#406b8a'] as const);
  context.beginPath();
  context.arc(0, 0, radius, 0, 6.3);
  context.fill();
  context.shadowColor = 'transparent';
  context.fillStyle = '#3a2416';
  context.beginPath();
  context.arc(0, 0, radius * 0.8, 0, 6.3);
  context.fill();
}

/** Strips of adhesive tape over the sheet's edges, away from its marks. */
export function drawTapes(context: SKRSContext2D, count: number, { width, height }: Extent, random: Random): void {
  for (let i = 0; i < count; i++) {
    const along = random.between(0.2, 0.8);
    const [x, y] = random.pick([
      [width * along, 0],
      [width * along, height],
      [0, height * along],
      [width, height * along],
    ] as const);
    context.save();
    context.translate(x, y);
    context.rotate((x === 0 || x === width ? 0 : Math.PI / 2) + random.normal() * 0.15);
    context.fillStyle = random.pick([
      'rgb(196 160 96 / 0.75)',
      'rgb(235 235 230 / 0.5)',
      'rgb(60 60 64 / 0.9)',
    ] as const);
    context.fillRect(-width * 0.045, -width * 0.02, width * 0.09, width * 0.04);
    context.restore();
  }
}

/** A thumb or a dark thing that comes in from the nearest edge and covers a mark. */
export function drawOccluder(
  context: SKRSContext2D,
  mark: Point,
  { width, height, border }: Extent,
  random: Random,
): void {
  const unit = width / 600;
  const [outX, outY] = [
    mark[0] < width / 2 ? -border * 1.5 : width + border * 1.5,
    mark[1] + random.normal() * height * 0.1,
  ];
  context.save();
  context.shadowColor = 'rgb(0 0 0 / 0.5)';
  context.shadowBlur = 14;
  context.strokeStyle = random.pick(['#9a6a4c', '#c08a66', '#6d4630', '#22242a'] as const);
  context.lineWidth = random.between(26, 40) * unit;
  context.lineCap = 'round';
  context.beginPath();
  context.moveTo(outX, outY);
  context.quadraticCurveTo(
    (outX + mark[0]) / 2,
    outY + random.normal() * 20,
    mark[0] + random.normal() * 2,
    mark[1] + random.normal() * 2,
  );
  context.stroke();
  context.restore();
}
