import { describe, expect, it } from 'vitest';
import { randomOf } from '#synthesis/random.ts';
import { letterHabits } from './letters.ts';
import { strikeWord } from './strike-word.ts';
import { boundsOf } from './stroke.ts';

const ALPHABET = Array.from('ABDEGHIJKLMNOPRSTU');

describe('the letters drawn line by line', () => {
  it('are all that number words have, as capitals and small', () => {
    for (const letter of ALPHABET) {
      expect(letterHabits(letter)).not.toBeNull();
      expect(letterHabits(letter.toLowerCase())).not.toBeNull();
    }
    expect(letterHabits('?')).toBeNull();
  });

  it('fill the height of a capital in every habit, and keep to their width', () => {
    for (const { breadth, strokes } of ALPHABET.flatMap((letter) => [...(letterHabits(letter) ?? [])])) {
      const [left, top, right, bottom] = boundsOf(strokes);
      expect(top).toBeGreaterThan(-0.1);
      expect(bottom - top).toBeGreaterThan(0.9);
      expect(right - left).toBeLessThan(1.3);
      expect(breadth).toBeGreaterThan(0);
    }
  });
});

describe('a struck word', () => {
  it('is crossed over all its width', () => {
    for (let i = 0; i < 40; i++) {
      const [left, top, right, bottom] = boundsOf(strikeWord([10, 20, 30, 8], randomOf(`strike ${i}`)));
      expect(left).toBeLessThan(12);
      expect(right).toBeGreaterThan(38);
      expect(top).toBeLessThan(26);
      expect(bottom).toBeGreaterThan(22);
    }
  });
});
