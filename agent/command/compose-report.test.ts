import { describe, expect, test } from 'vitest';
import type { PageRefusal } from '#agent/page/refusal.ts';
import type { Evidence } from '#agent/tally/evidence.ts';
import { row, seen } from '#agent/tally/testing/seen.ts';
import { shippedForms } from '#contract/forms.ts';
import { breakRule, drawFigures } from '#synthesis/figures.ts';
import { randomOf } from '#synthesis/random.ts';
import { composeReport, type PhotoAnswer } from './compose-report.ts';
import type { Company } from './documents.ts';
import { Report } from './report.ts';
import { noticesOf, tableOf } from './table.ts';

const forms = shippedForms();
const governor = formOf('c-hasil-kwk-gubernur');
const mayor = formOf('c-hasil-kwk-walikota');
const figures = drawFigures(governor, randomOf('report'));
const clean = seen(governor, figures);

describe('a document whose pages are all there', () => {
  test('is read with nothing to ask: exit 0, every value as written', () => {
    const report = reported(pagesOf(governor, clean));
    expect(report).toMatchObject({ exit: 0, repeatedPages: [] });
    const [document] = report.documents;
    expect(document).toMatchObject({ missingPages: [], questions: [], breaches: [], notJudged: [] });
    expect(new Map(document?.figures.map(({ id, value }) => [id, value]))).toEqual(figures);
  });

  test('has its figures in the form’s order, whatever the order of the photos', () => {
    const [document] = reported(pagesOf(governor, clean).toReversed()).documents;
    expect(document?.pages.map(({ page }) => page)).toEqual([1, 2, 3]);
    expect(document?.figures.map(({ id }) => id)).toEqual([...clean.keys()]);
  });

  test('holds rules across pages: votes on page 2 that are not the sum on page 3 are a breach with a name', () => {
    const wrong = breakRule(governor, figures, 'suara.sah-is-sum', randomOf('wrong'));
    const report = reported(pagesOf(governor, seen(governor, wrong)));
    expect(report.exit).toBe(1);
    expect(report.documents[0]?.breaches).toContainEqual(
      expect.objectContaining({ rule: 'suara.sah-is-sum', severity: 'blocking' }),
    );
    expect(tableOf(report)).toContain('suara.sah-is-sum (wajib): Jumlah suara sah sama dengan penjumlahan');
  });
});

describe('a figure that would be asked', () => {
  const written = String(figures.get('disabilitas.l'));
  const doubtful = new Map(clean).set('disabilitas.l', { boxes: row(written.padEnd(3, '_')) });
  const report = reported(pagesOf(governor, doubtful));
  const figure = report.documents[0]?.figures.find(({ id }) => id === 'disabilitas.l');

  test('has no value, two readings and its reasons; a person must look: exit 1', () => {
    expect(figure).toMatchObject({ value: null, status: 'asked', sureBy: null, reasons: ['unusual-pattern'] });
    expect(figure?.best.value).not.toBe(figure?.second?.value);
    expect(report).toMatchObject({ exit: 1, documents: [{ questions: ['disabilitas.l'] }] });
  });

  test('tells what each of its boxes holds', () => {
    expect(figure?.boxes.map(({ reading }) => reading)).toEqual([...written, 'unused', 'unused'].slice(0, 3));
  });

  test('stands in the table as a question', () => {
    const line = tableOf(report)
      .split('\n')
      .find((candidate) => candidate.includes('disabilitas yang memilih, laki-laki'));
    expect(line).toMatch(/\? \d+ \/ (\d+|kosong) .*ditanyakan: letak angka tidak biasa/);
  });
});

describe('the same page twice', () => {
  const twice = [...pagesOf(governor, clean), ...pagesOf(governor, clean).slice(0, 1)];

  test('is named, and nothing of that form is mixed: exit 1', () => {
    const report = reported(twice);
    expect(report.exit).toBe(1);
    expect(report.repeatedPages).toEqual([{ form: governor.id, page: 1, photos: ['photo-0.jpg', 'photo-3.jpg'] }]);
    expect(report.documents.map(({ pages }) => pages)).toEqual(
      report.photos.map(({ photo }, i) => [{ page: [1, 2, 3, 1][i], photo }]),
    );
    expect(noticesOf(report)).toEqual([expect.stringContaining('tidak digabung')]);
  });

  test('is no concern where every photo stands by itself', () => {
    const report = reported(twice, 'none');
    expect(report.repeatedPages).toEqual([]);
    expect(report.documents).toHaveLength(4);
  });

  test('of one form does not part the pages of another', () => {
    const others = pagesOf(mayor, seen(mayor, drawFigures(mayor, randomOf('mayor'))));
    const { documents } = reported([...twice, ...others]);
    expect(documents.map(({ form, pages }) => [form, pages.length])).toEqual([
      ...Array.from({ length: 4 }, () => [governor.id, 1]),
      [mayor.id, 3],
    ]);
  });
});

test('pages of different forms are different documents', () => {
  const others = pagesOf(mayor, seen(mayor, drawFigures(mayor, randomOf('mayor'))));
  const report = reported([...pagesOf(governor, clean), ...others]);
  expect(report.exit).toBe(0);
  expect(report.documents.map(({ form, pages }) => [form, pages.length])).toEqual([
    [governor.id, 3],
    [mayor.id, 3],
  ]);
});

test('a page that is not there is named, with the rules that nothing can be said about', () => {
  const [document] = reported(pagesOf(governor, clean).slice(0, 1)).documents;
  expect(document?.missingPages).toEqual([2, 3]);
  expect(document?.notJudged).toContain('suara.sah-is-sum');
  expect(tableOf(reported(pagesOf(governor, clean).slice(0, 1)))).toContain('halaman 2, 3 tidak ada');
});

describe('a refused photo', () => {
  const REFUSALS: readonly (readonly [PageRefusal, number])[] = [
    [{ kind: 'refused', code: 'page-not-found' }, 2],
    [{ kind: 'refused', code: 'not-a-picture' }, 2],
    [{ kind: 'refused', code: 'picture-too-small' }, 2],
    [{ kind: 'refused', code: 'blurred', measured: 0.5, limit: 0.3 }, 2],
    [{ kind: 'refused', code: 'too-dark', measured: 16, limit: 50 }, 2],
    [{ kind: 'refused', code: 'bent', measured: 6, limit: 3 }, 2],
    [{ kind: 'refused', code: 'cut-off', corner: 'bl' }, 2],
    [{ kind: 'refused', code: 'corner-hidden', corner: 'tr' }, 2],
    [{ kind: 'refused', code: 'glare', figure: 'dpt.l' }, 2],
    [{ kind: 'refused', code: 'unknown-tag', tag: 7 }, 2],
    [{ kind: 'refused', code: 'practice-sheet' }, 2],
    [{ kind: 'refused', code: 'reader-died' }, 70],
  ];

  test.each(REFUSALS)('%o tells code, details and what to do', (refusal, exit) => {
    const report = reported([...pagesOf(governor, clean), refusal]);
    const { kind, code, ...details } = refusal;
    expect(report.exit).toBe(exit);
    expect(report.photos.at(-1)).toMatchObject({ kind, code, details, photo: 'photo-3.jpg' });
    expect(noticesOf(report)).toEqual([expect.stringMatching(`^photo-3.jpg: ditolak \\(${code}\\): .+\\. .+\\.$`)]);
  });

  test('names corner and figure in the words of the form', () => {
    const said = (refusal: PageRefusal) => noticesOf(reported([refusal]))[0];
    expect(said({ kind: 'refused', code: 'cut-off', corner: 'bl' })).toContain('Sudut kiri bawah di luar foto.');
    expect(said({ kind: 'refused', code: 'glare', figure: 'dpt.l' })).toContain('Pemilih dalam DPT, laki-laki');
  });
});

function formOf(id: string) {
  const form = forms.byId(id);
  if (!form) throw new Error(`there is no form ${id}`);
  return form;
}

type Answer = PhotoAnswer['answer'];

function pagesOf(form: typeof governor, evidence: Evidence): readonly Answer[] {
  return form.pages.map(({ number, figures: printed }) => {
    const here = printed.flatMap(({ id }) => {
      const figure = evidence.get(id);
      return figure ? [[id, figure] as const] : [];
    });
    const ms = { decode: 1, page: 2, boxes: 3, digits: 4, words: 0, pictures: 5 };
    return { kind: 'read', form: form.id, page: number, evidence: Object.fromEntries(here), ms };
  });
}

/** Every report of these tests is one that a script can parse. */
function reported(answers: readonly Answer[], company: Company = 'form'): Report {
  const named = answers.map((answer, i): PhotoAnswer => {
    return { photo: { file: `photo-${i}.jpg`, kind: 'jpeg' }, answer };
  });
  return Report.parse(composeReport(forms, { model: 'ab'.repeat(32), answers: named, company, ms: 1 }));
}
