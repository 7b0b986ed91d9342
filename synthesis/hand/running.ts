import { type Point, type Stroke, smooth } from './stroke.ts';

/** A hand in the greatest hurry cuts corners within this share of a capital's height. */
const CUT = 0.16;
/** Distance between the points of a line that is cut, as a share of a capital's height. */
const FINE = 0.045;

/**
 * The line of a pen that runs through these points without being lifted, mm. `haste`, 0 to 1, cuts
 * corners, flattens arches and closes loops, as a hand does that is faster than its letters.
 */
export function run(points: Stroke, capital: number, haste: number): Stroke {
  const line = smooth(points, 4);
  const reach = Math.round((haste * CUT) / FINE);
  return reach < 1 || line.length < 3 ? line : averaged(evenly(line, FINE * capital), reach);
}

/** Points at even distances along a line, its ends among them. */
function evenly(line: Stroke, step: number): Stroke {
  const points: Point[] = [];
  let left = 0;
  for (let i = 1; i < line.length; i++) {
    const [a, b] = [line[i - 1] as Point, line[i] as Point];
    const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
    for (; left < length; left += step) {
      const share = left / length;
      points.push([a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share]);
    }
    left -= length;
  }
  points.push(line.at(-1) as Point);
  return points;
}

/** Each point the mean of its neighbours, nearer ones counting more; the ends stay. */
function averaged(line: Stroke, reach: number): Stroke {
  return line.map((_, i): Point => {
    const near = Math.min(reach, i, line.length - 1 - i);
    let [x, y, weight] = [0, 0, 0];
    for (let k = -near; k <= near; k++) {
      const [px, py] = line[i + k] as Point;
      const share = 1 - Math.abs(k) / (near + 1);
      x += share * px;
      y += share * py;
      weight += share;
    }
    return [x / weight, y / weight];
  });
}
