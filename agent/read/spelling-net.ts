import { BLANK, classesOf, SPACE } from './words-alphabet.ts';

/** Before anything is spelt. */
export const START = 0;

/**
 * Spellings that share their beginnings: every node is a letter or space spelt after one of the nodes
 * before it. What follows a node never changes what came before, so nodes are numbered in an order in
 * which they can be computed.
 */
export class SpellingNet {
  readonly #classes: number[] = [BLANK];
  readonly #before: (readonly number[])[] = [[]];
  readonly #known = new Map<string, number>();

  get size(): number {
    return this.#classes.length;
  }

  /** Spells letters after any of the nodes given; answers the last letter's node. */
  spell(letters: string, after: readonly number[]): number {
    let before = after;
    let node = START;
    for (const letter of classesOf(letters)) {
      node = this.#node(letter, before);
      before = [node];
    }
    return node;
  }

  /** The node, and the node of a space after it: where the next word may begin, run on or apart. */
  apart(node: number): readonly number[] {
    return [node, this.#node(SPACE, [node])];
  }

  classOf(node: number): number {
    return this.#classes[node] ?? BLANK;
  }

  before(node: number): readonly number[] {
    return this.#before[node] ?? [];
  }

  #node(letter: number, before: readonly number[]): number {
    const key = `${letter} after ${before.join(' ')}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    this.#known.set(key, this.#classes.length);
    this.#before.push(before);
    return this.#classes.push(letter) - 1;
  }
}

/** Likelihood of each class at each step; the surest class of every step counts as 1. */
export interface Steps {
  readonly count: number;
  readonly classes: number;
  /** Step by step. */
  readonly likelihood: Float64Array;
}

/** Of one node and all that was spelt up to it: likelihood that step i ends in its letter, and in blank after it. */
export interface Spelt {
  readonly letter: Float64Array;
  readonly blank: Float64Array;
}

/** Likelihoods below this, against the surest spelling's 1, are none: the way is given up. */
const NOTHING = 1e-30;

/**
 * The likelihood of every node, summed over all ways in which steps can spell it (the forward pass of
 * connectionist temporal classification). Index 0 of a series is before the first step.
 */
export function speltBy(steps: Steps, net: SpellingNet): readonly Spelt[] {
  const length = steps.count + 1;
  const series = new Float64Array(2 * length * net.size);
  const coming = new Float64Array(length);
  const all: Spelt[] = [];
  for (let node = 0; node < net.size; node++) {
    const letter = series.subarray(2 * node * length, (2 * node + 1) * length);
    const blank = series.subarray((2 * node + 1) * length, (2 * node + 2) * length);
    all.push({ letter, blank });
    if (node === START) spellNothing(steps, blank);
    else if (comeFrom(net.before(node), net.classOf(node), net, all, coming)) {
      spellOne(steps, net.classOf(node), coming, letter, blank);
    }
  }
  return all;
}

function spellNothing({ count, classes, likelihood }: Steps, blank: Float64Array): void {
  blank[0] = 1;
  for (let step = 0; step < count; step++) {
    blank[step + 1] = (blank[step] as number) * (likelihood[step * classes + BLANK] as number);
  }
}

function spellOne(
  { count, classes, likelihood }: Steps,
  own: number,
  coming: Float64Array,
  letter: Float64Array,
  blank: Float64Array,
): void {
  let [inLetter, inBlank] = [0, 0];
  for (let step = 0, at = 0; step < count; step++, at += classes) {
    inBlank = (inBlank + inLetter) * (likelihood[at + BLANK] as number);
    inLetter = (inLetter + (coming[step] as number)) * (likelihood[at + own] as number);
    if (inLetter < NOTHING) inLetter = 0;
    if (inBlank < NOTHING) inBlank = 0;
    letter[step + 1] = inLetter;
    blank[step + 1] = inBlank;
  }
}

/** Gathers what may go on to this letter; from the same letter only across a blank, or the two would be one. False for nothing. */
function comeFrom(
  before: readonly number[],
  own: number,
  net: SpellingNet,
  all: readonly Spelt[],
  coming: Float64Array,
): boolean {
  coming.fill(0);
  let any = 0;
  for (const node of before) {
    const spelt = all[node];
    if (!spelt) throw new Error('a node is spelt before what comes before it');
    const { letter, blank } = spelt;
    const kept = net.classOf(node) === own ? 0 : 1;
    for (let i = 0; i < coming.length; i++) {
      const more = (blank[i] as number) + kept * (letter[i] as number);
      coming[i] = (coming[i] as number) + more;
      any += more;
    }
  }
  return any > 0;
}
