import { z } from 'zod';
import type { RuleVerdict } from '#contract/form/rules.ts';
import { RECORDS_WANTED_AT_ONCE } from '#contract/wire/receipt.ts';
import { Mode, type ResultRecord } from '#contract/wire/record.ts';
import type { KitRegister, RegisteredKit } from '#contract/wire/register.ts';
import type { Database, Sql } from './database.ts';
import type { Committed, DocumentVersion, Flag, Known } from './judge-record.ts';

/** The kits the centre knows, and the records it holds. */

const KitRow = z.object({ kit: z.string(), tps: z.string(), thumbprint: z.string() });

/** A kit the register lists. */
export async function findKit(sql: Sql, kit: string): Promise<RegisteredKit | undefined> {
  const text = 'select id as kit, tps, thumbprint from kits where id = $1 and listed';
  const [row] = await sql.rows(KitRow, text, [kit]);
  return row;
}

/** Why a kit was taken out of service; undefined where it was not. */
export async function findRevocation(sql: Sql, kit: string): Promise<string | undefined> {
  const text = 'select revoked from kits where id = $1 and revoked is not null and not listed';
  const [row] = await sql.rows(z.object({ revoked: z.string() }), text, [kit]);
  return row?.revoked;
}

/** Takes over the register as it is now: new certificates and places count from here on, what it no longer lists is trusted no more. */
export async function takeOverRegister(
  database: Database,
  { kits, revoked }: Pick<KitRegister, 'kits' | 'revoked'>,
  now: Date,
): Promise<void> {
  await database.transaction(async (sql) => {
    await sql.write(
      'update kits set listed = false where listed and id <> all (select jsonb_array_elements_text($1::jsonb))',
      [JSON.stringify(kits.map(({ kit }) => kit))],
    );
    for (const { kit, tps, thumbprint } of kits) {
      await sql.write(
        `insert into kits (id, tps, thumbprint, listed, listed_at) values ($1, $2, $3, true, $4)
         on conflict (id) do update set (tps, thumbprint, listed, listed_at, revoked) =
           (excluded.tps, excluded.thumbprint, true, excluded.listed_at, null)
         where (kits.tps, kits.thumbprint, kits.listed) is distinct from (excluded.tps, excluded.thumbprint, true)`,
        [kit, tps, thumbprint, now],
      );
    }
    for (const { kit, tps, thumbprint, reason } of revoked) {
      await sql.write(
        `insert into kits (id, tps, thumbprint, listed, listed_at, revoked) values ($1, $2, $3, false, $4, $5)
         on conflict (id) do update set (listed, revoked) = (false, excluded.revoked)`,
        [kit, tps, thumbprint, now, reason],
      );
    }
  });
}

const HeldRow = z.object({
  mode: Mode,
  sequence: z.coerce.number(),
  committedAt: z.date(),
  pages: z.array(z.object({ sha256: z.string() })).readonly(),
});
/** As much of a committed record as its receipt says. */
export type HeldRecord = Readonly<z.infer<typeof HeldRow>>;

/** The kit's record of that digest, where it is committed. */
export async function findCommitted(sql: Sql, kit: string, digest: string): Promise<HeldRecord | undefined> {
  const text =
    'select mode, sequence, committed_at as "committedAt", pages from records where kit = $1 and digest = $2';
  const [row] = await sql.rows(HeldRow, text, [kit, digest]);
  return row;
}

/** More than any kit signs in an evening: whatever number a message claims, nothing counts further. */
const MOST_RECORDS = 10_000;

/** Numbers of a kit's chain, from 1 to the given one, under which no record is held; the first ones, ascending. */
export async function missingRecords(
  sql: Sql,
  { kit, mode }: Pick<ResultRecord, 'kit' | 'mode'>,
  upTo: number,
): Promise<readonly number[]> {
  const rows = await sql.rows(
    z.object({ sequence: z.coerce.number() }),
    `select s as sequence from generate_series(1, $3::bigint) s
     where not exists (select from records where kit = $1 and mode = $2 and sequence = s) order by s limit $4`,
    [kit, mode, Math.min(upTo, MOST_RECORDS), RECORDS_WANTED_AT_ONCE],
  );
  return rows.map(({ sequence }) => sequence);
}

const SequenceRow = z.object({
  sequence: z.coerce.number(),
  digest: z.string(),
  previous: z.string().nullable(),
  committed_at: z.date(),
});
const VersionRow = z.object({ mode: Mode, tps: z.string(), form: z.string(), version: z.number() });

/** What is held that bears on this record, but for kit and form. */
export async function neighboursOf(
  sql: Sql,
  record: ResultRecord,
): Promise<Pick<Known, 'sameSequence' | 'before' | 'after' | 'superseded'>> {
  const near = await sql.rows(
    SequenceRow,
    `select sequence, digest, previous, committed_at from records
     where kit = $1 and mode = $2 and sequence between $3 and $4`,
    [record.kit, record.mode, record.sequence - 1, record.sequence + 1],
  );
  const at = (sequence: number) => near.find((row) => row.sequence === sequence);
  const same = at(record.sequence);
  const [superseded] = await sql.rows(VersionRow, 'select mode, tps, form, version from records where digest = $1', [
    record.supersedes,
  ]);
  return {
    sameSequence: same && committed(same),
    before: at(record.sequence - 1),
    after: at(record.sequence + 1),
    superseded: superseded satisfies DocumentVersion | undefined,
  };
}

function committed(row: z.infer<typeof SequenceRow>): Committed {
  return { digest: row.digest, committedAt: row.committed_at };
}

export interface NewRecord {
  readonly record: ResultRecord;
  readonly jws: string;
  readonly digest: string;
  readonly verdicts: readonly RuleVerdict[];
  readonly flags: readonly Flag[];
}
export type Insertion = 'inserted' | 'overtaken';

/** overtaken: another receiver took its place in the meantime; judge again. */
export async function insertRecord(sql: Sql, entry: NewRecord, now: Date): Promise<Insertion> {
  const { record } = entry;
  const verdicts = entry.verdicts.map(({ rule, verdict }) => ({ rule: rule.id, verdict, severity: rule.severity }));
  const columns = {
    kit: record.kit,
    sequence: record.sequence,
    digest: entry.digest,
    jws: entry.jws,
    mode: record.mode,
    tps: record.tps,
    form: record.form,
    version: record.version,
    supersedes: record.supersedes,
    correction: record.correction ?? null,
    previous: record.previous,
    figures: JSON.stringify(record.figures),
    pages: JSON.stringify(record.pages),
    verdicts: JSON.stringify(verdicts),
    flags: JSON.stringify(entry.flags),
    clock_synchronised: record.clockSynchronised,
    wall_clock: record.wallClock,
    agent: record.agent,
    model: record.model,
    words_model: record.wordsModel ?? null,
    committed_at: now,
  };
  const places = Object.keys(columns).map((_, n) => `$${n + 1}`);
  const written = await sql.write(
    `insert into records (${Object.keys(columns).join(', ')}) values (${places.join(', ')}) on conflict do nothing`,
    Object.values(columns),
  );
  return written === 0 ? 'overtaken' : 'inserted';
}
