import { describe, expect, it } from 'vitest';
import type { DraftView, FigureView } from '#agent/session/view.ts';
import { CORRECTION_REASONS } from '#contract/wire/record.ts';
import { changesOf, REASONS } from './correction.ts';

it('every reason of a correction has words, once', () => {
  expect(REASONS.map(([reason]) => reason)).toEqual(CORRECTION_REASONS);
});

describe('what a correction changes', () => {
  const figure = (label: string, value: number | null): FigureView => {
    return { label, value, page: 1, photo: 'a', digits: 3, read: value, by: 'machine' };
  };
  const draft: DraftView = {
    ...{ form: 'besar', label: 'Besar', kind: 'hasil', restricted: false, pages: [], rows: [], breaches: [] },
    figures: { l: figure('Laki-laki', 110), p: figure('Perempuan', null), j: figure('Jumlah', 250) },
  };

  it('is named figure by figure, with what stood there before', () => {
    expect(changesOf({ draft, before: { l: 120, p: 130, j: 250 } })).toEqual([
      { label: 'Laki-laki', was: 'sebelumnya 120 →', becomes: '110' },
      { label: 'Perempuan', was: 'sebelumnya 130 →', becomes: 'kosong' },
    ]);
  });

  it('is nothing outside a correction, and where all is as it was', () => {
    expect(changesOf({ draft, before: null })).toEqual([]);
    expect(changesOf({ draft, before: { l: 110, p: null, j: 250 } })).toEqual([]);
  });
});
