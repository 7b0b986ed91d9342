import { z } from 'zod';
import type { ExportedLine } from '#contract/log/exported-log.ts';
import { bytesOf, hexOf } from '#contract/log/hex.ts';
import { leafHash, type MerkleTree, merkleTree } from '#contract/log/merkle-tree.ts';
import type { RecordProof } from '#contract/log/record-proof.ts';
import { signHead } from '#contract/log/tree-head.ts';
import type { Signer } from '#contract/wire/signature.ts';
import type { Database, Sql } from './database.ts';

/** The append-only log of official records, and what is proved of it. */

/** Any number, the same for every receiver: positions are given one after the other, without gaps. */
const LOG_LOCK = 7_165_002;

/** To be called once in the transaction that commits a record, after everything else in it. */
export async function appendToLog(sql: Sql, digest: string): Promise<void> {
  await sql.write('select pg_advisory_xact_lock($1)', [LOG_LOCK]);
  await sql.write('insert into log (position, digest) select coalesce(max(position) + 1, 0), $1 from log', [digest]);
}

export interface SignedHead {
  readonly size: number;
  readonly jws: string;
  readonly at: Date;
}

export interface RecordLog {
  /** The newest head; a new one is signed where the log has grown, once in `headEveryMs` at most. */
  head(): Promise<SignedHead>;
  /** pending: it is in the log, and the next head will hold it. */
  proofOf(digest: string): Promise<RecordProof | 'pending' | 'unknown'>;
  /** That the log of the second size grew out of that of the first; null where it never was that large. */
  consistency(first: number, second: number): Promise<readonly string[] | null>;
  /** The whole of it as it is published: a line a record, the newest head last. */
  lines(): AsyncGenerator<ExportedLine>;
}

export interface RecordLogSetting {
  readonly database: Database;
  /** Signs the heads. */
  readonly signer: Signer;
  readonly now: () => Date;
  readonly headEveryMs: number;
}

/** So that no export holds all records in memory. */
const EXPORTED_AT_ONCE = 500;

const LeafRow = z.object({ digest: z.string() });
const HeadRow = z.object({ size: z.coerce.number(), jws: z.string(), at: z.date() });
const PlacedRow = z.object({ position: z.coerce.number(), jws: z.string(), committedAt: z.date() });

export function openRecordLog({ database, signer, now, headEveryMs }: RecordLogSetting): RecordLog {
  const tree = merkleTree();
  let growing: Promise<void> = Promise.resolve();

  /** The tree as the database has it now; one after another, for a leaf is appended once. */
  function grown(): Promise<MerkleTree> {
    growing = growing.catch(() => undefined).then(grow);
    return growing.then(() => tree);
  }

  async function grow(): Promise<void> {
    const text = 'select digest from log where position >= $1 order by position';
    for (const { digest } of await database.rows(LeafRow, text, [tree.size()])) {
      await tree.append(await leafHash(bytesOf(digest)));
    }
  }

  async function newestHead(): Promise<SignedHead | undefined> {
    const [head] = await database.rows(HeadRow, 'select size, jws, at from tree_heads order by size desc limit 1');
    return head;
  }

  async function head(): Promise<SignedHead> {
    const newest = await newestHead();
    const size = (await grown()).size();
    const at = now();
    const isRecent = newest && (newest.size >= size || at.getTime() - newest.at.getTime() < headEveryMs);
    if (isRecent) return newest;
    const root = hexOf(await tree.root(size));
    const jws = await signHead({ schema: 1, size, root, at: at.toISOString() }, signer);
    await database.write('insert into tree_heads (size, jws, at) values ($1, $2, $3) on conflict do nothing', [
      ...[size, jws, at],
    ]);
    // Where another process was first, its head stands.
    return (await newestHead()) ?? { size, jws, at };
  }

  return {
    head,
    async proofOf(digest) {
      const text = `select l.position, r.jws, r.committed_at as "committedAt"
        from log l join records r on r.digest = l.digest where l.digest = $1`;
      const [placed] = await database.rows(PlacedRow, text, [digest]);
      if (!placed) return 'unknown';
      const { position, jws, committedAt } = placed;
      const { size, jws: signed } = await head();
      if (position >= size) return 'pending';
      const path = await (await grown()).inclusion(position, size);
      return {
        ...{ schema: 1, jws, committedAt: committedAt.toISOString() },
        ...{ position, path: path.map(hexOf), head: signed },
      };
    },
    async *lines() {
      const { size, jws } = await head();
      const text = `select l.position, r.jws, r.committed_at as "committedAt" from log l join records r on r.digest = l.digest
        where l.position >= $1 and l.position < $2 order by l.position`;
      for (let from = 0; from < size; from += EXPORTED_AT_ONCE) {
        const upTo = Math.min(from + EXPORTED_AT_ONCE, size);
        for (const row of await database.rows(PlacedRow, text, [from, upTo])) {
          yield { position: row.position, committedAt: row.committedAt.toISOString(), jws: row.jws };
        }
      }
      yield { head: jws };
    },
    async consistency(first, second) {
      const largest = (await grown()).size();
      if (first < 1 || first > second || second > largest) return null;
      return (await tree.consistency(first, second)).map(hexOf);
    },
  };
}
