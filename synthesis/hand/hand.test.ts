import { describe, expect, it } from 'vitest';
import { randomOf } from '#synthesis/random.ts';
import { habitStrokes, habitsOf, segmentStrokes } from './digit-strokes.ts';
import { handwritingFonts } from './fonts.ts';
import { drawDigitPicture } from './mnist.ts';
import { penStrokes } from './skeleton.ts';
import { boundsOf } from './stroke.ts';
import { drawWriter } from './writer.ts';

const DIGITS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

describe('the hands of the two splits', () => {
  it('share no font', () => {
    const test = new Set(handwritingFonts('test'));
    expect(handwritingFonts('train').filter((font) => test.has(font))).toEqual([]);
  });

  it('share no picture of a digit', () => {
    const seen = new Set<string>();
    const random = randomOf('pictures');
    for (let i = 0; i < 3000; i++) seen.add(Buffer.from(drawDigitPicture('train', i % 10, random)).toString('latin1'));
    for (let i = 0; i < 3000; i++) {
      expect(seen.has(Buffer.from(drawDigitPicture('test', i % 10, random)).toString('latin1'))).toBe(false);
    }
  });

  it('are drawn alike from the same seed', () => {
    expect(drawWriter('test', 18, randomOf('w'))).toEqual(drawWriter('test', 18, randomOf('w')));
  });
});

describe('the line of a digit', () => {
  it('is recovered from most pictures of each digit, and lies where its ink is', () => {
    for (const digit of DIGITS) {
      const random = randomOf(`digit ${digit}`);
      let found = 0;
      for (let i = 0; i < 40; i++) {
        const picture = drawDigitPicture('train', digit, random);
        const strokes = penStrokes(picture, 0);
        if (!strokes) continue;
        found++;
        const points = strokes.flat();
        const onInk = points.filter(([x, y]) => (picture[Math.round(y) * 28 + Math.round(x)] ?? 0) > 0);
        expect(onInk.length / points.length).toBeGreaterThan(0.9);
      }
      expect(found).toBeGreaterThan(20);
    }
  });

  it('is refused where the digit should have a loop and has none', () => {
    const ring = new Uint8Array(784);
    const disc = new Uint8Array(784);
    for (let i = 0; i < 784; i++) {
      const away = Math.hypot((i % 28) - 13.5, Math.floor(i / 28) - 13.5);
      if (away < 8) disc[i] = 255;
      if (away < 8 && away > 6) ring[i] = 255;
    }
    expect(penStrokes(ring, 1)).not.toBeNull();
    expect(penStrokes(disc, 1)).toBeNull();
  });

  it('fills its frame of 1 × 1 in every habit', () => {
    for (const digit of DIGITS) {
      for (let habit = 0; habit < habitsOf(digit); habit++) {
        const [left, top, right, bottom] = boundsOf(habitStrokes(digit, habit));
        expect(Math.min(left, top)).toBeGreaterThan(-0.1);
        expect(Math.max(right, bottom)).toBeLessThan(1.1);
        expect(bottom - top).toBeGreaterThan(0.9);
      }
    }
  });

  it('differs between any two digits along the seven segments', () => {
    const drawn = DIGITS.map((digit) => JSON.stringify(segmentStrokes(digit, 'right')));
    expect(new Set(drawn).size).toBe(10);
  });
});
