import { describe, expect, it } from 'vitest';
import { randomOf } from './random.ts';
import { renderWords, type WordsPicture } from './words-line.ts';

/** Shares of the room's pixels, edges apart, that are much darker than most. */
function inked({ gray, width, room: [x, y, w, h], toPicture }: WordsPicture): number {
  const levels: number[] = [];
  for (let v = 0.15; v < 0.85; v += 0.02) {
    for (let u = 0.02; u < 0.98; u += 0.002) {
      const [px, py] = toPicture([x + w * u, y + h * v]);
      levels.push(gray[Math.round(py) * width + Math.round(px)] ?? 0);
    }
  }
  const paper = levels.toSorted((a, b) => a - b)[Math.floor(levels.length * 0.7)] ?? 0;
  return levels.filter((level) => level < 0.75 * paper).length / levels.length;
}

describe('the picture of a room for words', () => {
  it('is the same, byte for byte, for the same seed', () => {
    const request = { split: 'train', wording: null } as const;
    const [first, again] = [renderWords(request, randomOf('room')), renderWords(request, randomOf('room'))];
    expect(Buffer.compare(first.gray, again.gray)).toBe(0);
    expect(again.written).toEqual(first.written);
  });

  it('has ink where words are written and hardly any, a printed remark at most, where none are', () => {
    const shares = (wording: 'plain' | 'empty') =>
      Array.from({ length: 12 }, (_, i) => inked(renderWords({ split: 'test', wording }, randomOf(`${wording} ${i}`))));
    expect(shares('plain').filter((share) => share > 0.03).length).toBeGreaterThan(9);
    expect(shares('empty').filter((share) => share < 0.01).length).toBeGreaterThan(9);
  });
});
