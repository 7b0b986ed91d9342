/**
 * Merkle tree of an append-only log (RFC 9162, section 2.1; RFC 6962 has the same tree) over SHA-256. By WebCrypto alone, so
 * that a browser verifies with the very code that the centre builds with. Hashes are 32 bytes.
 */
export type Hash = Uint8Array<ArrayBuffer>;

/** Of an entry: 0x00 before its bytes, so that no entry can pass for a node. */
export function leafHash(entry: Uint8Array): Promise<Hash> {
  return hashOf(Uint8Array.of(0), entry);
}

function nodeHash(left: Hash, right: Hash): Promise<Hash> {
  return hashOf(Uint8Array.of(1), left, right);
}

async function hashOf(...parts: readonly Uint8Array[]): Promise<Hash> {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}

/** A tree that grows; what it held once it can still prove. */
export interface MerkleTree {
  size(): number;
  /** One at a time: who appends waits for the one before. */
  append(leaf: Hash): Promise<void>;
  /** Of the first `size` leaves. */
  root(size: number): Promise<Hash>;
  /** From the leaf of that index (from 0) up to the root of the first `size` leaves. */
  inclusion(index: number, size: number): Promise<readonly Hash[]>;
  /** That the first `second` leaves begin with the first `first`, 0 < first <= second. */
  consistency(first: number, second: number): Promise<readonly Hash[]>;
}

export function merkleTree(): MerkleTree {
  /** `complete[level][n]`: root of the nth run of 2^level leaves, where the run is full. */
  const complete: Hash[][] = [[]];

  async function append(leaf: Hash): Promise<void> {
    let hash = leaf;
    for (let level = 0; ; level += 1) {
      const runs = complete[level] ?? [];
      complete[level] = runs;
      runs.push(hash);
      const left = runs.at(-2);
      if (runs.length % 2 === 1 || !left) return;
      hash = await nodeHash(left, hash);
    }
  }

  /** Root of the leaves from `from` up to, not including, `to`. */
  async function rangeRoot(from: number, to: number): Promise<Hash> {
    const level = Math.log2(to - from);
    const full = Number.isInteger(level) ? complete[level]?.[from / (to - from)] : undefined;
    if (full) return full;
    if (to - from <= 1) throw new RangeError(`the tree has no leaf ${from}`);
    const middle = from + largestPowerBelow(to - from);
    return nodeHash(await rangeRoot(from, middle), await rangeRoot(middle, to));
  }

  async function path(index: number, from: number, to: number): Promise<Hash[]> {
    if (to - from <= 1) return [];
    const middle = from + largestPowerBelow(to - from);
    return index < middle
      ? [...(await path(index, from, middle)), await rangeRoot(middle, to)]
      : [...(await path(index, middle, to)), await rangeRoot(from, middle)];
  }

  /** `isKnown`: the verifier holds the root of what is before `first` already. */
  async function proof(first: number, from: number, to: number, isKnown: boolean): Promise<Hash[]> {
    if (first === to) return isKnown ? [] : [await rangeRoot(from, to)];
    const middle = from + largestPowerBelow(to - from);
    return first <= middle
      ? [...(await proof(first, from, middle, isKnown)), await rangeRoot(middle, to)]
      : [...(await proof(first, middle, to, false)), await rangeRoot(from, middle)];
  }

  return {
    size: () => complete[0]?.length ?? 0,
    append,
    root: (size) => (size === 0 ? hashOf() : rangeRoot(0, size)),
    inclusion: (index, size) => path(index, 0, size),
    consistency: (first, second) => proof(first, 0, second, true),
  };
}

/** Below, not at, that number: 2 for 4, 4 for 5. */
function largestPowerBelow(count: number): number {
  return 2 ** (Math.ceil(Math.log2(count)) - 1);
}

export interface InclusionProof {
  readonly leaf: Hash;
  readonly index: number;
  readonly size: number;
  readonly path: readonly Hash[];
}

/** Whether a tree of that size and root holds the leaf at that index (RFC 9162, 2.1.3.2). */
export async function includes(root: Hash, { leaf, index, size, path }: InclusionProof): Promise<boolean> {
  if (!(Number.isInteger(index) && index >= 0 && index < size)) return false;
  let [node, last, hash] = [index, size - 1, leaf];
  for (const sibling of path) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      hash = await nodeHash(sibling, hash);
      while (node % 2 === 0 && node !== 0) [node, last] = [half(node), half(last)];
    } else {
      hash = await nodeHash(hash, sibling);
    }
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && isSame(hash, root);
}

export interface ConsistencyProof {
  readonly first: { readonly size: number; readonly root: Hash };
  readonly second: { readonly size: number; readonly root: Hash };
  readonly path: readonly Hash[];
}

/** Whether the second tree is the first one with leaves added at its end (RFC 9162, 2.1.4.2). */
export async function isContinued({ first, second, path }: ConsistencyProof): Promise<boolean> {
  if (first.size < 1 || first.size > second.size) return false;
  if (first.size === second.size) return path.length === 0 && isSame(first.root, second.root);
  const isFull = Number.isInteger(Math.log2(first.size));
  const [start, ...rest] = isFull ? [first.root, ...path] : path;
  if (!start) return false;
  let [node, last] = [first.size - 1, second.size - 1];
  while (node % 2 === 1) [node, last] = [half(node), half(last)];
  let [one, two] = [start, start];
  for (const sibling of rest) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      [one, two] = [await nodeHash(sibling, one), await nodeHash(sibling, two)];
      while (node % 2 === 0 && node !== 0) [node, last] = [half(node), half(last)];
    } else {
      two = await nodeHash(two, sibling);
    }
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && isSame(one, first.root) && isSame(two, second.root);
}

/** One step up the tree. */
function half(node: number): number {
  return Math.floor(node / 2);
}

function isSame(a: Hash, b: Hash): boolean {
  return a.length === b.length && a.every((byte, n) => byte === b[n]);
}
