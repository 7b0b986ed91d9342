import { describe, expect, it } from 'vitest';
import { nextAsk } from './draft.ts';
import type { Draft, Notice } from './state.ts';
import { draftOf } from './state.ts';
import { BESAR, DAFTAR, signed, written } from './testing/small-forms.ts';
import { type Walk, walk } from './testing/walk.ts';

const page = (at: Walk, number: number, count: number, doubtful?: 'doubtful') =>
  at.scan(DAFTAR, number, { [`hadir.${number}`]: signed(count, doubtful) });
const name = ({ state }: Walk) => state.phase.name;
const draft = ({ state }: Walk) => draftOf(state.phase) as Draft;
const notice = ({ state }: Walk): Notice | null => ('notice' in state.phase ? state.phase.notice : null);
const pages = (at: Walk) => draft(at).pages.map((scanned) => scanned.page);

describe('a document of as many pages as were needed', () => {
  it('waits for the next page until a person says that these are all', () => {
    const two = page(page(walk(), 1, 3), 2, 4);
    expect([name(two), pages(two)]).toEqual(['menunggu', [1, 2]]);
    expect(name(two.press('YA'))).toBe('konfirmasi');
  });

  it('takes its pages in any order', () => {
    expect(name(page(page(page(walk(), 3, 1), 1, 3), 2, 4).press('YA'))).toBe('konfirmasi');
  });

  it('names the pages that lack, and is not confirmed without them', () => {
    const gap = page(page(walk(), 1, 3), 3, 4).press('YA');
    expect([name(gap), notice(gap)]).toEqual(['menunggu', { kind: 'pages-missing', pages: [2] }]);
    expect(name(page(gap, 2, 1).press('YA'))).toBe('konfirmasi');
  });

  it('asks what is in doubt while the page still lies there', () => {
    const doubtful = page(walk(), 1, 3, 'doubtful');
    expect(doubtful.state.phase).toMatchObject({ name: 'periksa', ask: { kind: 'figure', figure: 'hadir.1' } });
    const answered = doubtful.then({ kind: 'answer', figure: 'hadir.1', value: 4 });
    expect([name(answered), nextAsk(DAFTAR, draft(answered))]).toEqual(['menunggu', null]);
  });

  it('hears no count that its page has no cells for', () => {
    const doubtful = page(walk(), 1, 3, 'doubtful');
    expect(doubtful.then({ kind: 'answer', figure: 'hadir.1', value: 5 }).state).toBe(doubtful.state);
  });

  it('takes one more page at the confirmation, and must be closed again', () => {
    const more = page(page(walk(), 1, 3).press('YA'), 2, 2);
    expect([name(more), pages(more), draft(more).closed]).toEqual(['menunggu', [1, 2], false]);
  });

  it('loses a page by ULANG, and must be closed again', () => {
    const less = page(page(walk(), 1, 3), 2, 2)
      .press('YA')
      .press('ULANG');
    expect([name(less), pages(less), draft(less).closed]).toEqual(['menunggu', [1], false]);
  });

  it('goes on after a power cut where it was', () => {
    const two = page(page(walk(), 1, 3), 2, 4).restart();
    expect([name(two), pages(two)]).toEqual(['menunggu', [1, 2]]);
    expect(name(two.press('YA').restart())).toBe('konfirmasi');
  });

  it('leaves YA without meaning for a result form that lacks a page', () => {
    const one = walk().scan(BESAR, 1, { l: written(120), p: written(130), j: written(250) });
    expect(one.press('YA').state).toBe(one.state);
    expect(walk().press('YA').state.phase.name).toBe('menunggu');
  });
});

describe('a sheet without a tag', () => {
  const reading = (at: Walk) => {
    const pressed = at.press('PINDAI');
    return pressed.then({ kind: 'captured', turn: pressed.state.turn });
  };
  const choiceOf = (at: Walk) => at.effects.find((effect) => effect.kind === 'read')?.choice;
  const said = walk().then({ kind: 'by-hand', form: DAFTAR.id });

  it('is the next page of the form a person names', () => {
    expect(choiceOf(reading(said))).toEqual({ form: 'daftar', page: 1 });
    expect(choiceOf(reading(page(page(said, 1, 2), 2, 2)))).toEqual({ form: 'daftar', page: 3 });
  });

  it('has its count asked, for nothing is read from it', () => {
    const read = reading(said);
    const photo = { sha256: 'c'.repeat(64), bytes: 1, restricted: true } as const;
    const asked = read.then({
      ...{ kind: 'page-read', turn: read.state.turn, form: DAFTAR.id, page: 1, photo, byHand: true, evidence: {} },
    });
    expect(asked.state.phase).toMatchObject({ name: 'periksa', ask: { figure: 'hadir.1', why: 'unsure' } });
  });

  it('is named only for documents that can have one, and while a page is waited for', () => {
    expect(walk().then({ kind: 'by-hand', form: BESAR.id }).state.byHand).toBeNull();
    expect(walk().then({ kind: 'by-hand', form: 'tidak-ada' }).state.byHand).toBeNull();
    expect(reading(walk()).then({ kind: 'by-hand', form: DAFTAR.id }).state.byHand).toBeNull();
    const other = walk().scan(BESAR, 1, { l: written(120), p: written(130), j: written(250) });
    expect(other.then({ kind: 'by-hand', form: DAFTAR.id }).state.byHand).toBeNull();
  });

  it('is no longer expected once a person says so', () => {
    expect(choiceOf(reading(said.then({ kind: 'by-hand', form: null })))).toBeNull();
  });
});
