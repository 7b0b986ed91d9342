import { randomBytes } from 'node:crypto';
import type { Store } from '#agent/store/store.ts';
import { signRecord } from '#contract/wire/envelope.ts';
import type { ResultRecord } from '#contract/wire/record.ts';
import type { Signer } from '#contract/wire/signature.ts';
import { sampleRecord } from './sample-record.ts';

/** What of a record its place in the kit's chain and its picture say. */
export type Placed = Pick<ResultRecord, 'sequence' | 'previous' | 'pages'>;

/** Keeps a picture of that many random bytes and confirms a record that names it; answers the picture's digest. */
export async function confirmDocument<Evening>(
  store: Store<Evening>,
  signer: Signer,
  bytes: number,
  compose: (placed: Placed) => ResultRecord = sampleRecord,
): Promise<string> {
  const put = await store.pictures.put(randomBytes(bytes));
  if (!put.ok) throw new Error(put.reason);
  const { sha256 } = put.picture;
  const head = store.head();
  const place = { sequence: (head?.sequence ?? 0) + 1, previous: head?.digest ?? null };
  const record = compose({ ...place, pages: [{ page: 1, sha256, bytes }] });
  const kept = await store.confirm(record, await signRecord(record, signer), (evening) => evening);
  if (!kept.ok) throw new Error(kept.reason);
  return sha256;
}

/** The record that supersedes the one before it. */
export function correcting({ sequence, previous }: Placed): Pick<ResultRecord, 'version' | 'supersedes'> {
  return { version: sequence, supersedes: previous };
}
