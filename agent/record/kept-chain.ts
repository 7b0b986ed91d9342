import { decodeJwt } from 'jose';
import type { OutboxRecord } from '#agent/store/outbox-record.ts';
import { ResultRecord } from '#contract/wire/record.ts';
import { digestOf } from '#contract/wire/signature.ts';
import { type ChainedRecord, type ChainVerdict, verifyChain } from './chain.ts';

/** altered: the envelope is not the one whose digest was kept, or holds no record. */
export type KeptChainVerdict =
  | ChainVerdict
  | { readonly ok: false; readonly at: number; readonly code: 'altered' | 'another-kit' };

/**
 * Whether the records a kit holds are its own chain, whole from the first: only then may it sign the next.
 * Signatures are not verified again; whoever can change the envelopes on the disk has the key beside them.
 */
export function verifyKept(kit: string, kept: readonly OutboxRecord[]): KeptChainVerdict {
  const chain: ChainedRecord[] = [];
  for (const [at, { jws, digest, sequence }] of kept.entries()) {
    const record = digestOf(jws) === digest ? recordIn(jws) : null;
    if (record?.sequence !== sequence) return { ok: false, at, code: 'altered' };
    if (record.kit !== kit) return { ok: false, at, code: 'another-kit' };
    chain.push({ record, digest });
  }
  return verifyChain(chain);
}

/** The record of an envelope this kit made itself; null where it holds none. */
export function recordIn(jws: string): ResultRecord | null {
  try {
    return ResultRecord.safeParse(decodeJwt(jws)).data ?? null;
  } catch {
    return null;
  }
}
