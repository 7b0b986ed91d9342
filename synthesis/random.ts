/**
 * A seeded source of chance. The same seed gives the same numbers on every machine: nothing here
 * depends on the clock, the platform or Math.random.
 */
export interface Random {
  /** Uniform in [0, 1). */
  unit(): number;
  /** Uniform in [low, high). */
  between(low: number, high: number): number;
  /** A whole number from low to high, both included. */
  whole(low: number, high: number): number;
  chance(probability: number): boolean;
  pick<T>(list: readonly [T, ...T[]]): T;
  /** Picks by weight; the weights need not sum to 1. */
  weighted<T>(list: readonly [readonly [T, number], ...(readonly [T, number])[]]): T;
  /** Normal with mean 0 and standard deviation 1. */
  normal(): number;
  /** A stream of its own, which depends on the seed and the label and not on what was drawn before. */
  fork(label: string): Random;
}

export function randomOf(seed: string): Random {
  const state = spread(seed);
  const bits = (): number => {
    // xoshiro128**: 2^128 - 1 period in four words of 32 bits.
    const result = Math.imul(rotate(Math.imul(state[1], 5), 7), 9);
    const shifted = state[1] << 9;
    state[2] ^= state[0];
    state[3] ^= state[1];
    state[1] ^= state[2];
    state[0] ^= state[3];
    state[2] ^= shifted;
    state[3] = rotate(state[3], 11);
    return result >>> 0;
  };
  const unit = (): number => bits() / 4294967296;
  const random: Random = {
    unit,
    between: (low, high) => low + unit() * (high - low),
    whole: (low, high) => low + Math.floor(unit() * (high - low + 1)),
    chance: (probability) => unit() < probability,
    pick: (list) => list[Math.floor(unit() * list.length)] ?? list[0],
    weighted: (list) => {
      let left = unit() * list.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [item, weight] of list) {
        left -= weight;
        if (left < 0) return item;
      }
      return list[0][0];
    },
    normal: () => Math.sqrt(-2 * Math.log(1 - unit())) * Math.cos(2 * Math.PI * unit()),
    fork: (label) => randomOf(`${seed}/${label}`),
  };
  return random;
}

function rotate(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}

/** Four well-mixed words from a text: FNV-1a, then a murmur finaliser a word. */
function spread(seed: string): [number, number, number, number] {
  let hash = 0x811c9dc5;
  for (let i = 0; i < seed.length; i++) hash = Math.imul(hash ^ seed.charCodeAt(i), 0x01000193);
  const word = (n: number): number => {
    let mixed = (hash + Math.imul(n, 0x9e3779b9)) | 0;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return mixed ^ (mixed >>> 16);
  };
  return [word(1), word(2), word(3), word(4) | 1];
}
