import { describe, expect, it } from 'vitest';
import { parseDefinition } from '#contract/form/definition.ts';
import { ResultRecord } from '#contract/wire/record.ts';
import { type Confirmation, compose } from './compose.ts';

const FORM = formOf({
  schema: 1,
  id: 'two-pages',
  title: 'Two pages',
  label: 'Dua halaman',
  sheet: { width: 600, height: 900 },
  marks: {
    by: 'squares',
    centres: { tl: [10, 10], tr: [590, 10], br: [590, 890], bl: [10, 890] },
    side: 7,
  },
  pages: [page(1, ['men', 'women']), page(2, ['all'])],
  rules: [
    {
      id: 'sum',
      kind: 'sum',
      total: 'all',
      parts: ['men', 'women'],
      severity: 'blocking',
      says: 'L + P = J',
      source: 's',
    },
    { id: 'limit', kind: 'limit', figure: 'all', max: 600, severity: 'warning', says: 'DPT ≤ 600', source: 's' },
  ],
});

function page(number: number, ids: readonly string[]) {
  const figures = ids.map((id) => ({ id, label: id, boxes: [[100, 100, 18, 18]], guideDots: false }));
  return { number, tag: null, figures, otherBoxes: [] };
}

function formOf(json: unknown) {
  const parsed = parseDefinition(json);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.refusals));
  return parsed.form;
}

const CONFIRMATION: Confirmation = {
  mode: 'latihan',
  tps: '1671010001001',
  kit: 'palembang-0001',
  form: FORM,
  pages: [
    { page: 2, sha256: '2'.repeat(64), bytes: 2 },
    { page: 1, sha256: '1'.repeat(64), bytes: 1 },
  ],
  machine: {
    figures: {
      men: { value: 100, probability: 0.99 },
      women: { value: 120, probability: 0.6 },
      all: { value: 220, probability: 0.98 },
    },
    ask: ['women'],
  },
  answers: { women: 120 },
  answeredBy: { men: 'kpps-3', women: 'kpps-3', all: 'kpps-3' },
  confirmedBy: 'kpps-1',
  countersigned: ['saksi-2'],
  declared: [],
  corrects: null,
  head: null,
  clock: { bootId: 'boot', monotonicMs: 12.5, wall: new Date('2024-11-27T12:00:00Z'), synchronised: false },
  agent: '0.1.0',
  model: 'e'.repeat(64),
  wordsModel: 'd'.repeat(64),
};

function recordOf(parts: Partial<Confirmation>) {
  const composed = compose({ ...CONFIRMATION, ...parts });
  if (!composed.ok) throw new Error(composed.code);
  return composed.record;
}

describe('composing a record', () => {
  it('makes what the contract asks for, pages in their order', () => {
    const record = recordOf({});
    expect(ResultRecord.parse(record)).toEqual(record);
    expect(record.pages.map((page) => page.page)).toEqual([1, 2]);
    expect(record).toMatchObject({
      wallClock: '2024-11-27T12:00:00.000Z',
      clockSynchronised: false,
      model: 'e'.repeat(64),
      wordsModel: 'd'.repeat(64),
    });
  });

  it('says of every figure what the machine read and who had the last word', () => {
    const { figures } = recordOf({ answers: { women: 120, men: 101, all: 221 } });
    expect(figures).toEqual([
      { id: 'men', value: 101, read: 100, probability: 0.99, by: 'changed', officer: 'kpps-3' },
      { id: 'women', value: 120, read: 120, probability: 0.6, by: 'confirmed', officer: 'kpps-3' },
      { id: 'all', value: 221, read: 220, probability: 0.98, by: 'changed', officer: 'kpps-3' },
    ]);
    expect(recordOf({}).figures[0]).toMatchObject({ by: 'machine', officer: null });
  });

  it('takes a person’s word for a figure the machine has no reading of', () => {
    const { men: _, ...figures } = CONFIRMATION.machine.figures;
    const record = recordOf({ machine: { figures, ask: [] }, answers: { men: 100 }, answeredBy: {} });
    expect(record.figures[0]).toEqual({
      id: 'men',
      value: 100,
      read: null,
      probability: 0,
      by: 'changed',
      officer: null,
    });
  });

  it('keeps a row that is not filled in apart from 0', () => {
    const { figures, verdicts } = recordOf({ answers: { women: 120, all: null } });
    expect(figures[2]).toMatchObject({ value: null, by: 'changed' });
    expect(verdicts[0]).toEqual({ rule: 'sum', verdict: 'incomplete', severity: 'blocking' });
  });

  it('takes the next place in the chain, and the next version of a document it corrects', () => {
    const first = recordOf({});
    expect(first).toMatchObject({ sequence: 1, previous: null, version: 1, supersedes: null });
    expect(first).not.toHaveProperty('correction');
    const next = recordOf({
      head: { sequence: 6, digest: '6'.repeat(64) },
      corrects: { version: 2, digest: '5'.repeat(64), reason: 'misread' },
    });
    expect(next).toMatchObject({ sequence: 7, previous: '6'.repeat(64), version: 3, supersedes: '5'.repeat(64) });
    expect(next.correction).toBe('misread');
  });

  it('refuses a document with a page missing', () => {
    const refused = compose({ ...CONFIRMATION, pages: CONFIRMATION.pages.slice(1) });
    expect(refused).toEqual({ ok: false, code: 'page-missing', pages: [2] });
  });

  it('refuses while a question is open or a figure was never read', () => {
    expect(compose({ ...CONFIRMATION, answers: {} })).toEqual({ ok: false, code: 'unanswered', figures: ['women'] });
    const { men: _, ...figures } = CONFIRMATION.machine.figures;
    const unread = compose({ ...CONFIRMATION, machine: { ...CONFIRMATION.machine, figures } });
    expect(unread).toEqual({ ok: false, code: 'unanswered', figures: ['men'] });
  });

  it('refuses a broken blocking rule until somebody said that the paper is so', () => {
    const broken = { answers: { women: 121 } };
    expect(compose({ ...CONFIRMATION, ...broken })).toEqual({ ok: false, code: 'rules-broken', rules: ['sum'] });
    const record = recordOf({ ...broken, declared: ['sum'] });
    expect(record.paperBreaksRules).toBe(true);
    expect(record.verdicts).toContainEqual({ rule: 'sum', verdict: 'broken', severity: 'blocking' });
  });

  it('does not flag the paper for a declaration that came to nothing, nor for a warning', () => {
    expect(recordOf({ declared: ['sum'] }).paperBreaksRules).toBe(false);
    const many = recordOf({ answers: { women: 600, all: 700 } });
    expect(many.paperBreaksRules).toBe(false);
    expect(many.verdicts).toContainEqual({ rule: 'limit', verdict: 'broken', severity: 'warning' });
  });
});
