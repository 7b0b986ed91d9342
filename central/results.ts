import { z } from 'zod';
import type { FormRegistry } from '#contract/form/registry.ts';
import type { StationRegister } from '#contract/station-register.ts';
import { CorrectionReason, Mode, ResultRecord } from '#contract/wire/record.ts';
import type { Sql } from './database.ts';
import { type DocumentDetail, type DocumentSummary, detailOf, summaryOf } from './document.ts';
import type { DocumentKey } from './judge-record.ts';
import { type Recapitulation, recapitulate } from './recapitulation.ts';
import { decisionsIn } from './reviews.ts';
import { standingOf } from './versions.ts';

/** Questions the page and other programs ask of the database. Practice and official are never asked together. */

export interface Overview {
  readonly mode: Mode;
  /** Every TPS that has a kit, ascending. */
  readonly tps: readonly string[];
  readonly documents: readonly DocumentSummary[];
}

const Whole = z.coerce.number().int();
const SummaryRow = z.object({
  mode: Mode,
  tps: z.string(),
  form: z.string(),
  digest: z.string(),
  version: Whole,
  supersedes: z.string().nullable(),
  committedAt: z.date(),
  breaches: Whole,
  warnings: Whole,
  changed: Whole,
  pictures: Whole,
  picturesWhole: Whole,
});
const countOf = (severity: string) =>
  `(select count(*) from jsonb_array_elements(r.verdicts) v
    where v->>'verdict' = 'broken' and v->>'severity' = '${severity}')`;
const WHOLE_PICTURES = `jsonb_array_elements(r.pages) p
  join pictures q on q.kit = r.kit and q.sha256 = p->>'sha256' and q.complete_at is not null`;
const SUMMARY_COLUMNS = `r.mode, r.tps, r.form, r.digest, r.version, r.supersedes, r.committed_at as "committedAt",
  ${countOf('blocking')} as breaches, ${countOf('warning')} as warnings,
  (select count(*) from jsonb_array_elements(r.figures) f where f->>'by' = 'changed') as changed,
  jsonb_array_length(r.pages) as pictures,
  (select count(*) from ${WHOLE_PICTURES}) as "picturesWhole"`;

export async function overviewOf(sql: Sql, forms: FormRegistry, mode: Mode): Promise<Overview> {
  const tps = await sql.rows(z.object({ tps: z.string() }), 'select distinct tps from kits where listed order by tps');
  const rows = await sql.rows(
    SummaryRow,
    `select ${SUMMARY_COLUMNS} from records r where r.mode = $1 order by r.tps, r.form`,
    [mode],
  );
  const documents = [...Map.groupBy(rows, (row) => `${row.tps} ${row.form}`).values()].flatMap((records) => {
    const form = forms.byId(records[0]?.form ?? '');
    const summary = summaryOf(records, form);
    return summary ? [summary] : [];
  });
  return { mode, tps: tps.map((row) => row.tps), documents };
}

const StoredRow = SummaryRow.extend({
  kit: z.string(),
  sequence: Whole,
  correction: CorrectionReason.nullable(),
  figures: ResultRecord.unwrap().shape.figures,
  verdicts: z.array(z.object({ rule: z.string(), verdict: z.enum(['holds', 'broken', 'incomplete']) })),
  flags: z.array(
    z.enum([
      'breach-declared',
      'breach-undeclared',
      'verdicts-differ',
      'figures-missing',
      'pages-missing',
      'chain-broken',
      'pictures-unsealed',
      'corrects-another',
    ]),
  ),
  pages: ResultRecord.unwrap().shape.pages,
  wholePictures: z.array(z.string()),
  wallClock: z.date(),
  clockSynchronised: z.boolean(),
  agent: z.string(),
});
/** The pictures of a record (r) that are here, by their sha256. */
export const WHOLE_PICTURES_COLUMN = `coalesce((select jsonb_agg(q.sha256) from ${WHOLE_PICTURES}), '[]'::jsonb) as "wholePictures"`;
const STORED_COLUMNS = `${SUMMARY_COLUMNS}, r.kit, r.sequence, r.correction, r.figures, r.verdicts, r.flags, r.pages,
  ${WHOLE_PICTURES_COLUMN},
  r.wall_clock as "wallClock", r.clock_synchronised as "clockSynchronised", r.agent`;

/** Null where nothing is held of the document. */
export async function documentOf(sql: Sql, forms: FormRegistry, key: DocumentKey): Promise<DocumentDetail | null> {
  const form = forms.byId(key.form);
  if (!form) return null;
  const records = await sql.rows(
    StoredRow,
    `select ${STORED_COLUMNS} from records r where r.mode = $1 and r.tps = $2 and r.form = $3`,
    [key.mode, key.tps, key.form],
  );
  return detailOf(records, form);
}

/** One document for programs: the version that counts, its figures by id. */
export interface Result extends DocumentSummary {
  readonly digest: string;
  readonly figures: Readonly<Record<string, number | null>>;
}

export async function resultsOf(sql: Sql, forms: FormRegistry, mode: Mode): Promise<readonly Result[]> {
  const rows = await sql.rows(
    StoredRow,
    `select ${STORED_COLUMNS} from records r where r.mode = $1 order by r.tps, r.form`,
    [mode],
  );
  return [...Map.groupBy(rows, (row) => `${row.tps} ${row.form}`).values()].flatMap((records) => {
    const current = standingOf(records)?.current;
    const summary = summaryOf(records, forms.byId(current?.form ?? ''));
    if (!current || !summary) return [];
    const figures = Object.fromEntries(current.figures.map(({ id, value }) => [id, value]));
    return [{ ...summary, digest: current.digest, figures }];
  });
}

const CountedRow = StoredRow.pick({ figures: true, flags: true }).extend(SummaryRow.shape);

/** The sums of an official result form over all stations. Practice is never summed. */
export async function recapitulationOf(sql: Sql, stations: StationRegister, form: string): Promise<Recapitulation> {
  const rows = await sql.rows(
    CountedRow,
    `select ${SUMMARY_COLUMNS}, r.figures, r.flags from records r where r.mode = 'resmi' and r.form = $1`,
    [form],
  );
  return recapitulate(
    form,
    stations,
    Map.groupBy(rows, ({ tps }) => tps),
    await decisionsIn(sql),
  );
}

/** Whether a record says that this picture shows personal data. */
export async function isRestrictedPicture(sql: Sql, sha256: string): Promise<boolean> {
  const restricted = JSON.stringify([{ sha256, restricted: true }]);
  const rows = await sql.rows(z.object({}), 'select from records where pages @> $1::jsonb limit 1', [restricted]);
  return rows.length > 0;
}

/** Documents whose records name this picture. */
export function documentsWith(sql: Sql, kit: string, sha256: string): Promise<readonly DocumentKey[]> {
  return sql.rows(
    z.object({ mode: Mode, tps: z.string(), form: z.string() }),
    `select distinct mode, tps, form from records where kit = $1 and pages @> $2::jsonb`,
    [kit, JSON.stringify([{ sha256 }])],
  );
}
