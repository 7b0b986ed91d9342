import { z } from 'zod';
import type { Sql } from './database.ts';
import { tell } from './news.ts';

/** count: it counts as it is on the paper, whatever speaks against it. hold: it does not count until somebody says so. */
export const Decision = z.enum(['count', 'hold']);
export type Decision = z.infer<typeof Decision>;

export interface Review {
  readonly account: string;
  /** Of the record. */
  readonly digest: string;
  readonly decision: Decision;
  /** Why, in the reviewer's words: 1 to 1,000 characters. */
  readonly note: string;
}

/** The last decision about each record that has one, by its digest. */
export type Decisions = ReadonlyMap<string, Decision>;

export async function addReview(sql: Sql, { account, digest, decision, note }: Review, now: Date): Promise<void> {
  await sql.write('insert into reviews (at, account, digest, decision, note) values ($1, $2, $3, $4, $5)', [
    ...[now, account, digest, decision, note],
  ]);
  await tell(sql, { kind: 'missed' });
}

export async function decisionsIn(sql: Sql): Promise<Decisions> {
  const rows = await sql.rows(
    z.object({ digest: z.string(), decision: Decision }),
    'select distinct on (digest) digest, decision from reviews order by digest, id desc',
  );
  return new Map(rows.map(({ digest, decision }) => [digest, decision]));
}
