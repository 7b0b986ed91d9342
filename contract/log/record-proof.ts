import type { X509Certificate } from 'node:crypto';
import { z } from 'zod';
import { ResultRecord } from '#contract/wire/record.ts';
import { digestOf, verify } from '#contract/wire/signature.ts';
import { bytesOf } from './hex.ts';
import { includes, leafHash } from './merkle-tree.ts';
import { openHead, Sha256, type TreeHead } from './tree-head.ts';

/** What proves to anybody that the centre holds a record: the record itself, its place in the log, and the path to a signed head. */
export const RecordProof = z
  .strictObject({
    schema: z.literal(1),
    /** As the kit signed it. */
    jws: z.string(),
    committedAt: z.iso.datetime(),
    position: z.int().nonnegative(),
    path: z.array(Sha256).readonly(),
    /** The signed tree head. */
    head: z.string(),
  })
  .readonly();
export type RecordProof = z.infer<typeof RecordProof>;

export interface ProofTrust {
  /** That sign heads and receipts. */
  readonly central: readonly X509Certificate[];
  readonly roots: readonly X509Certificate[];
}

/**
 * other-record: it is not the record of that digest. bad-record: no kit of this election signed it. bad-head: the centre did
 * not sign it. not-in-log: the path does not lead from this record to the root that the centre signed.
 */
export type ProofFault = 'other-record' | 'bad-record' | 'bad-head' | 'not-in-log';

export type CheckedProof =
  | { readonly ok: true; readonly record: ResultRecord; readonly head: TreeHead }
  | { readonly ok: false; readonly code: ProofFault; readonly reason: string };

/** Checks everything with no word of the centre but its signature. */
export async function checkProof(digest: string, proof: RecordProof, trust: ProofTrust): Promise<CheckedProof> {
  const refuse = (code: ProofFault, reason: string) => ({ ok: false, code, reason }) as const;
  if (digestOf(proof.jws) !== digest) return refuse('other-record', 'the digest is another one');
  const opened = await openHead(proof.head, trust.central);
  if (!opened.ok) return refuse('bad-head', opened.reason);
  const record = await openRecord(proof, trust.roots);
  if (!record.ok) return refuse('bad-record', record.reason);
  const { head } = opened;
  const leaf = await leafHash(bytesOf(digest));
  const path = proof.path.map(bytesOf);
  const isIn = await includes(bytesOf(head.root), { leaf, index: proof.position, size: head.size, path });
  return isIn ? { ok: true, record: record.record, head } : refuse('not-in-log', 'the path leads to another root');
}

export type OpenedRecord =
  | { readonly ok: true; readonly record: ResultRecord }
  | { readonly ok: false; readonly reason: string };

/** A record that a kit of this election signed; its certificate is looked at as of when the centre took the record. */
export async function openRecord(
  { jws, committedAt }: Pick<RecordProof, 'jws' | 'committedAt'>,
  roots: readonly X509Certificate[],
): Promise<OpenedRecord> {
  const verified = await verify('tps-record', jws, { by: 'roots', roots, role: 'kit', at: new Date(committedAt) });
  if (!verified.ok) return { ok: false, reason: `${verified.code}: ${verified.reason}` };
  const parsed = ResultRecord.safeParse(verified.payload);
  if (!parsed.success) return { ok: false, reason: `not a record: ${parsed.error.message}` };
  if (parsed.data.kit !== verified.signer) return { ok: false, reason: `signed by ${verified.signer}` };
  return { ok: true, record: parsed.data };
}
