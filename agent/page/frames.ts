import type { Gray } from '#agent/page/picture.ts';
import { brightnessAt, median, quantile } from '#agent/page/sampling.ts';
import type { Point, Rect } from '#contract/form/definition.ts';

/** Where a point of the sheet (mm) lies in the photo (px). */
export type ToPhoto = (point: Point) => Point;

/** How far a box's printed frame lies from where it was expected. */
export interface FoundFrame {
  readonly box: Rect;
  /** mm along the sheet's x and y. */
  readonly shift: Point;
  /** Sides of the four where a printed line was seen. */
  readonly sides: number;
  /** Median depth of those lines, 0 to 1 of the paper's brightness. */
  readonly depth: number;
  /**
   * Width of the lines as seen, mm, in the direction that is seen worse: area of the line's profile
   * over its depth. It is the printed width where the picture is sharp and grows with any blur.
   */
  readonly lineWidth: number;
}

/** Step along the profiles, mm. */
const STEP = 0.2;
/** Paper is looked at this far from a line's middle, mm. */
const BESIDE = 0.9;
const PROFILES_A_SIDE = 7;
/** A printed line is at least so much darker than the paper beside it, as a share of that paper. */
const MIN_DEPTH = 0.06;

/**
 * Looks for the frame of a box within `reach` mm of its expected place. Opposite sides are asked
 * for together, the width of the box apart, so that a line of the table or a stroke of the pen does
 * not pass for a side. Null where fewer than three sides are seen.
 */
export function findFrame(gray: Gray, toPhoto: ToPhoto, box: Rect, reach: number): FoundFrame | null {
  const [x, y, width, height] = box;
  const plane = localPlane(toPhoto, box);
  const left = sideProfile(gray, plane, [-width / 2, 0], [0, height], reach);
  const right = sideProfile(gray, plane, [width / 2, 0], [0, height], reach);
  const top = sideProfile(gray, plane, [0, -height / 2], [width, 0], reach);
  const bottom = sideProfile(gray, plane, [0, height / 2], [width, 0], reach);
  const across = bestShift(left, right);
  const down = bestShift(top, bottom);
  if (!across || !down) return null;
  const depths = [...across.depths, ...down.depths].filter((depth) => depth >= MIN_DEPTH);
  if (depths.length < 3) return null;
  return {
    box: [x, y, width, height],
    shift: [across.shift, down.shift],
    sides: depths.length,
    depth: median(depths),
    lineWidth: Math.max(lineWidth(left, right, across), lineWidth(top, bottom, down)),
  };
}

interface Plane {
  readonly at: Point;
  readonly x: Point;
  readonly y: Point;
}

/** The photo around a box: flat enough there for one affine map. */
function localPlane(toPhoto: ToPhoto, [x, y, width, height]: Rect): Plane {
  const cx = x + width / 2;
  const cy = y + height / 2;
  const [leftX, leftY] = toPhoto([x, cy]);
  const [rightX, rightY] = toPhoto([x + width, cy]);
  const [topX, topY] = toPhoto([cx, y]);
  const [bottomX, bottomY] = toPhoto([cx, y + height]);
  return {
    at: toPhoto([cx, cy]),
    x: [(rightX - leftX) / width, (rightY - leftY) / width],
    y: [(bottomX - topX) / height, (bottomY - topY) / height],
  };
}

/** What is seen across one side of the box: brightness, and the depth of a dark line at each shift. */
interface SideProfile {
  readonly levels: Float64Array;
  readonly depths: Float64Array;
}

function sideProfile(gray: Gray, plane: Plane, middle: Point, along: Point, reach: number): SideProfile {
  const beside = Math.round(BESIDE / STEP);
  const count = Math.round(reach / STEP);
  const length = 2 * (count + beside) + 1;
  const outward: Point = along[0] === 0 ? [1, 0] : [0, 1];
  const levels = new Float64Array(length);
  const column = new Array<number>(PROFILES_A_SIDE).fill(0);
  for (let k = 0; k < length; k++) {
    const offset = (k - count - beside) * STEP;
    for (let p = 0; p < PROFILES_A_SIDE; p++) {
      // The ends of a side belong to its neighbours.
      const t = -0.32 + (0.64 * p) / (PROFILES_A_SIDE - 1);
      const x = middle[0] + along[0] * t + outward[0] * offset;
      const y = middle[1] + along[1] * t + outward[1] * offset;
      column[p] = brightnessAt(
        gray,
        plane.at[0] + plane.x[0] * x + plane.y[0] * y,
        plane.at[1] + plane.x[1] * x + plane.y[1] * y,
      );
    }
    // The median over the side: a stroke that crosses it changes a few of the profiles only.
    levels[k] = median(column);
  }
  return { levels, depths: depthsOf(levels, beside, count) };
}

function depthsOf(levels: Float64Array, beside: number, count: number): Float64Array {
  const depths = new Float64Array(2 * count + 1);
  for (let k = 0; k < depths.length; k++) {
    const middle = k + beside;
    const line = ((levels[middle - 1] ?? 0) + 2 * (levels[middle] ?? 0) + (levels[middle + 1] ?? 0)) / 4;
    const paper = Math.min(levels[middle - beside] ?? 0, levels[middle + beside] ?? 0);
    depths[k] = paper > 0 ? Math.max(0, (paper - line) / paper) : 0;
  }
  return depths;
}

interface Shift {
  /** mm, and the same as a position in the profiles' depths. */
  readonly shift: number;
  readonly peak: number;
  readonly depths: readonly [number, number];
}

/** The shift at which both opposite sides lie on lines best; to a fraction of a step. */
function bestShift(one: SideProfile, other: SideProfile): Shift | null {
  const n = one.depths.length;
  const both = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    const a = one.depths[k] ?? 0;
    const b = other.depths[k] ?? 0;
    // The weaker side counts most: one dark line alone is no box.
    both[k] = Math.min(a, b) + 0.2 * Math.max(a, b);
  }
  let peak = 0;
  for (let k = 1; k < n; k++) if ((both[k] ?? 0) > (both[peak] ?? 0)) peak = k;
  const height = both[peak] ?? 0;
  if (height <= 0) return null;
  let weight = 0;
  let sum = 0;
  for (let k = Math.max(0, peak - 3); k <= Math.min(n - 1, peak + 3); k++) {
    const share = Math.max(0, (both[k] ?? 0) - height / 3);
    weight += share;
    sum += share * k;
  }
  return { shift: (sum / weight - (n - 1) / 2) * STEP, peak, depths: [nearPeak(one, peak), nearPeak(other, peak)] };
}

function nearPeak({ depths }: SideProfile, peak: number): number {
  return Math.max(depths[peak - 1] ?? 0, depths[peak] ?? 0, depths[peak + 1] ?? 0);
}

/** Half the stretch over which a line's profile is summed, mm: the widest blur still worth measuring. */
const PROFILE = 2;

/** The narrower of the two sides: a stroke beside one of them makes it look wide. */
function lineWidth(one: SideProfile, other: SideProfile, { peak }: Shift): number {
  return Math.min(widthAt(one, peak), widthAt(other, peak));
}

function widthAt({ levels, depths }: SideProfile, peak: number): number {
  const middle = peak + (levels.length - depths.length) / 2;
  const reach = Math.min(Math.round(PROFILE / STEP), middle, levels.length - 1 - middle);
  const around = levels.slice(middle - reach, middle + reach + 1);
  const paper = quantile([...around], 0.8);
  const deepest = paper - Math.min(...around.slice(reach - 2, reach + 3));
  if (deepest <= 0) return Number.POSITIVE_INFINITY;
  const area = around.reduce((sum, level) => sum + Math.max(0, paper - level), 0) * STEP;
  return area / deepest;
}
