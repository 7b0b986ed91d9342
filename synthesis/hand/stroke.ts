/** [x, y]; the frame is the caller's, y runs down. */
export type Point = readonly [number, number];
/** What the pen writes without being lifted. */
export type Stroke = readonly Point[];

/** Rounds the corners of a hand-drawn line: Catmull-Rom through every given point. */
export function smooth(stroke: Stroke, between: number): Stroke {
  if (stroke.length < 3) return stroke;
  const at = (i: number): Point => stroke[Math.max(0, Math.min(stroke.length - 1, i))] ?? [0, 0];
  const points: Point[] = [];
  for (let i = 0; i < stroke.length - 1; i++) {
    const [a, b, c, d] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
    for (let k = 0; k < between; k++)
      points.push([spline(a[0], b[0], c[0], d[0], k / between), spline(a[1], b[1], c[1], d[1], k / between)]);
  }
  points.push(at(stroke.length - 1));
  return points;
}

function spline(a: number, b: number, c: number, d: number, t: number): number {
  return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t * t * t);
}

/** left, top, right, bottom of all points. */
export type Bounds = readonly [number, number, number, number];

export function boundsOf(strokes: readonly Stroke[]): Bounds {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const stroke of strokes) {
    for (const [x, y] of stroke) {
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
  }
  return [left, top, right, bottom];
}

export function moved(strokes: readonly Stroke[], move: (point: Point) => Point): readonly Stroke[] {
  return strokes.map((stroke) => stroke.map(move));
}
