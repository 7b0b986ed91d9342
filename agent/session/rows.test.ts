import { describe, expect, it } from 'vitest';
import { allFigures } from '#contract/form/definition.ts';
import { shippedForms } from '#contract/forms.ts';
import { rowsOf } from './rows.ts';
import { BESAR } from './testing/small-forms.ts';

describe('the rows of a form', () => {
  it('put side by side what stands side by side on the sheet', () => {
    expect(rowsOf(BESAR)).toEqual([
      {
        page: 1,
        label: 'Pemilih',
        cells: [
          { figure: 'l', name: 'laki-laki' },
          { figure: 'p', name: 'perempuan' },
          { figure: 'j', name: 'jumlah' },
        ],
      },
      { page: 2, label: 'Yang memilih', cells: [{ figure: 'memilih', name: null }] },
    ]);
  });

  it.each(shippedForms().forms)('hold every figure of $id once, in the order of the form', (form) => {
    const figures = rowsOf(form).flatMap(({ cells }) => cells.map(({ figure }) => figure));
    expect(figures).toEqual(allFigures(form).map(({ id }) => id));
  });
});
