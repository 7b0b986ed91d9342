import { z } from 'zod';

/**
 * A stored document has a format, numbered from 1, which its field `schema` names. Newer programs read older formats,
 * step by step; older programs refuse newer ones, since what they do not know they would lose.
 */
export interface Format<T> {
  readonly number: number;
  readonly schema: z.ZodType<T>;
  /** The first leads from format 1 to 2, the next from 2 to 3. */
  readonly migrations: readonly Migration[];
}
export type Migration = (document: unknown) => unknown;

export type Parsed<T> =
  /** from: the format in which it lay. */
  | { readonly ok: true; readonly document: T; readonly from: number }
  | Newer
  | { readonly ok: false; readonly code: 'unreadable'; readonly reason: string };

/** A newer program wrote it. */
export type Newer = { readonly ok: false; readonly code: 'newer'; readonly reason: string };

const Numbered = z.looseObject({ schema: z.int().positive().default(1) });

export function parseAs<T>({ number, schema, migrations }: Format<T>, document: unknown): Parsed<T> {
  const numbered = Numbered.safeParse(document);
  if (!numbered.success) return { ok: false, code: 'unreadable', reason: numbered.error.message };
  const from = numbered.data.schema;
  if (from > number) {
    const reason = `it has format ${from}, and this program knows ${number} at most: install the newer program again`;
    return { ok: false, code: 'newer', reason };
  }
  const migrated = migrations.slice(from - 1).reduce((older, migrate) => migrate(older), document);
  const parsed = schema.safeParse(migrated);
  if (!parsed.success) return { ok: false, code: 'unreadable', reason: parsed.error.message };
  return { ok: true, document: parsed.data, from };
}

/** The only format there has been so far. */
export function firstFormat<T>(schema: z.ZodType<T>): Format<T> {
  return { number: 1, schema, migrations: [] };
}
