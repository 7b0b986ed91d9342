import type { Rect } from '#contract/form/definition.ts';
import type { Random } from '#synthesis/random.ts';
import { type Point, type Stroke, smooth } from './stroke.ts';

/** The lines that strike out a word standing in a rectangle (mm): one, two, a zigzag, or a cross. */
export function strikeWord([x, y, w, h]: Rect, random: Random): readonly Stroke[] {
  const unsteady = (): number => random.normal() * h * 0.06;
  const over = (): number => w * random.between(0.0, 0.06) + h * 0.1;
  const across = (v: number): Stroke => {
    const tilt = random.normal() * h * 0.08;
    return smooth(
      [
        [x - over(), y + h * v - tilt],
        [x + w * 0.5, y + h * v + unsteady()],
        [x + w + over(), y + h * v + tilt],
      ],
      4,
    );
  };
  const zigzag = (): Stroke => {
    const turns = Math.max(4, Math.round((w / h) * random.between(2, 4)));
    const points = Array.from(
      { length: turns + 1 },
      (_, i): Point => [x + (w * i) / turns + unsteady(), y + h * (i % 2 === 0 ? 0.1 : 0.95) + unsteady()],
    );
    return smooth(points, 3);
  };
  const slash = (from: number, to: number): Stroke => [
    [x - over(), y + h * from],
    [x + w + over(), y + h * to],
  ];
  return random.weighted<() => readonly Stroke[]>([
    [() => [across(0.5)], 4],
    [() => [across(0.38), across(0.62)], 4],
    [() => [zigzag()], 3],
    [() => [slash(0, 1), slash(1, 0)], 1],
  ])();
}
