import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Hash, includes, isContinued, leafHash, type MerkleTree, merkleTree } from './merkle-tree.ts';

const hex = (hash: Uint8Array) => Buffer.from(hash).toString('hex');
const entry = (text: string) => Uint8Array.from(Buffer.from(text, 'hex'));

async function treeOf(entries: readonly Uint8Array[]): Promise<MerkleTree> {
  const tree = merkleTree();
  for (const one of entries) await tree.append(await leafHash(one));
  return tree;
}
const numbered = (count: number) => Array.from({ length: count }, (_, n) => Uint8Array.from([n >> 8, n & 255]));

/** The eight entries and roots with which implementations of RFC 6962 are tested. */
const KNOWN = [
  ['', '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'],
  ['00', 'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125'],
  ['10', 'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77'],
  ['2021', 'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7'],
  ['3031', '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4'],
  ['40414243', '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef'],
  ['5051525354555657', 'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c'],
  ['606162636465666768696a6b6c6d6e6f', '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328'],
] as const;

describe('the tree', () => {
  test('has the roots that every implementation of it has', async () => {
    const tree = await treeOf(KNOWN.map(([text]) => entry(text)));
    for (const [n, [, root]] of KNOWN.entries()) expect(hex(await tree.root(n + 1))).toBe(root);
    expect(hex(await merkleTree().root(0))).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });

  test('proves every leaf at every size it has had, and no other leaf', async () => {
    const entries = numbered(33);
    const tree = await treeOf(entries);
    const leaves = await Promise.all(entries.map(leafHash));
    for (let size = 1; size <= entries.length; size += 1) {
      const root = await tree.root(size);
      for (let index = 0; index < size; index += 1) {
        const path = await tree.inclusion(index, size);
        const [leaf, other] = [leaves[index], leaves[(index + 1) % leaves.length]] as [Hash, Hash];
        expect(await includes(root, { leaf, index, size, path })).toBe(true);
        expect(await includes(root, { leaf: other, index, size, path })).toBe(false);
        expect(await includes(root, { leaf, index: index + 1, size, path })).toBe(false);
      }
    }
  });

  test('proves that it grew out of what it was', async () => {
    const tree = await treeOf(numbered(40));
    const other = await treeOf([entry('ff'), ...numbered(39)]);
    const headOf = async (of: MerkleTree, size: number) => ({ size, root: await of.root(size) });
    for (let first = 1; first <= 40; first += 1) {
      for (let second = first; second <= 40; second += 1) {
        const path = await tree.consistency(first, second);
        const proof = { first: await headOf(tree, first), second: await headOf(tree, second), path };
        expect(await isContinued(proof)).toBe(true);
        expect(await isContinued({ ...proof, first: await headOf(other, first) })).toBe(false);
      }
    }
  });

  test('no bit of a proof can be changed', async () => {
    const entries = numbered(21);
    const tree = await treeOf(entries);
    const root = await tree.root(21);
    await fc.assert(
      fc.asyncProperty(fc.nat(20), fc.nat(), fc.nat(255), async (index, place, bit) => {
        const path = (await tree.inclusion(index, 21)).map((hash) => Uint8Array.from(hash));
        const changed = path[place % path.length];
        if (changed) changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        const leaf = await leafHash(entries[index] ?? entry(''));
        expect(await includes(root, { leaf, index, size: 21, path })).toBe(false);
      }),
    );
  });
});
