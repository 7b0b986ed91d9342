import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { shippedForms } from '#contract/forms.ts';
import { formPdf } from '#provisioning/paper/form-pdf.ts';
import { SEVERITIES } from './camera/conditions.ts';
import { CARES } from './care.ts';
import { drawFigures } from './figures.ts';
import { photograph } from './photograph.ts';
import { randomOf } from './random.ts';

/**
 * node synthesis/make.ts --out DIR [--form ID] [--seed TEXT] [--count PAGES] [--severity good|fair|hard]
 *   [--care careful|ordinary|careless] [--split train|test] [--paper FILE.pdf] [--long-side PX] [--blank]
 *
 * Writes page-1.jpg, page-1.json (the truth) and so on: the pages of one TPS in order, then of the next.
 */
const USAGE = z.object({
  out: z.string().min(1),
  form: z.string().default('c-hasil-kwk-gubernur'),
  seed: z.string().default('1'),
  count: z.coerce.number().int().positive().optional(),
  severity: z.enum(SEVERITIES).default('good'),
  care: z.enum(CARES).default('ordinary'),
  split: z.enum(['train', 'test']).default('test'),
  paper: z.string().optional(),
  'long-side': z.coerce.number().int().min(800).max(8000).default(4000),
  blank: z.boolean().default(false),
});

const text = { type: 'string' } as const;
const { values } = parseArgs({
  options: {
    out: text,
    form: text,
    seed: text,
    count: text,
    severity: text,
    care: text,
    split: text,
    paper: text,
    'long-side': text,
    blank: { type: 'boolean' },
  },
});
const wanted = USAGE.safeParse(values);
if (!wanted.success) {
  console.error(z.prettifyError(wanted.error));
  process.exit(2);
}
await make(wanted.data);

async function make(options: z.infer<typeof USAGE>): Promise<void> {
  const form = shippedForms().byId(options.form);
  if (!form) throw new Error(`there is no form ${options.form}`);
  const pdf = options.paper ? readFileSync(options.paper) : await formPdf(form);
  mkdirSync(options.out, { recursive: true });
  const count = options.count ?? form.pages.length;
  for (let index = 0; index < count; index++) {
    const tps = Math.floor(index / form.pages.length);
    const seed = tps === 0 ? options.seed : `${options.seed} tps ${tps + 1}`;
    const { jpeg, truth } = photograph({
      form,
      page: (index % form.pages.length) + 1,
      pdf,
      figures: options.blank ? null : drawFigures(form, randomOf(seed).fork('figures')),
      seed,
      split: options.split,
      care: options.care,
      severity: options.severity,
      longSide: options['long-side'],
      fixed: {},
    });
    const name = join(options.out, `page-${index + 1}`);
    writeFileSync(`${name}.jpg`, jpeg);
    writeFileSync(`${name}.json`, `${JSON.stringify(truth, null, 2)}\n`);
    console.log(`${name}.jpg: ${form.id} page ${truth.page}, ${Math.round(jpeg.length / 1024)} kB`);
  }
}
