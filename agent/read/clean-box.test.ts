import { describe, expect, it } from 'vitest';
import type { Gray } from '#agent/page/picture.ts';
import { patchOf } from './box.ts';
import { cleanBox } from './clean-box.ts';
import { SIDE } from './normalise.ts';

/** A drawn box of 100 × 100 px with its frame at 12 and 112 (MARGIN around it), white paper at 230. */
class Drawing {
  readonly side = 124;
  readonly data = new Uint8Array(this.side * this.side).fill(230);

  bar(x: number, y: number, width: number, height: number, light: number): this {
    for (let row = y; row < y + height; row++) {
      for (let column = x; column < x + width; column++) {
        if (row < 0 || column < 0 || row >= this.side || column >= this.side) continue;
        const index = row * this.side + column;
        this.data[index] = Math.min(light, this.data[index] ?? 0);
      }
    }
    return this;
  }

  frame(light = 30): this {
    return this.bar(10, 10, 104, 4, light)
      .bar(10, 110, 104, 4, light)
      .bar(10, 10, 4, 104, light)
      .bar(110, 10, 4, 104, light);
  }

  /** Light falls from all of it at the left to `right` of it at the right. */
  lit(right: number): this {
    this.data.forEach((value, i) => {
      this.data[i] = value * (1 - (1 - right) * ((i % this.side) / this.side));
    });
    return this;
  }

  get clean() {
    const gray: Gray = { width: this.side, height: this.side, data: this.data };
    return cleanBox(patchOf(gray));
  }
}

function seven(drawing: Drawing, dx = 0): Drawing {
  return drawing.bar(40 + dx, 35, 40, 5, 60).bar(75 + dx, 35, 5, 55, 60);
}

const writing = (input: Float32Array) => input.slice(0, SIDE * SIDE);
const lying = (input: Float32Array) => input.slice(SIDE * SIDE, 2 * SIDE * SIDE);
const sum = (values: Float32Array) => values.reduce((total, value) => total + value, 0);
function difference(a: Float32Array, b: Float32Array): number {
  return a.reduce((total, value, i) => total + Math.abs(value - (b[i] ?? 0)), 0) / sum(a);
}
/** Cosine between two pictures: a shift by part of a pixel changes it little. */
function likeness(a: Float32Array, b: Float32Array): number {
  const product = (x: Float32Array, y: Float32Array) => x.reduce((total, value, i) => total + value * (y[i] ?? 0), 0);
  return product(a, b) / Math.sqrt(product(a, a) * product(b, b));
}

describe('a box is freed from everything but the writing', () => {
  it('finds nothing in an empty printed box', () => {
    const { input, ink } = new Drawing().frame().clean;
    expect(ink.share).toBe(0);
    expect(sum(writing(input))).toBe(0);
    expect(sum(lying(input))).toBeLessThan(4);
  });

  it('finds nothing on bare paper with noise', () => {
    const drawing = new Drawing();
    drawing.data.forEach((value, i) => {
      drawing.data[i] = value + ((i * 7919) % 13) - 6;
    });
    expect(drawing.clean.ink.share).toBe(0);
  });

  it('gives the same writing with a frame and without, under even and uneven light', () => {
    const bare = writing(seven(new Drawing()).clean.input);
    expect(difference(bare, writing(seven(new Drawing().frame()).clean.input))).toBeLessThan(0.02);
    expect(difference(bare, writing(seven(new Drawing().frame()).lit(0.5).clean.input))).toBeLessThan(0.06);
  });

  it('centres the writing wherever it stands in the box', () => {
    const middle = writing(seven(new Drawing().frame()).clean.input);
    for (const dx of [-12, -5, 5, 12, 18]) {
      expect(likeness(middle, writing(seven(new Drawing().frame(), dx).clean.input))).toBeGreaterThan(0.85);
    }
  });

  it('drops the dots of a printed guide', () => {
    const dots = new Drawing().frame();
    for (let y = 30; y <= 94; y += 8) for (const x of [44, 62, 80]) dots.bar(x, y, 3, 3, 180);
    expect(dots.clean.ink.share).toBe(0);
  });

  it('keeps a stroke that crosses the frame, and says how much lies outside', () => {
    const inside = new Drawing().frame().bar(60, 40, 6, 50, 50).clean;
    const crossing = new Drawing().frame().bar(60, 60, 6, 64, 50).clean;
    expect(inside.ink.onFrame).toBe(0);
    expect(crossing.ink.pieces).toBe(1);
    expect(crossing.ink.share).toBeGreaterThan(0.8 * inside.ink.share);
  });

  it("drops a neighbour's stroke that reaches in from outside", () => {
    const own = seven(new Drawing().frame()).clean;
    const spilled = seven(new Drawing().frame()).bar(0, 60, 20, 5, 60).clean;
    expect(difference(writing(own.input), writing(spilled.input))).toBeLessThan(0.03);
  });

  it('sees faint ink as well as strong ink, and keeps faint ink faint where it lies', () => {
    const strong = new Drawing().bar(60, 30, 6, 64, 40).clean;
    const faint = new Drawing().bar(60, 30, 6, 64, 160).clean;
    expect(difference(writing(strong.input), writing(faint.input))).toBeLessThan(0.1);
    expect(sum(lying(faint.input))).toBeLessThan(0.8 * sum(lying(strong.input)));
  });
});
