import type { Gray } from '#agent/page/picture.ts';
import { brightnessAt, median } from '#agent/page/sampling.ts';
import type { Point, Rect } from '#contract/form/definition.ts';

/** Where a point of the sheet (mm) lies in the photo (px). Some microseconds a point: for corners, not for pixels. */
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
  /** mm over which an edge of the print turns from black to white, in the direction that is seen worse. */
  readonly edge: number;
}

const PROFILES_A_SIDE = 7;
/** A printed line is at least so much darker than the paper beside it, as a share of that paper. */
const MIN_DEPTH = 0.06;

/** How finely a box is looked at, mm: lines are thinner where boxes are smaller. */
interface Raster {
  /** Along a profile. */
  readonly step: number;
  /** Samples from a line's middle to the paper beside it. */
  readonly beside: number;
  /** Samples of the stretch one slope is taken over, and of the flank it is looked for on. */
  readonly slope: number;
  readonly flank: number;
}

function rasterFor([, , width, height]: Rect): Raster {
  const side = Math.min(width, height);
  const step = Math.max(0.08, side / 90);
  const samples = (mm: number) => Math.max(2, Math.round(mm / step));
  return { step, beside: samples(Math.max(0.55, side / 20)), slope: samples(side / 30), flank: samples(side / 9) };
}

/**
 * Looks for the frame of a box within `reach` mm of its expected place. Opposite sides are asked
 * for together, the width of the box apart, so that a line of the table or a stroke of the pen does
 * not pass for a side. Null where fewer than three sides are seen.
 */
export function findFrame(gray: Gray, toPhoto: ToPhoto, box: Rect, reach: number): FoundFrame | null {
  const [, , width, height] = box;
  const raster = rasterFor(box);
  const plane = localPlane(toPhoto, box);
  const side = (middle: Point, along: Point) => sideProfile(gray, plane, middle, along, reach, raster);
  const left = side([-width / 2, 0], [0, height]);
  const right = side([width / 2, 0], [0, height]);
  const top = side([0, -height / 2], [width, 0]);
  const bottom = side([0, height / 2], [width, 0]);
  const across = bestShift(left, right);
  const down = bestShift(top, bottom);
  if (!across || !down) return null;
  const depths = [...across.depths, ...down.depths].filter((depth) => depth >= MIN_DEPTH);
  if (depths.length < 3) return null;
  return {
    box,
    shift: [across.samples * raster.step, down.samples * raster.step],
    sides: depths.length,
    depth: median(depths),
    edge: Math.max(flankWidth(left, right, across, raster), flankWidth(top, bottom, down, raster)) * raster.step,
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

function sideProfile(
  gray: Gray,
  plane: Plane,
  middle: Point,
  along: Point,
  reach: number,
  { step, beside }: Raster,
): SideProfile {
  const count = Math.round(reach / step);
  const length = 2 * (count + beside) + 1;
  const outward: Point = along[0] === 0 ? [1, 0] : [0, 1];
  const levels = new Float64Array(length);
  const column = new Float64Array(PROFILES_A_SIDE);
  for (let k = 0; k < length; k++) {
    const offset = (k - count - beside) * step;
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
    levels[k] = middleOf(column);
  }
  return { levels, depths: depthsOf(levels, beside, count) };
}

/** The median of a few values, which are put in order. */
function middleOf(values: Float64Array): number {
  for (let k = 1; k < values.length; k++) {
    const value = values[k] ?? 0;
    let at = k;
    for (; at > 0 && (values[at - 1] ?? 0) > value; at--) values[at] = values[at - 1] ?? 0;
    values[at] = value;
  }
  return values[values.length >> 1] ?? 0;
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
  /** Samples from the expected place, and the position among the profiles' depths. */
  readonly samples: number;
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
  // The highest place at the end of the reach is the slope of a line beyond it.
  if (height <= 0 || peak === 0 || peak === n - 1) return null;
  let weight = 0;
  let sum = 0;
  for (let k = Math.max(0, peak - 3); k <= Math.min(n - 1, peak + 3); k++) {
    const share = Math.max(0, (both[k] ?? 0) - height / 3);
    weight += share;
    sum += share * k;
  }
  return { samples: sum / weight - (n - 1) / 2, peak, depths: [nearPeak(one, peak), nearPeak(other, peak)] };
}

function nearPeak({ depths }: SideProfile, peak: number): number {
  return Math.max(depths[peak - 1] ?? 0, depths[peak] ?? 0, depths[peak + 1] ?? 0);
}

/** A thin line blurred by σ has depth over slope of 1.65 σ, an edge 2.5 σ: told in the edge's measure. */
const LINE_TO_EDGE = 1.52;

/** Samples over which the flanks of two opposite sides rise; the four flanks are averaged against noise. */
function flankWidth(one: SideProfile, other: SideProfile, { peak }: Shift, raster: Raster): number {
  const flank = new Float64Array(raster.flank + 1);
  for (const { levels, depths } of [one, other]) {
    const middle = peak + (levels.length - depths.length) / 2;
    for (let k = 0; k < flank.length; k++) {
      const before = levels[Math.max(0, middle - k)] ?? 0;
      const after = levels[Math.min(levels.length - 1, middle + k)] ?? 0;
      flank[k] = (flank[k] ?? 0) + before + after;
    }
  }
  const { slope } = raster;
  let steepest = 0;
  for (let k = slope; k < flank.length; k++) steepest = Math.max(steepest, (flank[k] ?? 0) - (flank[k - slope] ?? 0));
  const depth = Math.max(...flank) - (flank[0] ?? 0);
  return steepest > 0 ? (LINE_TO_EDGE * depth * slope) / steepest : raster.flank;
}
