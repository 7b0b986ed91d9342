import { allFigures, type FormDefinition } from '#contract/form/definition.ts';
import { judge } from '#contract/form/rules.ts';
import { shippedForms } from '#contract/forms.ts';
import type { RecordedFigure, ResultRecord } from '#contract/wire/record.ts';

/** Figures of C.Hasil-KWK Gubernur that obey every rule. */
export const CONSISTENT: Readonly<Record<string, number>> = {
  'dpt.l': 260,
  'dpt.p': 280,
  'dpt.j': 540,
  'pengguna-dpt.l': 180,
  'pengguna-dpt.p': 200,
  'pengguna-dpt.j': 380,
  'pengguna-dpph.l': 3,
  'pengguna-dpph.p': 2,
  'pengguna-dpph.j': 5,
  'pengguna-dptb.l': 1,
  'pengguna-dptb.p': 4,
  'pengguna-dptb.j': 5,
  'pengguna.l': 184,
  'pengguna.p': 206,
  'pengguna.j': 390,
  'surat-suara.diterima': 554,
  'surat-suara.digunakan': 390,
  'surat-suara.dikembalikan': 2,
  'surat-suara.tidak-digunakan': 162,
  'disabilitas.l': 1,
  'disabilitas.p': 2,
  'disabilitas.j': 3,
  'paslon-1': 120,
  'paslon-2': 158,
  'paslon-3': 97,
  'suara.sah': 375,
  'suara.tidak-sah': 15,
  'suara.total': 390,
};

export const FORM = formOf('c-hasil-kwk-gubernur');

function formOf(id: string): FormDefinition {
  const form = shippedForms().byId(id);
  if (!form) throw new Error(`no form ${id}`);
  return form;
}

/** A kit's record as its agent would compose it: the verdicts follow from the figures. */
export function recordOf(given: Partial<ResultRecord> & Pick<ResultRecord, 'kit' | 'tps'>): ResultRecord {
  const figures = given.figures ?? figuresOf(CONSISTENT);
  const verdicts = judge(FORM, new Map(figures.map(({ id, value }) => [id, value])));
  return {
    schema: 1,
    kind: 'hasil',
    mode: 'resmi',
    form: FORM.id,
    version: 1,
    supersedes: null,
    figures,
    verdicts: verdicts.map(({ rule, verdict }) => ({ rule: rule.id, verdict, severity: rule.severity })),
    paperBreaksRules: false,
    pages: FORM.pages.map(({ number }) => ({ page: number, sha256: `${number}`.repeat(64), bytes: 100 })),
    sequence: 1,
    previous: null,
    bootId: 'boot-1',
    monotonicMs: 1000,
    wallClock: '2026-11-25T09:00:00.000Z',
    clockSynchronised: true,
    agent: '0.1.0',
    model: 'e'.repeat(64),
    ...given,
  };
}

export function figuresOf(values: Readonly<Record<string, number | null>>): readonly RecordedFigure[] {
  return allFigures(FORM)
    .filter(({ id }) => id in values)
    .map(({ id }) => {
      const value = values[id] ?? null;
      return { id, value, read: value, probability: 0.999, by: 'machine', officer: null };
    });
}
