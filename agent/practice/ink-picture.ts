import { SIDE } from '#agent/read/normalise.ts';

/** A picture of SIDE × SIDE as ink and paper. Its frame: px, origin at the top-left pixel, y down. */
export interface InkPicture {
  isInk(x: number, y: number): boolean;
  /** First row with ink, and how many rows down to the last; height 0 where there is none. */
  readonly top: number;
  readonly height: number;
  /** The outermost ink of a row, null where it has none. */
  runAt(y: number): Run | null;
}

export interface Run {
  readonly left: number;
  readonly right: number;
}

/** Every pixel of at least `ink` (0 paper to 1) is ink; nothing is where the picture is empty. */
export function inkPicture(pixels: Float32Array, ink: number): InkPicture {
  const isInk = (x: number, y: number) => (pixels[y * SIDE + x] ?? 0) >= Math.max(ink, Number.MIN_VALUE);
  const runAt = (y: number): Run | null => {
    const columns = Array.from({ length: SIDE }, (_, x) => x).filter((x) => isInk(x, y));
    const [left] = columns;
    return left === undefined ? null : { left, right: columns.at(-1) ?? left };
  };
  const rows = Array.from({ length: SIDE }, (_, y) => y).filter((y) => runAt(y) !== null);
  const top = rows[0] ?? 0;
  return { isInk, runAt, top, height: rows.length === 0 ? 0 : (rows.at(-1) ?? top) - top + 1 };
}
