import { describe, expect, test } from 'vitest';
import { INPUT_LENGTH } from './clean-box.ts';
import { SIDE } from './normalise.ts';
import { displaced, LOOKS, together } from './second-look.ts';

const PLANE = SIDE * SIDE;

function pictureWith(...at: readonly (readonly [plane: number, x: number, y: number])[]): Float32Array {
  const picture = new Float32Array(INPUT_LENGTH);
  for (const [plane, x, y] of at) picture[plane * PLANE + y * SIDE + x] = 1;
  return picture;
}

function centreOf(picture: Float32Array, plane: number): readonly [x: number, y: number, ink: number] {
  let [x, y, ink] = [0, 0, 0];
  picture.subarray(plane * PLANE, (plane + 1) * PLANE).forEach((value, i) => {
    [x, y, ink] = [x + value * (i % SIDE), y + value * Math.floor(i / SIDE), ink + value];
  });
  return [x / ink, y / ink, ink];
}

describe('further looks at a box', () => {
  test('lie half a pixel around the first one, in every plane alike, with all its ink', () => {
    const looks = displaced(pictureWith([0, 10, 12], [1, 5, 20], [2, 20, 6]));
    expect(looks).toHaveLength(LOOKS);
    for (const [plane, x, y] of [
      [0, 10, 12],
      [1, 5, 20],
      [2, 20, 6],
    ] as const) {
      const centres = looks.map((look) => centreOf(look, plane));
      expect(centres).toEqual([
        [x + 0.5, y + 0.5, 1],
        [x - 0.5, y - 0.5, 1],
      ]);
    }
  });

  test('neither wrap around the rim nor leak into the next plane', () => {
    const [look] = displaced(pictureWith([0, SIDE - 1, SIDE - 1]));
    expect(look?.reduce((sum, value) => sum + value, 0)).toBe(0.25);
    expect(look?.[PLANE - 1]).toBe(0.25);
  });
});

describe('several readings together', () => {
  test('are a distribution; what one of them rules out is unlikely', () => {
    const one = together([
      [0.9, 0.1, 0],
      [0.5, 0.4, 0.1],
    ]);
    expect(one.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
    expect(one[0]).toBeCloseTo(Math.sqrt(0.45) / (Math.sqrt(0.45) + 0.2), 5);
    expect(one[2]).toBeLessThan(1e-6);
  });

  test('are the reading itself where all agree', () => {
    const reading = [0.7, 0.2, 0.1];
    together([reading, reading, reading]).forEach((p, i) => {
      expect(p).toBeCloseTo(reading[i] ?? 0, 12);
    });
  });
});
