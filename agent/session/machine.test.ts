import { describe, expect, it } from 'vitest';
import type { Rule } from '#contract/form/definition.ts';
import { answeredBy } from './draft.ts';
import { step } from './machine.ts';
import type { Rulebook } from './rulebook.ts';
import { draftOf, stateName } from './state.ts';
import { BESAR, KECIL, registryFor, written } from './testing/small-forms.ts';
import { BOOK, fromDisk, type Walk, walk } from './testing/walk.ts';

const RIGHT = { l: written(120), p: written(130), j: written(250) };
const UNSURE = { ...RIGHT, p: written(130, 8) };
const WRONG_SUM = { ...RIGHT, j: written(260) };
const DIGEST = 'd'.repeat(64);

/** Both pages scanned, nothing to ask. */
function atConfirmation(): Walk {
  return walk()
    .scan(BESAR, 1, RIGHT)
    .scan(BESAR, 2, { memilih: written(200) });
}

function stored(): Walk {
  const record = { sequence: 1, digest: DIGEST, form: BESAR.id, stage: 'tersimpan' } as const;
  return atConfirmation().look().press('YA').then({ kind: 'record-kept', record });
}

function name(at: Walk): string {
  return stateName(at.state);
}

function notice(at: Walk): unknown {
  return at.state.phase.name === 'menunggu' ? at.state.phase.notice : 'not waiting';
}

function ask(at: Walk): unknown {
  return at.state.phase.name === 'periksa' ? at.state.phase.ask : 'nothing asked';
}

function pages(at: Walk): readonly number[] {
  return draftOf(at.state.phase)?.pages.map(({ page }) => page) ?? [];
}

describe('scanning', () => {
  it('goes from waiting over photographing and reading to waiting for the next page', () => {
    const pressed = walk().press('PINDAI');
    expect(name(pressed)).toBe('memotret');
    expect(pressed.effects).toContainEqual({ kind: 'capture', turn: pressed.state.turn });
    const captured = pressed.then({ kind: 'captured', turn: pressed.state.turn });
    expect(name(captured)).toBe('membaca');
    expect(captured.effects).toContainEqual({ kind: 'read', turn: captured.state.turn, choice: null });
    expect(name(walk().scan(BESAR, 1, RIGHT))).toBe('menunggu');
  });

  it('takes the pages in any order', () => {
    const at = walk()
      .scan(BESAR, 2, { memilih: written(200) })
      .scan(BESAR, 1, RIGHT);
    expect([name(at), pages(at)]).toEqual(['konfirmasi', [2, 1]]);
  });

  it('refuses a page it already has, and keeps the first', () => {
    const at = walk().scan(BESAR, 1, RIGHT).scan(BESAR, 1, UNSURE);
    expect([notice(at), pages(at)]).toEqual([{ kind: 'already-scanned', page: 1 }, [1]]);
  });

  it('refuses a page of another form while a document is open', () => {
    const at = walk().scan(BESAR, 1, RIGHT).scan(KECIL, 2, {});
    expect([notice(at), pages(at)]).toEqual([{ kind: 'wrong-form', expected: 'besar', found: 'kecil' }, [1]]);
  });

  it('refuses a form this TPS does not fill', () => {
    expect(notice(walk().scan({ ...BESAR, id: 'lain' }, 1, {}))).toEqual({ kind: 'form-not-expected', found: 'lain' });
  });

  it('refuses a form whose record is stored', () => {
    expect(notice(stored().scan(BESAR, 1, RIGHT))).toEqual({ kind: 'already-recorded', form: 'besar' });
    expect(pages(stored().scan(KECIL, 1, RIGHT))).toEqual([1]);
  });

  it('comes back to waiting, with the reason, from everything that goes wrong', () => {
    const pressed = walk().press('PINDAI');
    const { turn } = pressed.state;
    expect(notice(pressed.then({ kind: 'capture-failed', turn, code: 'disconnected' }))).toEqual({
      kind: 'camera',
      code: 'disconnected',
    });
    expect(notice(pressed.then({ kind: 'timer', turn }))).toEqual({ kind: 'camera', code: 'timed-out' });
    const reading = pressed.then({ kind: 'captured', turn });
    const refusal = { kind: 'refused', code: 'corner-hidden', corner: 'bl' } as const;
    expect(notice(reading.then({ kind: 'page-refused', turn: reading.state.turn, refusal }))).toEqual({
      kind: 'page-refused',
      refusal,
    });
    expect(notice(reading.then({ kind: 'photo-not-kept', turn: reading.state.turn, code: 'disk-full' }))).toEqual({
      kind: 'store',
      code: 'disk-full',
    });
    expect(notice(reading.then({ kind: 'timer', turn: reading.state.turn }))).toMatchObject({
      refusal: { code: 'reader-died' },
    });
  });

  it('does not hear what comes back after it was given up', () => {
    const pressed = walk().press('PINDAI');
    const { turn } = pressed.state;
    const late = pressed.then({ kind: 'timer', turn }).then({ kind: 'captured', turn });
    expect([name(late), late.effects]).toEqual(['menunggu', []]);
  });

  it('ULANG takes the last page out again', () => {
    const at = walk().scan(BESAR, 1, RIGHT).press('ULANG');
    expect([pages(at), notice(at)]).toEqual([[], { kind: 'page-discarded', page: 1 }]);
    expect(atConfirmation().press('ULANG').state.phase).toMatchObject({
      name: 'menunggu',
      draft: { pages: [{ page: 1 }] },
    });
  });
});

describe('questions', () => {
  const unsure = walk()
    .scan(BESAR, 1, UNSURE)
    .scan(BESAR, 2, { memilih: written(300, 5) });
  const broken = walk()
    .scan(BESAR, 1, WRONG_SUM)
    .scan(BESAR, 2, { memilih: written(200) });

  it('are asked one at a time, and an answer goes to the next', () => {
    expect(ask(unsure)).toMatchObject({ kind: 'figure', figure: 'memilih', why: 'unsure' });
    const once = unsure.then({ kind: 'answer', figure: 'memilih', value: 200 });
    expect(ask(once)).toMatchObject({ kind: 'figure', figure: 'p', why: 'unsure' });
    expect(name(once.then({ kind: 'answer', figure: 'p', value: 130 }))).toBe('konfirmasi');
  });

  it('do not take an answer to another question, or one with too many digits', () => {
    for (const action of [
      { kind: 'answer', figure: 'l', value: 1 },
      { kind: 'answer', figure: 'memilih', value: 1000 },
      { kind: 'declare', rule: 'jumlah' },
    ] as const) {
      expect(ask(unsure.then(action))).toEqual(ask(unsure));
    }
  });

  it('are asked of a figure the machine has nothing of: that is not the same as an empty row', () => {
    const withoutP = BESAR.pages.map((page) => ({ ...page, figures: page.figures.filter(({ id }) => id !== 'p') }));
    const at = walk()
      .scan({ ...BESAR, pages: withoutP }, 1, RIGHT)
      .scan(BESAR, 2, { memilih: written(200) });
    expect(ask(at)).toEqual({ kind: 'figure', figure: 'p', why: 'unsure' });
    expect(name(at.then({ kind: 'answer', figure: 'p', value: 130 }))).toBe('konfirmasi');
  });

  it('are never answered by YA', () => {
    expect(ask(unsure.press('YA'))).toEqual(ask(unsure));
    expect(unsure.press('YA').effects).toEqual([{ kind: 'sound', sound: 'ignored' }]);
  });

  it('ask about a sum that does not add up until a figure is corrected', () => {
    expect(ask(broken)).toEqual({ kind: 'breach', rule: 'jumlah', step: 'ask' });
    const corrected = broken.then({ kind: 'correct', figure: 'j' }).then({ kind: 'answer', figure: 'j', value: 250 });
    expect(name(corrected)).toBe('konfirmasi');
    const draft = draftOf(corrected.state.phase);
    expect(draft && answeredBy(draft, 'j')).toBe('changed');
  });

  it('let a person declare that the paper is so, in two steps', () => {
    const once = broken.then({ kind: 'declare', rule: 'jumlah' });
    expect(ask(once)).toEqual({ kind: 'breach', rule: 'jumlah', step: 'sure' });
    expect(ask(once.press('ULANG'))).toEqual({ kind: 'breach', rule: 'jumlah', step: 'ask' });
    expect(name(once.press('YA'))).toBe('konfirmasi');
  });

  it('ask again when the figures of a declared breach change', () => {
    const declared = broken.then({ kind: 'declare', rule: 'jumlah' }).press('YA');
    const changed = declared.then({ kind: 'correct', figure: 'l' }).then({ kind: 'answer', figure: 'l', value: 125 });
    expect(ask(changed)).toEqual({ kind: 'breach', rule: 'jumlah', step: 'ask' });
  });

  it('ULANG leaves a correction a person only wanted to look at', () => {
    const chosen = atConfirmation().then({ kind: 'correct', figure: 'l' });
    expect(ask(chosen)).toEqual({ kind: 'figure', figure: 'l', why: 'chosen' });
    expect(name(chosen.press('ULANG'))).toBe('konfirmasi');
  });

  it('ULANG photographs the page of the question again', () => {
    expect(pages(unsure.press('ULANG'))).toEqual([1]);
    expect(pages(broken.press('ULANG'))).toEqual([2]);
  });
});

describe('confirmation', () => {
  it('needs the figures on the screen, and a moment, before YA counts', () => {
    const at = atConfirmation();
    expect(name(at.press('YA'))).toBe('konfirmasi');
    const { turn } = at.state;
    const seen = at.then({ kind: 'shown', figures: { l: 120, p: 130, j: 250, memilih: 200 } });
    expect(name(seen.press('YA'))).toBe('konfirmasi');
    expect(name(seen.then({ kind: 'timer', turn }).press('YA'))).toBe('menyimpan');
  });

  it('does not count a screen that showed other figures, or not all', () => {
    for (const figures of [
      { l: 120, p: 130, j: 250, memilih: 201 },
      { l: 120, p: 130, j: 250 },
    ]) {
      const at = atConfirmation();
      const shown = at.then({ kind: 'shown', figures }).then({ kind: 'timer', turn: at.state.turn });
      expect(name(shown.press('YA'))).toBe('konfirmasi');
    }
  });

  it('YA asks the screen to go on while not everything was shown', () => {
    expect(atConfirmation().press('YA').press('YA').state.phase).toMatchObject({ scroll: 2, sight: 'unseen' });
  });

  it('keeps one record, however often YA is pressed', () => {
    const once = atConfirmation().look().press('YA');
    expect(once.effects.map(({ kind }) => kind)).toEqual(['keep-record']);
    expect(once.press('YA').effects).toEqual([{ kind: 'sound', sound: 'ignored' }]);
    expect(stored().press('YA').effects).toEqual([]);
  });

  it('shows the figures again when they could not be kept', () => {
    const storing = atConfirmation().look().press('YA');
    const failed = storing.then({ kind: 'record-not-kept', turn: storing.state.turn, code: 'disk-full' });
    expect(failed.state.phase).toMatchObject({ name: 'konfirmasi', sight: 'unseen', notice: { code: 'disk-full' } });
    expect(name(failed.look().press('YA'))).toBe('menyimpan');
  });
});

describe('after storing', () => {
  it('tells how far the record has come, and never goes back', () => {
    const sent = stored().then({ kind: 'stage', digest: DIGEST, stage: 'terkirim' });
    expect([name(stored()), name(sent)]).toEqual(['tersimpan', 'terkirim']);
    const received = sent.then({ kind: 'stage', digest: DIGEST, stage: 'diterima-pusat' });
    expect(name(received)).toBe('diterima-pusat');
    expect(name(received.then({ kind: 'stage', digest: DIGEST, stage: 'ditolak-pusat' }))).toBe('diterima-pusat');
    expect(name(stored().then({ kind: 'stage', digest: 'e'.repeat(64), stage: 'terkirim' }))).toBe('tersimpan');
  });

  it('begins the next document with PINDAI', () => {
    expect(pages(stored().scan(KECIL, 2, {}))).toEqual([2]);
  });
});

describe('correcting what is stored', () => {
  const reopen = { kind: 'reopen', form: BESAR.id, reason: 'paper-corrected' } as const;
  const correction = { form: BESAR.id, sequence: 1, reason: 'paper-corrected' };

  it('takes all pages of that form anew, and no page of another', () => {
    const at = stored().then(reopen);
    expect([name(at), at.state.correction]).toEqual(['menunggu', correction]);
    expect(notice(at.scan(KECIL, 1, RIGHT))).toEqual({ kind: 'wrong-form', expected: 'besar', found: 'kecil' });
    expect(pages(at.scan(BESAR, 1, RIGHT))).toEqual([1]);
  });

  it('makes a record that says what it corrects and why, and is over then', () => {
    const again = stored()
      .then(reopen)
      .scan(BESAR, 1, { ...RIGHT, l: written(110), p: written(140) })
      .scan(BESAR, 2, { memilih: written(200) })
      .look()
      .press('YA');
    expect(again.effects).toEqual([expect.objectContaining({ kind: 'keep-record', correction })]);
    const record = { sequence: 2, digest: 'e'.repeat(64), form: BESAR.id, stage: 'tersimpan' } as const;
    const kept = again.then({ kind: 'record-kept', record });
    expect([name(kept), kept.state.correction, kept.state.records.length]).toEqual(['tersimpan', null, 2]);
    expect(again.restart().effects).toEqual([expect.objectContaining({ kind: 'keep-record', correction })]);
    const late = walk(fromDisk(again.state)).then({
      kind: 'resumed',
      evening: 'kept',
      records: [...again.state.records, record],
    });
    expect([name(late), late.state.correction, late.effects]).toEqual(['tersimpan', null, []]);
  });

  it('is left with ULANG once no page lies there, or at once, and nothing has changed then', () => {
    const at = stored().then(reopen);
    for (const left of [
      at.press('ULANG'),
      at.scan(BESAR, 1, RIGHT).press('ULANG').press('ULANG'),
      at.scan(BESAR, 1, RIGHT).then({ kind: 'abandon-correction' }),
    ]) {
      expect([name(left), pages(left), left.state.correction]).toEqual(['menunggu', [], null]);
      expect(notice(left.scan(BESAR, 1, RIGHT))).toEqual({ kind: 'already-recorded', form: 'besar' });
    }
  });

  it('is not begun for what is not stored, nor while another document lies there', () => {
    expect(walk().then(reopen).state.correction).toBeNull();
    expect(stored().scan(KECIL, 1, RIGHT).then(reopen).state.correction).toBeNull();
  });
});

describe('after a restart', () => {
  it('goes on where it was', () => {
    const unsure = walk()
      .scan(BESAR, 1, UNSURE)
      .scan(BESAR, 2, { memilih: written(300, 5) });
    expect(ask(unsure.restart())).toEqual(ask(unsure));
    expect(pages(walk().scan(BESAR, 1, RIGHT).restart())).toEqual([1]);
    expect(name(stored().restart())).toBe('tersimpan');
  });

  it('does not photograph by itself what lies on the stand', () => {
    const at = walk().press('PINDAI').restart();
    expect([name(at), notice(at), at.effects]).toEqual(['menunggu', { kind: 'restarted' }, []]);
  });

  it('says so when the saved evening could not be read, and knows what the store holds', () => {
    const { records } = stored().state;
    const lost = walk().then({ kind: 'resumed', evening: 'lost', records });
    expect(notice(lost)).toEqual({ kind: 'state-lost' });
    expect(notice(lost.scan(BESAR, 1, RIGHT))).toEqual({ kind: 'already-recorded', form: 'besar' });
    expect(notice(walk().then({ kind: 'resumed', evening: 'fresh', records: [] }))).toBeNull();
  });

  it('does not count a page that was being read', () => {
    const pressed = walk().press('PINDAI');
    const at = pressed.then({ kind: 'captured', turn: pressed.state.turn }).restart();
    expect([name(at), notice(at), at.effects]).toEqual(['menunggu', { kind: 'restarted' }, []]);
  });

  it('shows the figures again before they can be confirmed', () => {
    expect(name(atConfirmation().look().restart().press('YA'))).toBe('konfirmasi');
  });

  it('keeps the record that was being kept', () => {
    expect(
      atConfirmation()
        .look()
        .press('YA')
        .restart()
        .effects.map(({ kind }) => kind),
    ).toEqual(['keep-record']);
  });

  it('asks what a newer form leaves open, rather than failing at the record again with every start', () => {
    const rules = BESAR.rules.flatMap((rule): readonly Rule[] =>
      rule.kind === 'sum' ? [rule, { ...rule, id: 'baru', parts: ['l'] }] : [rule],
    );
    const newer: Rulebook = { ...BOOK, forms: registryFor([{ ...BESAR, rules }]) };
    const confirmed = atConfirmation().look().press('YA');
    for (const at of [atConfirmation(), confirmed]) {
      const resumed = step(newer, fromDisk(at.state), { kind: 'resumed', evening: 'kept', records: [] });
      expect(ask(walk(resumed.state))).toEqual({ kind: 'breach', rule: 'baru', step: 'ask' });
    }
  });

  it('does not keep again what the store has, even when the saved state is older', () => {
    const [record] = stored().state.records;
    for (const at of [atConfirmation(), atConfirmation().look().press('YA'), walk().scan(BESAR, 1, RIGHT)]) {
      const resumed = walk(fromDisk(at.state)).then({
        kind: 'resumed',
        evening: 'kept',
        records: record ? [record] : [],
      });
      expect([name(resumed), resumed.effects]).toEqual(['tersimpan', []]);
    }
  });
});
