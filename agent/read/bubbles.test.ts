import { createCanvas } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import type { Gray } from '#agent/page/picture.ts';
import { NO_BUBBLE, UNCLEAR_BUBBLES } from '#agent/tally/evidence.ts';
import type { Rect } from '#contract/form/definition.ts';
import { readBubbles } from './bubbles.ts';

const PX_PER_MM = 4;
const COLUMN: readonly Rect[] = Array.from({ length: 10 }, (_, digit): Rect => [6, 6 + 10.5 * digit, 8, 8]);

/** How much of a bubble a pen filled: the part of its height, from the top. */
type Fill = readonly [digit: number, share: number];

/** A column as the official form prints it, some bubbles filled with a pen of this gray. */
function column(fills: readonly Fill[], gray: number): Gray {
  const canvas = createCanvas(20 * PX_PER_MM, 118 * PX_PER_MM);
  const context = canvas.getContext('2d');
  context.scale(PX_PER_MM, PX_PER_MM);
  context.fillStyle = '#e6e6e6';
  context.fillRect(0, 0, 20, 118);
  COLUMN.forEach(([x, y, w, h], digit) => {
    context.strokeStyle = '#202020';
    context.lineWidth = 0.4;
    context.beginPath();
    context.arc(x + w / 2, y + h / 2, w / 2, 0, 7);
    context.stroke();
    context.fillStyle = '#202020';
    context.font = '4px sans-serif';
    context.textAlign = 'center';
    context.fillText(String(digit), x + w / 2, y + h / 2 + 1.5);
  });
  for (const [digit, share] of fills) {
    const [x, y, w, h] = COLUMN[digit] ?? [0, 0, 0, 0];
    context.save();
    context.beginPath();
    context.arc(x + w / 2, y + h / 2, w / 2, 0, 7);
    context.clip();
    context.fillStyle = `rgb(${gray} ${gray} ${gray})`;
    context.fillRect(x, y, w, h * share);
    context.restore();
  }
  const rgba = context.getImageData(0, 0, canvas.width, canvas.height).data;
  const data = Uint8Array.from({ length: canvas.width * canvas.height }, (_, i) => rgba[4 * i] ?? 0);
  return { width: canvas.width, height: canvas.height, data };
}

function read(fills: readonly Fill[], gray = 40) {
  return readBubbles(column(fills, gray), COLUMN, ([x, y]) => [x * PX_PER_MM - 0.5, y * PX_PER_MM - 0.5]);
}

describe('a column of bubbles', () => {
  it.each([0, 1, 4, 8, 9])('reads bubble %i, filled by pen or by pencil', (digit) => {
    for (const gray of [30, 90, 140]) expect(read([[digit, 1]], gray)[digit]).toBeGreaterThan(0.99);
  });

  it('reads an untouched column as none, however different the printed numbers are', () => {
    expect(read([])[NO_BUBBLE]).toBeGreaterThan(0.99);
  });

  it('calls two filled bubbles unclear', () => {
    expect(
      read([
        [2, 1],
        [7, 1],
      ])[UNCLEAR_BUBBLES],
    ).toBeGreaterThan(0.99);
  });

  it('is not sure of a bubble filled by a third', () => {
    const reading = read([[5, 0.36]]);
    expect(Math.max(reading[5] ?? 0, reading[NO_BUBBLE] ?? 0)).toBeLessThan(0.9);
  });

  it('gives probabilities that sum to one and never claims the impossible', () => {
    const reading = read([[3, 0.6]]);
    expect(reading).toHaveLength(12);
    expect(reading.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 9);
    expect(Math.min(...reading)).toBeGreaterThan(0);
  });
});
