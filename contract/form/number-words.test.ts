import { describe, expect, it } from 'vitest';
import { numberWords } from './number-words.ts';

describe('a number in Indonesian words', () => {
  it.each([
    [0, 'nol'],
    [7, 'tujuh'],
    [10, 'sepuluh'],
    [11, 'sebelas'],
    [12, 'dua belas'],
    [20, 'dua puluh'],
    [83, 'delapan puluh tiga'],
    [100, 'seratus'],
    [111, 'seratus sebelas'],
    [215, 'dua ratus lima belas'],
    [600, 'enam ratus'],
    [999, 'sembilan ratus sembilan puluh sembilan'],
    [1000, 'seribu'],
    [12_045, 'dua belas ribu empat puluh lima'],
    [100_001, 'seratus ribu satu'],
  ])('%i is "%s"', (value, words) => {
    expect(numberWords(value)).toBe(words);
  });

  it('gives every number of three boxes words of its own', () => {
    const all = new Set(Array.from({ length: 1000 }, (_, value) => numberWords(value)));
    expect(all.size).toBe(1000);
  });

  it.each([-1, 1.5, 1_000_000, Number.NaN])('has no words for %d', (value) => {
    expect(() => numberWords(value)).toThrow(RangeError);
  });
});
