import { z } from 'zod';
import type { FormDefinition } from '#contract/form/definition.ts';
import { isRestricted } from '#contract/form/document.ts';
import type { FormRegistry } from '#contract/form/registry.ts';
import type { StationRegister } from '#contract/station-register.ts';
import { ResultRecord } from '#contract/wire/record.ts';
import type { Sql } from '../database.ts';
import { figuresOf } from '../recapitulation.ts';
import { recapitulationOf, WHOLE_PICTURES_COLUMN } from '../results.ts';
import type { Publication, PublishedForm, PublishedRecord } from './publication.ts';

/** The public results as the database has them now: result forms alone, and of them the official records alone. */
export async function gather(
  sql: Sql,
  forms: FormRegistry,
  register: StationRegister,
  now: Date,
): Promise<Publication> {
  const sent = await sql.rows(z.object({ form: z.string() }), "select distinct form from records where mode = 'resmi'");
  const known = new Set(sent.map(({ form }) => form));
  const results: PublishedForm[] = [];
  for (const form of forms.forms) {
    if (form.kind === 'hasil' && !isRestricted(form) && known.has(form.id)) {
      results.push(await publishedForm(sql, register, form));
    }
  }
  return { at: now, register, results };
}

const RecordRow = z.object({
  tps: z.string(),
  digest: z.string(),
  figures: ResultRecord.unwrap().shape.figures,
  pages: ResultRecord.unwrap().shape.pages,
  wholePictures: z.array(z.string()),
});

async function publishedForm(sql: Sql, register: StationRegister, form: FormDefinition): Promise<PublishedForm> {
  const recapitulation = await recapitulationOf(sql, register, form.id);
  const standing = recapitulation.stations.flatMap(({ digest }) => digest ?? []);
  const rows = await sql.rows(
    RecordRow,
    `select r.tps, r.digest, r.figures, r.pages, ${WHOLE_PICTURES_COLUMN} from records r
     where r.digest in (select jsonb_array_elements_text($1::jsonb))`,
    [JSON.stringify(standing)],
  );
  return { form, recapitulation, records: new Map(rows.map((row) => [row.tps, publishedRecord(row)])) };
}

function publishedRecord({ digest, figures, pages, wholePictures }: z.infer<typeof RecordRow>): PublishedRecord {
  return {
    digest,
    figures: figuresOf({ figures }),
    pictures: pages
      .filter(({ sha256, restricted = false }) => !restricted && wholePictures.includes(sha256))
      .map(({ page, sha256 }) => ({ page, sha256 })),
  };
}
