import { describe, expect, it } from 'vitest';
import { numberWords } from '#contract/form/number-words.ts';
import { randomOf } from './random.ts';
import { drawWordedNumber, type Wording } from './worded-number.ts';

function draw(wording: Wording, count: number) {
  return Array.from({ length: count }, (_, i) => drawWordedNumber(wording, randomOf(`${wording} ${i}`)));
}

const textOf = ({ words }: ReturnType<typeof drawWordedNumber>) => words.map(({ text }) => text).join(' ');

describe('a number put into words', () => {
  it('is spelt as it should be, or with SATU RATUS for SERATUS', () => {
    for (const worded of draw('plain', 300)) {
      const right = numberWords(worded.value ?? -1).toUpperCase();
      expect([right, right.replace('SERATUS', 'SATU RATUS')]).toContain(textOf(worded));
    }
  });

  it('keeps its letters where only the spaces are wrong', () => {
    for (const worded of draw('spaced', 300)) {
      const letters = textOf(worded).replaceAll(' ', '').replace('SATURATUS', 'SERATUS');
      expect(letters).toBe(
        numberWords(worded.value ?? -1)
          .toUpperCase()
          .replaceAll(' ', ''),
      );
    }
  });

  it('is no number to anybody where a word is struck, jumbled or missing', () => {
    for (const wording of ['struck', 'jumbled', 'empty'] as const) {
      expect(draw(wording, 50).map(({ value }) => value)).toEqual(Array(50).fill(null));
    }
    for (const { words } of draw('struck', 50)) expect(words.some(({ struck }) => struck)).toBe(true);
  });

  it('never spells a number by chance where it is jumbled', () => {
    const numbers = new Set(Array.from({ length: 1000 }, (_, value) => numberWords(value).toUpperCase()));
    for (const worded of draw('jumbled', 500)) expect(numbers.has(textOf(worded))).toBe(false);
  });
});
