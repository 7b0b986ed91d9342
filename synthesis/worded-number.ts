import { numberWords } from '#contract/form/number-words.ts';
import type { WrittenWord } from './hand/words.ts';
import type { Random } from './random.ts';

/** What stands where a number is to be written in words. */
export interface WordedNumber {
  readonly words: readonly WrittenWord[];
  /** The number an honest reader takes from it; null for none: empty, a dash, struck, or no number at all. */
  readonly value: number | null;
}

/**
 * Ways of putting a number into words. plain: as it is spelt. misspelt: a letter left out, doubled,
 * exchanged or swapped. spaced: run together, or parted within a word. struck: a word struck out, the
 * right one after it or not. jumbled: number words in an order that is no number, or letters at random.
 */
export type Wording = 'plain' | 'misspelt' | 'spaced' | 'named' | 'none' | 'struck' | 'jumbled' | 'empty';

const WORDINGS: readonly [readonly [Wording, number], ...(readonly [Wording, number])[]] = [
  ['plain', 52],
  ['misspelt', 10],
  ['spaced', 10],
  ['named', 6],
  ['none', 2],
  ['struck', 9],
  ['jumbled', 9],
  ['empty', 2],
];

const WORDS = [
  ...['NOL', 'SATU', 'DUA', 'TIGA', 'EMPAT', 'LIMA', 'ENAM', 'TUJUH', 'DELAPAN', 'SEMBILAN', 'SEPULUH', 'SEBELAS'],
  ...['BELAS', 'PULUH', 'RATUS', 'SERATUS', 'SERIBU', 'RIBU', 'KOSONG', 'NIHIL', 'SUARA', 'ORANG'],
] as const;
const LETTERS = 'AABDEEGHIJKLLMNNOPRSSTUU';

/** Draws a number from 0 to 999 and how it is worded; `wording` null draws that too. */
export function drawWordedNumber(wording: Wording | null, random: Random): WordedNumber {
  const value = random.chance(0.2) ? random.whole(0, 30) : random.whole(0, 999);
  const words = wordsOf(value, random);
  const how = wording ?? random.weighted(WORDINGS);
  switch (how) {
    case 'plain':
      return { words: clean(words), value };
    case 'misspelt':
      return { words: clean(misspeltIn(words, random)), value };
    case 'spaced':
      return { words: clean(spacedOtherwise(words, random)), value };
    case 'named':
      return { words: clean([...words, random.pick(['SUARA', 'ORANG'])]), value };
    case 'none':
      return { words: clean([random.pick(['NIHIL', 'NOL', 'KOSONG'])]), value: 0 };
    case 'struck':
      return { words: strikeSome(words, random), value: null };
    case 'jumbled':
      return { words: clean(jumble(random)), value: null };
    case 'empty':
      return { words: [], value: null };
  }
}

function clean(words: readonly string[]): readonly WrittenWord[] {
  return words.map((text) => ({ text, struck: false }));
}

/** A hundred is SERATUS, and to some SATU RATUS. */
function wordsOf(value: number, random: Random): readonly string[] {
  const words = numberWords(value).toUpperCase();
  return (random.chance(0.04) ? words.replace('SERATUS', 'SATU RATUS') : words).split(' ');
}

function replaced(words: readonly string[], at: number, by: readonly string[]): readonly string[] {
  return words.flatMap((word, i) => (i === at ? by : [word]));
}

function misspeltIn(words: readonly string[], random: Random): readonly string[] {
  const at = random.whole(0, words.length - 1);
  return replaced(words, at, [misspelt(words[at] ?? '', random)]);
}

/** The first letter is hardly ever wrong. */
function misspelt(word: string, random: Random): string {
  const at = random.whole(1, word.length - 1);
  const [before, letter, after] = [word.slice(0, at), word.charAt(at), word.slice(at + 1)];
  return random.weighted<() => string>([
    [() => before + after, 6],
    [() => before + letter + letter + after, 2],
    [() => before + random.pick(['A', 'E', 'I', 'U', 'N', 'M']) + after, 2],
    [() => before + after.slice(0, 1) + letter + after.slice(1), 1],
  ])();
}

function spacedOtherwise(words: readonly string[], random: Random): readonly string[] {
  const at = random.whole(0, words.length - 1);
  const [word = '', next] = [words[at], words[at + 1]];
  if (next !== undefined && random.chance(0.7)) {
    return words.flatMap((each, i) => (i === at ? [word + next] : i === at + 1 ? [] : [each]));
  }
  const cut = random.whole(2, Math.max(2, word.length - 2));
  return replaced(words, at, [word.slice(0, cut), word.slice(cut)]);
}

/** One word struck, all of them, or one struck and the right one after it. */
function strikeSome(words: readonly string[], random: Random): readonly WrittenWord[] {
  if (random.chance(0.3)) return words.map((text) => ({ text, struck: true }));
  const at = random.whole(0, words.length - 1);
  const wrong = random.pick(WORDS);
  return words.flatMap((text, i): readonly WrittenWord[] => {
    if (i !== at) return [{ text, struck: false }];
    return random.chance(0.6)
      ? [
          { text: wrong, struck: true },
          { text, struck: false },
        ]
      : [{ text, struck: true }];
  });
}

function jumble(random: Random): readonly string[] {
  const count = random.whole(1, 4);
  const spell = () =>
    Array.from({ length: random.whole(2, 8) }, () => LETTERS.charAt(random.whole(0, LETTERS.length - 1))).join('');
  const loose = random.chance(0.5);
  const words = Array.from({ length: count }, () => (loose ? spell() : random.pick(WORDS)));
  // What happens to be a number must not be called none.
  return loose ? words : [...words, random.pick(['RATUS', 'BELAS', 'PULUH']), 'SERATUS'];
}
