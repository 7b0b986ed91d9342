import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { tagModules } from '#contract/form/april-tag.ts';
import { shippedForms } from '#contract/forms.ts';
import { rasterPage } from '#synthesis/print.ts';
import { hollowOf, markOffsets, modulesAt, outlineOf } from '#test/measured-sheet.ts';
import { sharedData } from '#test/shared-data.ts';

/**
 * The official file is drawn at 0.99968 of its own paper, about its middle, which puts the outermost
 * marks 0.14 mm inwards; the rest of the tolerance is the raster's.
 */
const TOLERANCE = 0.3;

const official = sharedData('forms/c-hasil-ppwp-2024.pdf');
const form = shippedForms().byId('c-hasil-ppwp-2024');

describe.skipIf(official === null)('the definition of the presidential form against the official print', () => {
  test.each(form?.pages ?? [])('page $number lies where the definition says', (page) => {
    if (official === null || form?.marks.by !== 'saddles') throw new Error('no official form with a tag');
    const sheet = rasterPage(readFileSync(official), page.number, form.sheet, 8);
    expect(Math.max(...markOffsets(sheet, form))).toBeLessThan(TOLERANCE);
    const boxes = [...page.figures.flatMap((figure) => figure.boxes), ...page.otherBoxes];
    expect(Math.max(...boxes.map((box) => hollowOf(sheet, box).off))).toBeLessThan(TOLERANCE);
    const bubbles = page.figures.flatMap((figure) => figure.bubbles?.flat() ?? []);
    expect(Math.max(0, ...bubbles.map((bubble) => outlineOf(sheet, bubble).off))).toBeLessThan(TOLERANCE);
    const upright = modulesAt(sheet, form.marks.tag.box).toReversed();
    expect(upright.map((row) => row.toReversed())).toEqual(tagModules(page.tag ?? -1));
  });
});
