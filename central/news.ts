import { z } from 'zod';
import { Mode } from '#contract/wire/record.ts';
import type { Database, Sql } from './database.ts';

/**
 * What changed at the centre, for pages that show it: told in the transaction that changes it, heard by every process on
 * the database once that is committed.
 */
export const News = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('document'), mode: Mode, tps: z.string(), form: z.string() }).readonly(),
  z.strictObject({ kind: z.literal('alarm') }).readonly(),
  /** Some may have been missed: everything is to be asked for anew. */
  z.strictObject({ kind: z.literal('missed') }).readonly(),
]);
export type News = z.infer<typeof News>;

export async function tell(sql: Sql, news: News): Promise<void> {
  await sql.write('select pg_notify($1, $2)', [CHANNEL, JSON.stringify(news)]);
}

/** Answers the way to stop listening. */
export function listen(database: Database, hear: (news: News) => void): Promise<() => Promise<void>> {
  return database.listen(CHANNEL, (text) => hear(text === null ? { kind: 'missed' } : News.parse(JSON.parse(text))));
}

const CHANNEL = 'tps_kit_news';
