import { describe, expect, test } from 'vitest';
import { allFigures, printedCells, type Rect } from './form/definition.ts';
import { shippedForms } from './forms.ts';

const { forms, byTag } = shippedForms();

describe('the forms that ship', () => {
  test('are the documents of the Pilkada, the official presidential form of 2024 and one of 2019', () => {
    expect(forms.map((form) => form.id)).toEqual([
      'c-hasil-kwk-gubernur',
      'c-hasil-kwk-walikota',
      'kejadian-khusus-kwk',
      'daftar-hadir-dpt-kwk',
      'daftar-hadir-dpph-kwk',
      'daftar-hadir-dptb-kwk',
      'c-hasil-ppwp-2024',
      'c1-ppwp-2019',
    ]);
  });

  test.each([
    [101, 'c-hasil-ppwp-2024', 1],
    [103, 'c-hasil-ppwp-2024', 3],
    [202, 'c-hasil-kwk-gubernur', 2],
    [213, 'c-hasil-kwk-walikota', 3],
    [300, 'daftar-hadir-dpt-kwk', 1],
    [329, 'daftar-hadir-dpt-kwk', 30],
    [351, 'kejadian-khusus-kwk', 2],
    [359, 'kejadian-khusus-kwk', 10],
  ])('tag %i is on %s, page %i', (tag, id, page) => {
    const found = byTag(tag);
    expect([found?.form.id, found?.page.number]).toEqual([id, page]);
  });

  const wall = forms.filter((form) => form.kind === 'hasil' && form.marks.by === 'saddles');
  test.each(wall)('$id has 22 figures on page 1, 3 pairs on page 2 and 3 sums on page 3', (form) => {
    expect(form.pages.map((page) => page.figures.length)).toEqual([22, 3, 3]);
    expect(form.pages[0]?.figures.flatMap((figure) => figure.boxes)).toHaveLength(66);
  });

  test.each(wall)('$id names its figures as every other does', (form) => {
    expect(allFigures(form).map((figure) => figure.id)).toEqual(allFigures(wall[0] ?? form).map((figure) => figure.id));
  });

  test('an attendance list has a page for every twenty of its voters, each with its own figure and number', () => {
    const pages = shippedForms().byId('daftar-hadir-dpt-kwk')?.pages ?? [];
    expect(pages).toHaveLength(30);
    expect(pages.flatMap(({ figures }) => figures.map(({ id }) => id))).toContain('tanda-tangan.30');
    expect(pages[29]?.print?.texts.map(({ text }) => text)).toContain('Halaman 30');
    expect(pages.every(({ figures }) => figures[0]?.signatures?.length === 20)).toBe(true);
  });

  test.each(forms)('no two boxes of $id overlap', (form) => {
    for (const page of form.pages) {
      const boxes = [...page.figures.flatMap(inkedRects), ...page.otherBoxes];
      const overlapping = boxes.filter((box, b) => boxes.slice(b + 1).some((other) => overlap(box, other)));
      expect(overlapping).toEqual([]);
    }
  });

  test.each(forms)('everything a person fills on $id lies inside its marks', (form) => {
    const { tl, br } = form.marks.by === 'saddles' ? form.marks.saddles : form.marks.centres;
    for (const [x, y, w, h] of form.pages.flatMap((page) => page.figures.flatMap(inkedRects))) {
      expect(x >= tl[0] && y >= tl[1] && x + w <= br[0] && y + h <= br[1]).toBe(true);
    }
  });
});

function inkedRects(figure: ReturnType<typeof allFigures>[number]): readonly Rect[] {
  const words = figure.words ? [figure.words] : [];
  return [
    ...printedCells(figure),
    ...(figure.bubbles?.flat() ?? []),
    ...(figure.turus?.rowTotals.flat() ?? []),
    ...words,
  ];
}

/** Boxes may share a printed line, so 0.5 mm of common ground is none. */
function overlap([ax, ay, aw, ah]: Rect, [bx, by, bw, bh]: Rect): boolean {
  const shared = 0.5;
  return (
    Math.min(ax + aw, bx + bw) - Math.max(ax, bx) > shared && Math.min(ay + ah, by + bh) - Math.max(ay, by) > shared
  );
}
