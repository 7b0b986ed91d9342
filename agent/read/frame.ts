import { quantile } from '#agent/page/sampling.ts';
import type { BoxPatch } from './box.ts';
import type { Ink } from './ink.ts';

/** The printed line of a box lies at most this share of the box's side from where the form says. */
const REACH = 0.1;
/** Share of a line that must be dark before it is taken for print, over all of it and at both its ends. */
const COVERED = 0.5;
/** Share of a line's length that is an end: printed lines reach the corners, strokes beside them do not. */
const END = 0.14;

type Side = 'top' | 'bottom' | 'left' | 'right';

/**
 * Erases the printed frame from the mask, and keeps what crosses it: along a printed line the ink is
 * as thick as the line, where a stroke crosses or touches it is thicker.
 */
export function eraseFrame(patch: BoxPatch, ink: Ink): Uint8Array {
  const mask = Uint8Array.from(ink.mask);
  for (const side of ['top', 'bottom', 'left', 'right'] as const) {
    const view = viewOf(patch, side);
    const line = findLine(view, ink);
    if (line) eraseLine(view, mask, line);
  }
  return mask;
}

/** The patch seen with the side's line running along and the box's inside at growing depth. */
interface View {
  readonly along: number;
  readonly depth: number;
  /** First and last position along that belong to the box. */
  readonly from: number;
  readonly to: number;
  /** Depth at which the line is expected. */
  readonly expected: number;
  /** Side of the box across the line, px. */
  readonly size: number;
  index(along: number, depth: number): number;
}

function viewOf({ width, height, box }: BoxPatch, side: Side): View {
  const horizontal = side === 'top' || side === 'bottom';
  const start = horizontal ? box.x : box.y;
  const length = horizontal ? box.width : box.height;
  const far = side === 'bottom' || side === 'right';
  const depth = horizontal ? height : width;
  return {
    along: horizontal ? width : height,
    depth,
    from: Math.ceil(start),
    to: Math.floor(start + length) - 1,
    expected: horizontal ? box.y : box.x,
    size: horizontal ? box.height : box.width,
    index(a, d) {
      const across = far ? depth - 1 - d : d;
      return horizontal ? across * width + a : a * width + across;
    },
  };
}

/** Depth of the line's middle at its two ends. */
interface Line {
  readonly start: number;
  readonly end: number;
}

/** The darkest nearly straight line near the expected one. */
function findLine(view: View, ink: Ink): Line | null {
  const reach = Math.ceil(REACH * view.size);
  const tilt = Math.max(1, Math.round(0.03 * (view.to - view.from)));
  const middle = Math.round(view.expected);
  let best: Line | null = null;
  let bestScore = COVERED;
  for (let start = middle - reach; start <= middle + reach; start++) {
    for (let end = Math.max(start - tilt, middle - reach); end <= Math.min(start + tilt, middle + reach); end++) {
      const score = lineScore(view, ink, { start, end });
      if (score > bestScore) {
        bestScore = score;
        best = { start, end };
      }
    }
  }
  return best;
}

/**
 * Share of the line that is dark, and a little more the darker it is, so that the line's middle wins;
 * 0 where one of its ends is not dark.
 */
function lineScore(view: View, ink: Ink, line: Line): number {
  const length = view.to - view.from + 1;
  const end = Math.round(END * length);
  let covered = 0;
  let start = 0;
  let last = 0;
  let dark = 0;
  for (let a = view.from; a <= view.to; a++) {
    const index = view.index(a, depthAt(view, line, a));
    const on = ink.mask[index] ?? 0;
    covered += on;
    if (a < view.from + end) start += on;
    if (a > view.to - end) last += on;
    dark += Math.min(1, ink.dark[index] ?? 0);
  }
  return Math.min(start, last) < COVERED * end ? 0 : (covered + 0.2 * dark) / length;
}

function depthAt(view: View, line: Line, along: number): number {
  const share = (along - view.from) / Math.max(1, view.to - view.from);
  const depth = Math.round(line.start + (line.end - line.start) * share);
  return Math.min(view.depth - 1, Math.max(0, depth));
}

function eraseLine(view: View, mask: Uint8Array, line: Line): void {
  const runs: Run[] = [];
  for (let a = 0; a < view.along; a++) {
    const run = runThrough(view, mask, a, depthAt(view, line, a));
    if (run) runs.push(run);
  }
  // The thin third is print alone: a bar of a digit may lie along more than half of the line.
  const print = quantile(
    runs.map((run) => run.last - run.middle),
    0.3,
  );
  const inward = print + 1 + Math.round(0.02 * view.size);
  for (const run of runs) {
    const crossing = run.last - run.middle > inward;
    // A stroke that crosses keeps its way through the line, not the print beyond it.
    const last = crossing ? run.middle - inward : run.last;
    for (let d = run.first; d <= last; d++) mask[view.index(run.along, d)] = 0;
  }
}

/** An unbroken stretch of dark across the line at one position along it. */
interface Run {
  readonly along: number;
  readonly first: number;
  readonly middle: number;
  readonly last: number;
}

function runThrough(view: View, mask: Uint8Array, along: number, middle: number): Run | null {
  const isDark = (d: number) => d >= 0 && d < view.depth && mask[view.index(along, d)] === 1;
  const seed = [middle, middle + 1, middle - 1].find(isDark);
  if (seed === undefined) return null;
  let first = seed;
  let last = seed;
  while (isDark(first - 1)) first--;
  while (isDark(last + 1)) last++;
  return { along, first, middle, last };
}
