import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numberWords } from '#contract/form/number-words.ts';
import { numberLikelihoods } from './number-spellings.ts';
import { SpellingNet, START, type Steps, speltBy } from './spelling-net.ts';
import { WORDS_CLASSES } from './words-alphabet.ts';

const CLASSES = WORDS_CLASSES.length;

/** Steps that allow everything, more or less. */
const anySteps = fc
  .array(fc.array(fc.double({ min: 0.05, max: 1, noNaN: true }), { minLength: CLASSES, maxLength: CLASSES }), {
    minLength: 1,
    maxLength: 14,
  })
  .map((rows): Steps => ({ count: rows.length, classes: CLASSES, likelihood: Float64Array.from(rows.flat()) }));

/** The likelihood of one number by a net of its own, spelt from left to right. */
function alone(value: number, steps: Steps): number {
  const net = new SpellingNet();
  const spellings = [numberWords(value).toUpperCase()];
  if (value === 0) spellings.push('NIHIL', 'KOSONG');
  if (value >= 100 && value < 200) spellings.push(spellings[0]?.replace('SERATUS', 'SATU RATUS') ?? '');
  const ends = spellings.flatMap((spelling) => {
    const said = spelling
      .split(' ')
      .reduce<readonly number[]>((after, word) => net.apart(net.spell(word, after)), [START]);
    const added = ['SUARA', 'ORANG'].map((word) => net.spell(word, said));
    return [said[0] ?? START, ...added];
  });
  const all = speltBy(steps, net);
  const whole = (node: number) => (all[node]?.letter[steps.count] ?? 0) + (all[node]?.blank[steps.count] ?? 0);
  return [...new Set(ends)].reduce((sum, node) => sum + whole(node), 0);
}

describe('the likelihoods of all numbers', () => {
  it('are those of each number spelt alone', () => {
    fc.assert(
      fc.property(anySteps, fc.integer({ min: 0, max: 999 }), (steps, value) => {
        const together = numberLikelihoods(steps)[value] ?? -1;
        // A space may follow the hundred with nothing after it.
        const own = alone(value, steps);
        expect(together).toBeGreaterThanOrEqual(own * (1 - 1e-9));
        if (value % 100 !== 0 || value === 0) expect(together).toBeLessThanOrEqual(own * (1 + 1e-9));
      }),
      { numRuns: 60 },
    );
  });
});

describe('a net of spellings', () => {
  it('sums over every way to spell a word in so many steps', () => {
    const net = new SpellingNet();
    const end = net.spell('DU', [START]);
    const even: Steps = { count: 3, classes: CLASSES, likelihood: new Float64Array(3 * CLASSES).fill(1) };
    const { letter, blank } = speltBy(even, net)[end] ?? { letter: [], blank: [] };
    // DDU DUU D-U -DU in a letter at the end, DU- in a blank.
    expect([letter[3], blank[3]]).toEqual([4, 1]);
  });

  it('tells a double letter from one held long', () => {
    const net = new SpellingNet();
    const end = net.spell('SS', [START]);
    const even: Steps = { count: 3, classes: CLASSES, likelihood: new Float64Array(3 * CLASSES).fill(1) };
    expect(speltBy(even, net)[end]?.letter[3]).toBe(1);
  });

  it('keeps one node for what is spelt alike', () => {
    const net = new SpellingNet();
    const once = net.spell('SATU', [START]);
    const size = net.size;
    expect(net.spell('SATU', [START])).toBe(once);
    expect(net.size).toBe(size);
  });
});
