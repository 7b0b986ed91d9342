import { beforeAll, describe, expect, test } from 'vitest';
import { tagModules } from '#contract/form/april-tag.ts';
import type { FormPage } from '#contract/form/definition.ts';
import { type PageRaster, rasterPage } from '#synthesis/print.ts';
import { hollowOf, markOffsets, modulesAt, outlineOf } from '#test/measured-sheet.ts';
import { chooseForm, printableForms } from './form-choice.ts';

/** How far anything the reader relies on may lie from its definition, mm. */
const TOLERANCE = 0.2;
const PIXELS_PER_MM = 8;

describe.each(printableForms())('$id on paper', (form) => {
  const print = async () => {
    const choice = await chooseForm(form.id);
    if (!choice.ok) throw new Error(choice.says);
    return choice.pdf();
  };
  const sheets: { readonly sheet: PageRaster; readonly page: FormPage }[] = [];
  beforeAll(async () => {
    const pdf = await print();
    for (const page of form.pages)
      sheets.push({ sheet: rasterPage(pdf, page.number, form.sheet, PIXELS_PER_MM), page });
  });

  test('is the same bytes each time', async () => {
    expect(Buffer.compare(await print(), await print())).toBe(0);
  });

  test('is true to scale', () => {
    for (const { sheet } of sheets) {
      expect(Math.abs(sheet.width / PIXELS_PER_MM - form.sheet.width)).toBeLessThan(TOLERANCE);
      expect(Math.abs(sheet.height / PIXELS_PER_MM - form.sheet.height)).toBeLessThan(TOLERANCE);
    }
  });

  test('has its corner marks where the definition says', () => {
    for (const { sheet } of sheets) expect(Math.max(...markOffsets(sheet, form))).toBeLessThan(TOLERANCE);
  });

  test('has every box where the definition says, in a frame no wider than 1.1 mm', () => {
    for (const { sheet, page } of sheets) {
      for (const box of [...page.figures.flatMap((figure) => figure.boxes), ...page.otherBoxes]) {
        const { off, wider, taller } = hollowOf(sheet, box);
        expect(off).toBeLessThan(TOLERANCE);
        expect(Math.max(wider, taller)).toBeLessThan(0);
        expect(Math.min(wider, taller)).toBeGreaterThan(-1.1 - TOLERANCE);
      }
    }
  });

  test('has the ring of every bubble where the definition says', () => {
    for (const { sheet, page } of sheets) {
      for (const bubble of page.figures.flatMap((figure) => figure.bubbles?.flat() ?? [])) {
        const { off, wider, taller } = outlineOf(sheet, bubble);
        expect(off).toBeLessThan(TOLERANCE);
        expect(Math.max(Math.abs(wider), Math.abs(taller))).toBeLessThan(2 * TOLERANCE + 0.18);
      }
    }
  });

  test('shows the tag of each page upside down, as the official form does', () => {
    const { marks } = form;
    for (const { sheet, page } of sheets) {
      if (marks.by === 'squares') expect(page.tag).toBeNull();
      else {
        const upright = modulesAt(sheet, marks.tag.box).toReversed();
        expect(upright.map((row) => row.toReversed())).toEqual(tagModules(page.tag ?? -1));
      }
    }
  });
});
