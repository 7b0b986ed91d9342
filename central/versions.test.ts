import fc from 'fast-check';
import { expect, test } from 'vitest';
import { standingOf, type Version } from './versions.ts';

const version = (digest: string, number: number, supersedes: string | null, second = number): Version => ({
  digest,
  version: number,
  supersedes,
  committedAt: new Date(second * 1000),
});

test('no record, no standing', () => {
  expect(standingOf([])).toBeNull();
});

test('of a chain the last correction counts, in whatever order the records came', () => {
  const chain = [version('a', 1, null), version('b', 2, 'a'), version('c', 3, 'b')];
  fc.assert(
    fc.property(fc.shuffledSubarray(chain, { minLength: 3 }), (records) => {
      const standing = standingOf(records);
      expect(standing?.current.digest).toBe('c');
      expect(standing?.history.map((record) => record.digest)).toEqual(['c', 'b', 'a']);
      expect(standing).toMatchObject({ branched: false, forerunnerMissing: false });
    }),
  );
});

test('a correction that comes before what it corrects counts, and says that something is missing', () => {
  const standing = standingOf([version('c', 3, 'b'), version('a', 1, null)]);
  expect(standing?.current.digest).toBe('c');
  expect(standing).toMatchObject({ forerunnerMissing: true, branched: false });
});

test('two corrections of one version, and two first versions, are a branch: the first to come counts', () => {
  const first = version('a', 1, null);
  const standing = standingOf([first, version('late', 2, 'a', 9), version('early', 2, 'a', 5)]);
  expect(standing?.current.digest).toBe('early');
  expect(standing?.branched).toBe(true);
  expect(standingOf([first, version('other', 1, null, 2)])).toMatchObject({ current: first, branched: true });
});
