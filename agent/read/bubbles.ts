import type { ToPhoto } from '#agent/page/frames.ts';
import type { Gray } from '#agent/page/picture.ts';
import { brightnessAt } from '#agent/page/sampling.ts';
import type { BubbleReading } from '#agent/tally/evidence.ts';
import type { Rect } from '#contract/form/definition.ts';

/** The part of a bubble's radius that is judged: inside the printed ring, however the page is displaced. */
const INNER = 0.66;
/** Samples across a bubble. */
const SAMPLES = 16;
/** Anything this dark against the paper is fully covered: pencil counts as much as a marker. */
const COVERED = 0.35;
/** Middle and spread of the step from empty to partly filled, and from partly filled to full: share of the bubble. */
const PARTLY = { at: 0.2, spread: 0.025 } as const;
const FULL = { at: 0.42, spread: 0.03 } as const;
/** Share of columns that say something else than the ink shows (a slip, a picture gone wrong). */
const DOUBT = 0.002;

/** Reads one column of ten bubbles (mm, 0 first) by how much more each is covered than the printed number in it. */
export function readBubbles(photo: Gray, column: readonly Rect[], toPhoto: ToPhoto): BubbleReading {
  return weigh(column.map((bubble) => coverage(photo, bubble, toPhoto)));
}

/** Share of the bubble covered with ink, print included: 0 to 1. */
export function coverage(photo: Gray, [x, y, width, height]: Rect, toPhoto: ToPhoto): number {
  const inner: number[] = [];
  let paper = 0;
  // One and a half times the bubble, so that the paper around it is its white; straight over so short a way.
  const at = (u: number, v: number) => toPhoto([x + (0.5 + 0.75 * u) * width, y + (0.5 + 0.75 * v) * height]);
  const [[leftX, leftY], [rightX, rightY]] = [at(-1, 0), at(1, 0)];
  const [[topX, topY], [bottomX, bottomY]] = [at(0, -1), at(0, 1)];
  const [middleX, middleY] = [(leftX + rightX + topX + bottomX) / 4, (leftY + rightY + topY + bottomY) / 4];
  for (let row = 0; row < SAMPLES; row++) {
    for (let column = 0; column < SAMPLES; column++) {
      const u = ((column + 0.5) / SAMPLES) * 2 - 1;
      const v = ((row + 0.5) / SAMPLES) * 2 - 1;
      const px = middleX + (u * (rightX - leftX) + v * (bottomX - topX)) / 2;
      const py = middleY + (u * (rightY - leftY) + v * (bottomY - topY)) / 2;
      const light = brightnessAt(photo, px, py);
      paper = Math.max(paper, light);
      if (Math.hypot(u, v) * 1.5 < INNER) inner.push(light);
    }
  }
  const covered = inner.map((light) => Math.min(1, Math.max(0, 1 - light / Math.max(1, paper)) / COVERED));
  return covered.reduce((sum, value) => sum + value, 0) / inner.length;
}

/**
 * Every bubble is empty, partly filled or full against the median of its column, which at most one
 * filled bubble does not move. Exactly one full and the others empty is a digit; none is none;
 * everything else is unclear.
 */
export function weigh(coverages: readonly number[]): BubbleReading {
  const empty = coverages.toSorted((a, b) => a - b)[Math.floor(coverages.length / 2)] ?? 0;
  const states = coverages.map((value) => {
    const more = value - empty;
    return { empty: 1 - step(more, PARTLY), full: step(more, FULL) };
  });
  const others = (i: number) => states.reduce((all, state, j) => (j === i ? all : all * state.empty), 1);
  const digits = states.map((state, i) => state.full * others(i));
  const none = others(-1);
  const unclear = Math.max(0, 1 - none - digits.reduce((sum, p) => sum + p, 0));
  const reading = [...digits, none, unclear];
  return reading.map((p) => p * (1 - DOUBT) + DOUBT / reading.length);
}

function step(value: number, { at, spread }: { readonly at: number; readonly spread: number }): number {
  return 1 / (1 + Math.exp((at - value) / spread));
}
