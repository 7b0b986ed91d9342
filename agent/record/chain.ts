import type { ResultRecord } from '#contract/wire/record.ts';

/** A record and the digest of its envelope. */
export interface ChainedRecord {
  readonly record: ResultRecord;
  readonly digest: string;
}

/** What is wrong, and with the record of which place (from 0) in the list. */
export type ChainVerdict =
  | { readonly ok: true }
  /** another-chain: of another kit or mode than the first. */
  | { readonly ok: false; readonly at: number; readonly code: 'another-chain' }
  | { readonly ok: false; readonly at: number; readonly code: 'gap'; readonly expected: number }
  /** It does not name the record before it: one of the two was exchanged. */
  | { readonly ok: false; readonly at: number; readonly code: 'broken-link' }
  /** It corrects no version before it, or not the last one of its document. */
  | { readonly ok: false; readonly at: number; readonly code: 'wrong-version' };

/** Verifies a whole chain of one kit and mode, from its first record: numbers, links, and versions of each document. */
export function verifyChain(records: readonly ChainedRecord[]): ChainVerdict {
  const latest = new Map<string, ChainedRecord>();
  for (const [at, { record, digest }] of records.entries()) {
    const before = records[at - 1];
    if (before && (before.record.kit !== record.kit || before.record.mode !== record.mode)) {
      return { ok: false, at, code: 'another-chain' };
    }
    if (record.sequence !== at + 1) return { ok: false, at, code: 'gap', expected: at + 1 };
    if (record.previous !== (before?.digest ?? null)) return { ok: false, at, code: 'broken-link' };
    if (!corrects(record, latest.get(record.form))) return { ok: false, at, code: 'wrong-version' };
    latest.set(record.form, { record, digest });
  }
  return { ok: true };
}

function corrects(record: ResultRecord, before: ChainedRecord | undefined): boolean {
  return record.version === (before?.record.version ?? 0) + 1 && record.supersedes === (before?.digest ?? null);
}
