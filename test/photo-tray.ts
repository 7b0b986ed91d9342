import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FigureId, FormDefinition } from '#contract/form/definition.ts';
import type { FigureValue } from '#contract/form/rules.ts';
import { formPdf } from '#provisioning/paper/form-pdf.ts';
import { drawFigures } from '#synthesis/figures.ts';
import { photograph } from '#synthesis/photograph.ts';
import { randomOf } from '#synthesis/random.ts';

/** Photos of one TPS's form, page after page, and what is written on them. */
export interface PhotoTray {
  readonly folder: string;
  readonly written: Readonly<Record<FigureId, FigureValue>>;
}

/** Prints, fills and photographs a form once; the same seed later finds the photos where they are. */
export async function photoTray(folder: string, form: FormDefinition, seed: string): Promise<PhotoTray> {
  const truth = join(folder, 'written.json');
  if (!existsSync(truth)) await fill(folder, form, seed);
  return { folder, written: JSON.parse(readFileSync(truth, 'utf8')) };
}

async function fill(folder: string, form: FormDefinition, seed: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const pdf = await formPdf(form);
  const figures = drawFigures(form, randomOf(seed).fork('figures'));
  const written: Record<FigureId, FigureValue> = {};
  for (const { number } of form.pages) {
    const { jpeg, truth } = photograph({
      form,
      page: number,
      pdf,
      figures,
      seed,
      split: 'test',
      care: 'ordinary',
      severity: 'good',
      longSide: 4000,
      fixed: {},
    });
    writeFileSync(join(folder, `page-${number}.jpg`), jpeg);
    for (const { id, value } of truth.figures) written[id] = value;
  }
  // Last and in one step: a tray that was begun and cut short is made anew.
  writeFileSync(join(folder, 'written.part'), JSON.stringify(written));
  renameSync(join(folder, 'written.part'), join(folder, 'written.json'));
}
