import { describe, expect, it } from 'vitest';
import type { Figures } from '#contract/form/rules.ts';
import { attendanceOf } from './attendance.ts';
import { type Draft, draftOf } from './state.ts';
import { BESAR, DAFTAR, signed, written } from './testing/small-forms.ts';
import { BOOK, walk } from './testing/walk.ts';

const nothing = () => null;
const recorded = (figures: Readonly<Record<string, Figures>>) => (form: string) => figures[form] ?? null;
const voted = (value: number | null): Figures => new Map([['memilih', value]]);

/** Three pages: 4, 3 and 2 have signed; of the second the machine was least sure. */
const list = draftOf(
  walk()
    .scan(DAFTAR, 1, { 'hadir.1': signed(4) })
    .scan(DAFTAR, 2, { 'hadir.2': signed(3, 'doubtful') })
    .then({ kind: 'answer', figure: 'hadir.2', value: 3 })
    .scan(DAFTAR, 3, { 'hadir.3': signed(2) }).state.phase,
) as Draft;
const result = draftOf(
  walk()
    .scan(BESAR, 1, { l: written(120), p: written(130), j: written(250) })
    .scan(BESAR, 2, { memilih: written(9) }).state.phase,
) as Draft;

describe('an attendance list', () => {
  it('has as many signatures as the result form says have voted', () => {
    expect(attendanceOf(BOOK, list, recorded({ besar: voted(9) }))).toEqual([
      { form: 'daftar', label: 'Daftar Hadir', counted: 9, written: 9, page: null },
    ]);
  });

  it('that differs names the page to count again first', () => {
    expect(attendanceOf(BOOK, list, recorded({ besar: voted(10) }))).toMatchObject([
      { counted: 9, written: 10, page: 2 },
    ]);
  });

  it('is held against the form that says most: some voters have one ballot only', () => {
    expect(attendanceOf(BOOK, list, recorded({ besar: voted(8), kecil: voted(9) }))).toMatchObject([{ written: 9 }]);
  });

  it('has nothing to be held against before a result is stored, or where its row is empty', () => {
    expect(attendanceOf(BOOK, list, nothing)).toMatchObject([{ counted: 9, written: null, page: null }]);
    expect(attendanceOf(BOOK, list, recorded({ besar: voted(null) }))).toMatchObject([{ written: null }]);
  });

  it('stored before the result is held against it when that is confirmed', () => {
    const stored = new Map([
      ['hadir.1', 4],
      ['hadir.2', 4],
    ]);
    expect(attendanceOf(BOOK, result, recorded({ daftar: stored }))).toMatchObject([
      { counted: 8, written: 9, page: null },
    ]);
    expect(attendanceOf(BOOK, result, nothing)).toEqual([]);
  });
});
