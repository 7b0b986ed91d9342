import { numberWords } from '#contract/form/number-words.ts';
import { SpellingNet, type Spelt, START, type Steps, speltBy } from './spelling-net.ts';

/*
 * A number is a head (the hundreds) and a tail (the rest), and both are few: ten heads, a hundred
 * tails. Heads are spelt from the left, tails from the right, and every number is where one of each
 * meet: a thousand numbers cost hardly more than a hundred.
 */

const DIGITS = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((digit) => numberWords(digit).toUpperCase());
const ZERO = ['NOL', 'NIHIL', 'KOSONG'] as const;
/** What people add after the number. */
const ADDED = ['SUARA', 'ORANG'] as const;

const HEADS = new SpellingNet();
/** For each hundred from 1 to 9 the nodes at which its words end, a space after them or not. */
const HEAD_ENDS: readonly (readonly number[])[] = DIGITS.map((digit, i) => {
  const spelt = HEADS.apart(HEADS.spell('RATUS', HEADS.apart(HEADS.spell(digit, [START]))));
  return i === 0 ? [...spelt, ...HEADS.apart(HEADS.spell('SERATUS', [START]))] : spelt;
});

/** Spelt backwards. */
const TAILS = new SpellingNet();
const ADDED_ENDS = ADDED.map((word) => TAILS.spell(backwards(word), [START]));
const TAIL_STARTS = [START, ...ADDED_ENDS.flatMap((node) => TAILS.apart(node))];
const ZERO_ENDS = ZERO.map((word) => TAILS.spell(backwards(word), TAIL_STARTS));
/** For each number from 1 to 99 the node of its first letter. */
const TAIL_ENDS = Array.from({ length: 99 }, (_, i) => {
  const words = numberWords(i + 1)
    .toUpperCase()
    .split(' ')
    .toReversed();
  return words.reduce<{ readonly end: number; readonly after: readonly number[] }>(
    ({ after }, word) => {
      const end = TAILS.spell(backwards(word), after);
      return { end, after: TAILS.apart(end) };
    },
    { end: START, after: TAIL_STARTS },
  ).end;
});

function backwards(word: string): string {
  return Array.from(word).toReversed().join('');
}

/** For each number from 0 to 999 the likelihood of its words, against the likeliest thing that could be spelt. */
export function numberLikelihoods(steps: Steps): Float64Array {
  const heads = speltBy(steps, HEADS);
  const tails = speltBy(reversed(steps), TAILS);
  const last = steps.count;
  const whole = (node: number): number => (tails[node]?.letter[last] ?? 0) + (tails[node]?.blank[last] ?? 0);
  const likelihoods = new Float64Array(1000);
  likelihoods[0] = ZERO_ENDS.reduce((sum, node) => sum + whole(node), 0);
  TAIL_ENDS.forEach((node, i) => {
    likelihoods[i + 1] = whole(node);
  });
  HEAD_ENDS.forEach((ends, i) => {
    const hundred = openings(heads, ends, last);
    const value = 100 * (i + 1);
    const added = ADDED_ENDS.reduce((sum, node) => sum + meeting(hundred, node, tails, last), 0);
    likelihoods[value] = (hundred.any[last] ?? 0) + added;
    TAIL_ENDS.forEach((node, k) => {
      likelihoods[value + k + 1] = meeting(hundred, node, tails, last);
    });
  });
  return likelihoods;
}

/** Likelihood that the head is spelt when so many steps are done. */
interface Opening {
  readonly any: Float64Array;
  /** The same but for those that end in the very letter S: RATUS and SATU are two words only across a blank or space. */
  readonly parted: Float64Array;
}

const S = HEADS.classOf(HEADS.spell('SERATUS', [START]));

function openings(heads: readonly Spelt[], ends: readonly number[], last: number): Opening {
  const any = new Float64Array(last + 1);
  const parted = new Float64Array(last + 1);
  for (const node of ends) {
    const endsInS = HEADS.classOf(node) === S;
    const spelt = heads[node];
    for (let i = 0; i <= last; i++) {
      const [letter, blank] = [spelt?.letter[i] ?? 0, spelt?.blank[i] ?? 0];
      any[i] = (any[i] ?? 0) + letter + blank;
      parted[i] = (parted[i] ?? 0) + blank + (endsInS ? 0 : letter);
    }
  }
  return { any, parted };
}

/** Heads that end before a step, times tails that begin at it, over all steps. */
function meeting({ any, parted }: Opening, tail: number, tails: readonly Spelt[], last: number): number {
  const open = TAILS.classOf(tail) === S ? parted : any;
  const letter = tails[tail]?.letter;
  let sum = 0;
  if (letter) for (let i = 1; i < last; i++) sum += (open[i] as number) * (letter[last - i] as number);
  return sum;
}

function reversed({ count, classes, likelihood }: Steps): Steps {
  const backward = new Float64Array(likelihood.length);
  for (let step = 0; step < count; step++) {
    backward.set(likelihood.subarray(step * classes, (step + 1) * classes), (count - 1 - step) * classes);
  }
  return { count, classes, likelihood: backward };
}
