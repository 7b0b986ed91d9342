import { expect, test } from 'vitest';
import { shippedForms } from '#contract/forms.ts';
import { choosePage } from './page-choice.ts';

const forms = shippedForms();

test('a form of one page needs no page number', () => {
  const choice = { form: 'c1-ppwp-2019', page: 1 };
  expect(choosePage(forms, 'c1-ppwp-2019', undefined)).toEqual({ ok: true, choice });
  expect(choosePage(forms, 'c1-ppwp-2019', 1)).toEqual({ ok: true, choice });
});

test('without a choice the tag on the sheet tells', () => {
  expect(choosePage(forms, undefined, undefined)).toEqual({ ok: true, choice: null });
});

test.each([
  ['a form nobody knows', 'c-hasil-kwk-bupati', 1, 'c1-ppwp-2019'],
  ['a form that has a tag, which is never overruled', 'c-hasil-kwk-gubernur', 1, 'leave --form out'],
  ['a page the form has not', 'c1-ppwp-2019', 2, 'choose a page'],
  ['a page without a form', undefined, 2, 'name --form'],
])('refuses %s', (_what, form, page, says) => {
  expect(choosePage(forms, form, page)).toEqual({ ok: false, says: expect.stringContaining(says) });
});
