import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleRecord } from '#test/sample-record.ts';
import { type ChainedRecord, verifyChain } from './chain.ts';

const hex = (n: number) => n.toString(16).padStart(64, '0');

/** A good chain: record n corrects the one before where `corrections[n]` says so. */
function chainOf(corrections: readonly boolean[]): readonly ChainedRecord[] {
  const chain: ChainedRecord[] = [];
  for (const [n, correction] of corrections.entries()) {
    const before = chain.at(-1);
    const corrected = correction ? before : undefined;
    const record = sampleRecord({
      sequence: n + 1,
      previous: before?.digest ?? null,
      form: corrected?.record.form ?? `form-${n}`,
      version: (corrected?.record.version ?? 0) + 1,
      supersedes: corrected?.digest ?? null,
    });
    chain.push({ record, digest: hex(n + 1) });
  }
  return chain;
}

const chains = fc.array(fc.boolean(), { minLength: 1, maxLength: 8 }).map(chainOf);

describe('a chain of records', () => {
  it('holds when every record follows the one before', () => {
    fc.assert(
      fc.property(chains, (chain) => {
        expect(verifyChain(chain)).toEqual({ ok: true });
      }),
    );
  });

  it('shows any record that was left out, repeated or moved', () => {
    fc.assert(
      fc.property(chains, fc.nat(), fc.nat(), (chain, a, b) => {
        const [from, to] = [a % chain.length, b % chain.length];
        const [record] = chain.slice(from, from + 1);
        if (!record) return;
        const without = chain.toSpliced(from, 1);
        if (from < chain.length - 1) expect(verifyChain(without)).toMatchObject({ ok: false, code: 'gap' });
        expect(verifyChain(chain.toSpliced(from, 0, record)).ok).toBe(false);
        if (from !== to) expect(verifyChain(without.toSpliced(to, 0, record)).ok).toBe(false);
      }),
    );
  });

  it('shows a record that was exchanged, by the next one', () => {
    const [first, second] = chainOf([false, false]);
    if (!first || !second) throw new Error('no chain');
    expect(verifyChain([{ ...first, digest: hex(99) }, second])).toEqual({ ok: false, at: 1, code: 'broken-link' });
  });

  it('shows another kit’s or another mode’s record', () => {
    const [first, second] = chainOf([false, false]);
    if (!first || !second) throw new Error('no chain');
    const official = { ...second, record: { ...second.record, mode: 'resmi' as const } };
    expect(verifyChain([first, official])).toEqual({ ok: false, at: 1, code: 'another-chain' });
  });

  it('shows a correction that does not follow the last version of its document', () => {
    const [first, second] = chainOf([false, true]);
    if (!first || !second) throw new Error('no chain');
    const skipped = { ...second, record: { ...second.record, version: 3 } };
    const silent = { ...second, record: { ...second.record, version: 1, supersedes: null } };
    expect(verifyChain([first, skipped])).toEqual({ ok: false, at: 1, code: 'wrong-version' });
    expect(verifyChain([first, silent])).toEqual({ ok: false, at: 1, code: 'wrong-version' });
  });
});
