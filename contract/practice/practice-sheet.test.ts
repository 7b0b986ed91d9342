import { describe, expect, test } from 'vitest';
import { shippedForms } from '../forms.ts';
import { CHARACTERS, isPracticeTag, PRACTICE_SHEET, PracticeSheet, practiceForms } from './practice-sheet.ts';

const { form, rows, name } = PRACTICE_SHEET;

describe('the practice sheet', () => {
  test('asks for each digit and for X, in six boxes each', () => {
    expect(rows.map(({ character }) => character)).toEqual(CHARACTERS);
    expect(form.pages[0]?.figures.map(({ boxes }) => boxes.length)).toEqual(CHARACTERS.map(() => 6));
  });

  test('is A4, with boxes no smaller than 16 mm', () => {
    expect(form.sheet).toEqual({ width: 210, height: 297 });
    const sides = form.pages.flatMap((page) =>
      page.figures.flatMap(({ boxes }) => boxes.flatMap(([, , w, h]) => [w, h])),
    );
    expect(Math.min(...sides)).toBe(16);
  });

  test('lies inside its marks, examples and name too', () => {
    if (form.marks.by !== 'saddles') throw new Error('practice sheets have saddle marks');
    const { tl, br } = form.marks.saddles;
    const boxes = form.pages.flatMap((page) => page.figures.flatMap((figure) => figure.boxes));
    for (const [x, y, w, h] of [...boxes, name, ...rows.map(({ example }) => example)]) {
      expect(x >= tl[0] && y >= tl[1] && x + w <= br[0] && y + h <= br[1]).toBe(true);
    }
  });

  test('is refused where rows and figures do not match', () => {
    const isSheet = (sheet: unknown) => PracticeSheet.safeParse(sheet).success;
    expect(isSheet(PRACTICE_SHEET)).toBe(true);
    expect(isSheet({ ...PRACTICE_SHEET, rows: rows.toReversed() })).toBe(false);
    expect(isSheet({ ...PRACTICE_SHEET, rows: rows.map((row) => ({ ...row, character: '4' })) })).toBe(false);
    expect(isSheet({ ...PRACTICE_SHEET, form: { ...form, pages: [...form.pages, ...form.pages] } })).toBe(false);
  });
});

describe('practice and official forms never mix', () => {
  const official = shippedForms();
  const tags = official.forms.flatMap((shipped) => shipped.pages.map((page) => page.tag)).filter((tag) => tag !== null);

  test('no official form has the id or a tag of the practice sheet', () => {
    expect(official.byId(form.id)).toBeUndefined();
    expect(tags.filter(isPracticeTag)).toEqual([]);
    expect(isPracticeTag(231) && official.byTag(231) === undefined).toBe(true);
  });

  test('practice knows no official form', () => {
    expect(practiceForms().forms).toEqual([form]);
    expect(tags.map((tag) => practiceForms().byTag(tag)).filter(Boolean)).toEqual([]);
  });
});
