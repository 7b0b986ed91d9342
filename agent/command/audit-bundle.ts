import type { X509Certificate } from 'node:crypto';
import { type ChainedRecord, type ChainVerdict, verifyChain } from '#agent/record/chain.ts';
import { type ByteSource, openBundle } from '#contract/wire/bundle.ts';
import { openRecord } from '#contract/wire/envelope.ts';
import type { ResultRecord } from '#contract/wire/record.ts';

/** A record of a bundle whose signature and place are right, with its pictures. */
export interface AuditedRecord {
  readonly record: ResultRecord;
  readonly digest: string;
  /** Of its pages, those whose pictures are in the bundle. */
  readonly pictures: number;
}

export type Audited =
  | { readonly ok: true; readonly kit: string; readonly records: readonly AuditedRecord[] }
  /** `at`: the record's place in the bundle, from 1; null where the fault lies in the bundle as a whole. */
  | { readonly ok: false; readonly code: string; readonly at: number | null; readonly reason: string };

/**
 * Verifies a bundle of everything a kit holds with nothing but the root in hand: signatures, valid on
 * that day, every link of the chain from the first record on, and the digest of every picture.
 */
export async function auditBundle(source: ByteSource, roots: readonly X509Certificate[], at: Date): Promise<Audited> {
  const opened = await openBundle(source, { by: 'roots', roots, role: 'kit', at });
  if (!opened.ok) return { ...opened, at: null };
  const { manifest, records, pictures } = opened.bundle;
  const chain: ChainedRecord[] = [];
  for (const [n, jws] of records.entries()) {
    const record = await openRecord(jws, roots, at);
    if (!record.ok) return { ok: false, code: record.code, at: n + 1, reason: record.reason };
    if (record.record.kit !== manifest.kit) {
      return { ok: false, code: 'another-kit', at: n + 1, reason: `it is a record of ${record.record.kit}` };
    }
    chain.push(record);
  }
  const verdict = verifyChain(chain);
  if (!verdict.ok) return { ok: false, code: verdict.code, at: verdict.at + 1, reason: reasonOf(verdict) };
  const held = new Set(pictures.map(({ sha256 }) => sha256));
  return {
    ok: true,
    kit: manifest.kit,
    records: chain.map(({ record, digest }) => {
      return { record, digest, pictures: record.pages.filter(({ sha256 }) => held.has(sha256)).length };
    }),
  };
}

function reasonOf(verdict: Extract<ChainVerdict, { ok: false }>): string {
  switch (verdict.code) {
    case 'another-chain':
      return 'it belongs to the chain of another mode';
    case 'gap':
      return `here record ${verdict.expected} should stand`;
    case 'broken-link':
      return 'it does not follow the record before it: one of the two was exchanged';
    case 'wrong-version':
      return 'it corrects something else than the version before';
  }
}
