import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { locatePage } from '#agent/page/locate.ts';
import { decodePicture, isPicture } from '#agent/page/picture.ts';
import { shippedForms } from '#contract/forms.ts';
import { formPdf } from '#provisioning/paper/form-pdf.ts';
import { photograph } from '#synthesis/photograph.ts';
import { countOf, countSignatures, signedProbability } from './signatures.ts';

const forms = shippedForms();

describe('the count of signatures', () => {
  it('is a distribution over every count there can be', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 20 }), (signed) => {
        const { candidates, unlisted } = countOf(signed);
        const sum = candidates.reduce((all, { probability }) => all + probability, unlisted);
        expect(sum).toBeCloseTo(1, 9);
        expect(candidates.every(({ value }) => value >= 0 && value <= signed.length)).toBe(true);
        const [best] = candidates;
        expect(candidates.every(({ probability }) => probability <= (best?.probability ?? 0))).toBe(true);
      }),
    );
  });

  it('of cells that are clear is sure, and one cell in doubt leaves two counts', () => {
    expect(countOf([0.9999, 0.0001, 0.9999]).candidates[0]).toMatchObject({ value: 2 });
    const [one, other] = countOf([0.9999, 0.5, 0.0001]).candidates;
    expect([one?.value, other?.value].sort()).toEqual([1, 2]);
    expect(one?.probability).toBeCloseTo(0.5, 2);
  });

  it('takes specks for paper, a dash for neither, and ink for a signature', () => {
    expect(signedProbability(0.001)).toBeLessThan(0.001);
    expect(signedProbability(0.015)).toBeGreaterThan(0.1);
    expect(signedProbability(0.015)).toBeLessThan(0.9);
    expect(signedProbability(0.08)).toBeGreaterThan(0.99);
  });

  it.each([
    [1, 0],
    [2, 7],
    [30, 20],
  ])('of a photographed page %i is %i', async (page, value) => {
    const form = forms.byId('daftar-hadir-dpt-kwk');
    if (!form) throw new Error('the attendance list does not ship');
    const { jpeg } = photograph({
      ...{ form, page, pdf: await formPdf(form), figures: new Map([[`tanda-tangan.${page}`, value]]) },
      ...{ seed: `signatures ${page}`, split: 'test', care: 'ordinary', severity: 'good', longSide: 2000, fixed: {} },
    });
    const picture = decodePicture(jpeg);
    if (!isPicture(picture)) throw new Error(picture.code);
    const located = locatePage(picture, forms, null);
    if (located.kind === 'refused') throw new Error(located.code);
    expect([located.form.id, located.page.number]).toEqual([form.id, page]);
    const [cells] = located.page.figures.map(({ signatures }) => signatures ?? []);
    const { candidates } = countSignatures(picture.full, cells ?? [], located.toPhoto);
    expect(candidates[0]).toMatchObject({ value });
    expect(candidates[0]?.probability).toBeGreaterThan(0.98);
  });
});
