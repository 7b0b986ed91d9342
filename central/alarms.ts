import { z } from 'zod';
import type { Sql } from './database.ts';
import type { Flag, RefusalCode } from './judge-record.ts';
import { tell } from './news.ts';

/** What the centre writes down because somebody should look at it. Nothing in this list is ever removed. */
export type AlarmCode =
  | RefusalCode
  | Extract<Flag, 'breach-undeclared' | 'verdicts-differ' | 'chain-broken' | 'corrects-another'>
  /** A message under a topic that is not part of the contract; noted once a kit. */
  | 'foreign-topic'
  /** A chunk of a picture that no record of this kit names, or of a wrong length. */
  | 'unexpected-chunk'
  /** All chunks were there and the digest was wrong; they are asked for again. */
  | 'picture-damaged'
  /** Two records give one picture two lengths; the first stays. */
  | 'picture-length-differs';

export interface Alarm {
  readonly kit: string;
  readonly code: AlarmCode;
  /** May quote what arrived. This and the excerpt are cut here to a bounded length. */
  readonly reason: string;
  /** Digest of the message or picture it is about; empty where it is about the kit. */
  readonly subject: string;
  readonly sequence: number | null;
  /** What arrived. */
  readonly excerpt: string;
}

const TEXT_LIMIT = 4096;

/** Notes an alarm, and tells of it; the same fault of the same thing is noted once. */
export async function raise(sql: Sql, alarm: Alarm, now: Date): Promise<void> {
  const written = await sql.write(
    `insert into alarms (at, kit, code, reason, subject, sequence, excerpt) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict do nothing`,
    [now, alarm.kit, alarm.code, storable(alarm.reason), alarm.subject, alarm.sequence, storable(alarm.excerpt)],
  );
  if (written > 0) await tell(sql, { kind: 'alarm' });
}

/** PostgreSQL text holds no NUL; half a surrogate pair would not be valid UTF-8. */
function storable(text: string): string {
  return text.slice(0, TEXT_LIMIT).replaceAll('\0', '\uFFFD').toWellFormed();
}

const AlarmRow = z.object({
  at: z.date(),
  kit: z.string(),
  code: z.string(),
  reason: z.string(),
  sequence: z.coerce.number().nullable(),
});
export type NotedAlarm = z.infer<typeof AlarmRow>;

/** The latest first. */
export function latestAlarms(sql: Sql, limit: number): Promise<readonly NotedAlarm[]> {
  return sql.rows(AlarmRow, 'select at, kit, code, reason, sequence from alarms order by id desc limit $1', [limit]);
}
