import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { shippedForms } from '#contract/forms.ts';
import { formPdf } from '#provisioning/paper/form-pdf.ts';
import { sharedData } from '#test/shared-data.ts';
import { type PageRaster, rasterPage } from './print.ts';

const form = shippedForms().byId('c-hasil-ppwp-2024');
const official = sharedData('forms/c-hasil-ppwp-2024.pdf');

const SHEET = { width: 600, height: 900 };

describe('a printed page as a picture', () => {
  it('has the sheet at the asked scale and its marks where the definition says', async () => {
    if (!form) throw new Error('the PPWP form is missing');
    for (const { number } of form.pages) expectMarks(rasterPage(await formPdf(form), number, SHEET, 2));
  });

  it.skipIf(!official)('has the marks of the official form there too: its page is the trimmed sheet', () => {
    if (!official) return;
    for (const page of [1, 2, 3]) expectMarks(rasterPage(readFileSync(official), page, SHEET, 4));
  });
});

function expectMarks({ width, height, gray, pxPerMm }: PageRaster): void {
  if (form?.marks.by !== 'saddles') throw new Error('the PPWP form has no saddles');
  expect([width, height]).toEqual([600 * pxPerMm, 900 * pxPerMm]);
  const level = (x: number, y: number): number => gray[Math.floor(y * pxPerMm) * width + Math.floor(x * pxPerMm)] ?? 0;
  for (const [x, y] of Object.values(form.marks.saddles)) {
    // A millimetre from the saddle each side still is itself: the mark lies within a millimetre of the truth.
    for (const off of [1, 6]) {
      expect(Math.max(level(x - off, y - off), level(x + off, y + off))).toBeLessThan(100);
      expect(Math.min(level(x + off, y - off), level(x - off, y + off))).toBeGreaterThan(200);
    }
  }
}
