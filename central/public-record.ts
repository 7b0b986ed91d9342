import { z } from 'zod';
import { allFigures } from '#contract/form/definition.ts';
import type { FormRegistry } from '#contract/form/registry.ts';
import type { Sql } from './database.ts';
import { standingOf } from './versions.ts';

/** What the public is told about a record beside its proof. */
export interface PublicRecord {
  readonly form: string;
  readonly formLabel: string;
  /** By figure id. */
  readonly labels: Readonly<Record<string, string>>;
  /** current: it counts, or would if nothing spoke against it. superseded: a correction took its place. */
  readonly state: 'current' | 'superseded' | 'one-of-two';
  /** Digest of the version that counts now. */
  readonly current: string;
}

const Row = z.object({
  form: z.string(),
  digest: z.string(),
  version: z.number(),
  supersedes: z.string().nullable(),
  committedAt: z.date(),
});

/** Null where no official record has that digest. */
export async function publicRecordOf(sql: Sql, forms: FormRegistry, digest: string): Promise<PublicRecord | null> {
  const versions = await sql.rows(
    Row,
    `select r.form, r.digest, r.version, r.supersedes, r.committed_at as "committedAt" from records r
     join records asked on (asked.mode, asked.tps, asked.form) = (r.mode, r.tps, r.form)
     where asked.digest = $1 and asked.mode = 'resmi'`,
    [digest],
  );
  const standing = standingOf(versions);
  if (!standing) return null;
  const form = forms.byId(standing.current.form);
  const isHead = standing.heads.some((head) => head.digest === digest);
  const state = isHead ? (standing.branched ? 'one-of-two' : 'current') : 'superseded';
  return {
    ...{ form: standing.current.form, formLabel: form?.label ?? standing.current.form },
    labels: Object.fromEntries((form ? allFigures(form) : []).map(({ id, label }) => [id, label])),
    ...{ state, current: standing.current.digest },
  };
}
