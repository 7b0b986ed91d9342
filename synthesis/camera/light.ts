import type { Point } from '#contract/form/definition.ts';
import type { Conditions, Glare, Shadow } from './conditions.ts';

/** Light on the photo: `light` multiplies what is there (by photo px), `glare` adds to it (by sheet mm; 1 is white). */
export interface Lamp {
  light(photo: Point): number;
  glare(sheet: Point): number;
}

export function lampOf({ size: [width, height], light, shadow, glare }: Conditions): Lamp {
  const half = Math.hypot(width, height) / 2;
  const short = Math.min(width, height);
  return {
    light: ([x, y]) => {
      const [right, down] = [(2 * x) / width - 1, (2 * y) / height - 1];
      const away = Math.hypot(x - width / 2, y - height / 2) / half;
      const even = 1 + light.slope[0] * right * 0.5 + light.slope[1] * down * 0.5;
      const shaded = shadow
        ? 1 - shadow.depth * shadowAt(shadow, [x / short, y / short], [width / short, height / short])
        : 1;
      return light.level * Math.max(0.05, even) * (1 - light.vignette * away * away) * shaded;
    },
    glare: (sheet) => (glare ? glareAt(glare, sheet) : 0),
  };
}

/** Added light of a mirrored lamp, soft at its edge. */
export function glareAt(glare: Glare, [x, y]: Point): number {
  const [u, v] = turned([x - glare.at[0], y - glare.at[1]], glare.towards);
  const square = (u / glare.half[0]) ** 2 + (v / glare.half[1]) ** 2;
  return glare.strength * Math.exp(-square);
}

/** 1 in the full shadow, 0 outside it: a phone, and the arm below it. */
function shadowAt(shadow: Shadow, photo: Point, extent: Point): number {
  const [u, v] = turned([photo[0] - shadow.at[0] * extent[0], photo[1] - shadow.at[1] * extent[1]], shadow.towards);
  const phone = boxDistance(u, v, shadow.half[0], shadow.half[1]);
  const arm = boxDistance(
    u - shadow.half[0] * 0.4,
    v - shadow.half[1] * 3,
    shadow.half[0] * 0.45,
    shadow.half[1] * 2.2,
  );
  const edge = 0.5 - Math.min(phone, arm) / shadow.softness;
  const dark = Math.max(0, Math.min(1, edge));
  return dark * dark * (3 - 2 * dark);
}

/** Distance to a rectangle with rounded corners about the origin, negative inside. */
function boxDistance(u: number, v: number, halfWidth: number, halfHeight: number): number {
  const round = Math.min(halfWidth, halfHeight) * 0.3;
  const [x, y] = [Math.abs(u) - halfWidth + round, Math.abs(v) - halfHeight + round];
  return Math.hypot(Math.max(x, 0), Math.max(y, 0)) + Math.min(Math.max(x, y), 0) - round;
}

function turned([x, y]: Point, degrees: number): Point {
  const angle = (degrees * Math.PI) / 180;
  return [x * Math.cos(angle) + y * Math.sin(angle), y * Math.cos(angle) - x * Math.sin(angle)];
}
