import type { SKRSContext2D } from '@napi-rs/canvas';
import type { Rect } from '#contract/form/definition.ts';
import { type BoxPrint, type GuideStyle, grayOf, printBox } from './printed-box.ts';
import type { Random } from './random.ts';

/** How the form round the box is printed. */
export interface Surroundings {
  readonly box: readonly [number, number];
  readonly print: BoxPrint;
  /** Space to the neighbouring boxes, mm; 0 where they share a line. */
  readonly gap: number;
  readonly watermark: boolean;
  readonly solidNeighbour: boolean;
}

/**
 * Boxes of the official form (18 and 20 mm, apart) and of other Indonesian forms (smaller, taller, touching). Where a
 * guide is printed as lines, the frame may be as pale as the guide.
 */
export function drawSurroundings(random: Random): Surroundings {
  const guide = random.weighted<GuideStyle>([
    ['none', 55],
    ['dots', 33],
    ['lines', 12],
  ]);
  const guideShade = random.between(guide === 'lines' ? 150 : 172, 222);
  const official = random.chance(0.65);
  const height = official ? random.pick([18, 20] as const) : random.between(10, 20);
  const width = official ? height : height * random.between(0.48, 1.9);
  return {
    box: [width, height],
    print: {
      line: official ? random.between(0.8, 1.15) : random.between(0.2, 0.9),
      shade: guide === 'lines' && random.chance(0.5) ? guideShade : random.between(15, official ? 60 : 120),
      guide,
      guideShade,
      guideLine: random.between(0.3, 0.8),
    },
    gap: official
      ? random.between(3, 5.5)
      : random.weighted([
          [0, 7],
          [2.5, 3],
        ]),
    watermark: random.chance(0.15),
    solidNeighbour: !official && random.chance(0.12),
  };
}

/** Prints the box, its neighbours, and what of the table runs past them. */
export function printForm(context: SKRSContext2D, box: Rect, form: Surroundings, margin: number, random: Random): void {
  const [, , w, h] = box;
  if (form.watermark) printWatermark(context, box, random);
  const step = w + form.gap;
  if (form.solidNeighbour) {
    context.fillStyle = grayOf(form.print.shade);
    context.fillRect(-margin - w, 0, margin + w, h);
  } else printBox(context, [-step, 0, w, h], form.print);
  printBox(context, [step, 0, w, h], form.print);
  printBox(context, box, form.print);
  // Lines of the table above or below the boxes.
  for (const y of [-random.between(2, 6), h + random.between(2, 6)]) {
    if (!random.chance(0.5)) continue;
    context.fillStyle = grayOf(form.print.shade);
    context.fillRect(-2 * w, y, 5 * w, random.between(0.2, 0.8));
  }
}

function printWatermark(context: SKRSContext2D, [x, y, w, h]: Rect, random: Random): void {
  context.strokeStyle = grayOf(random.between(205, 235));
  for (let i = random.whole(1, 3); i > 0; i--) {
    context.lineWidth = random.between(1, 5);
    context.beginPath();
    const [cx, cy] = [x + w * random.between(-0.5, 1.5), y + h * random.between(-0.5, 1.5)];
    context.ellipse(cx, cy, w * random.between(0.4, 1.6), h * random.between(0.4, 1.6), 0, 0, 6.3);
    context.stroke();
  }
}
