import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Happened } from '#agent/event-log/catalogue.ts';
import type { Event } from './event.ts';
import { eventsOf } from './logged.ts';
import { step } from './machine.ts';
import { draftOf, firstState, type State } from './state.ts';
import { anyEvening, live } from './testing/evening.ts';
import { BESAR, DAFTAR, signed, written } from './testing/small-forms.ts';
import { BOOK, type Walk, walk } from './testing/walk.ts';

const RIGHT = { l: written(120), p: written(130), j: written(250) };
const told = (at: Walk | State, ...events: readonly Event[]): readonly Happened[] => {
  const happened: Happened[] = [];
  let state = 'phase' in at ? at : at.state;
  for (const event of events) {
    const { state: next } = step(BOOK, state, event);
    happened.push(...eventsOf(state, event, next));
    state = next;
  }
  return happened;
};
const ids = (happened: readonly Happened[]) => happened.map(({ id }) => id);

describe('what the kit writes down', () => {
  it('is every page, whether it was taken or not, and why not', () => {
    const pressed = walk().press('PINDAI');
    const reading = pressed.then({ kind: 'captured', turn: pressed.state.turn });
    const { turn } = reading.state;
    const photo = { sha256: 'a'.repeat(64), bytes: 1 };
    const page = { kind: 'page-read', turn, form: 'besar', page: 1, photo, evidence: {} } as const;
    expect(told(reading, page)).toEqual([{ id: 'page-read', details: { form: 'besar', page: 1 } }]);
    expect(told(reading, { ...page, form: 'asing' })).toMatchObject([{ id: 'page-not-placed' }]);
    const refusal = { kind: 'refused', code: 'glare', figure: 'j' } as const;
    expect(told(reading, { kind: 'page-refused', turn, refusal })).toEqual([
      { id: 'page-refused', details: { code: 'glare' } },
    ]);
  });

  it('is every answer, declaration and confirmation, and who gave it', () => {
    const state: State = { ...walk().state, officer: 'kpps-1' };
    const at = walk(state)
      .scan(BESAR, 1, { ...RIGHT, j: written(251) })
      .scan(BESAR, 2, { memilih: written(9, 8) });
    const answer = { kind: 'answer', figure: 'memilih', value: 9 } as const;
    expect(told(at, answer)).toEqual([
      { id: 'figure-answered', details: { form: 'besar', figure: 'memilih', officer: 'kpps-1' } },
    ]);
    const declared = told(at, answer, { kind: 'declare', rule: 'jumlah' }, { kind: 'press', button: 'YA' });
    expect(declared.at(-1)).toEqual({
      ...{ id: 'breach-declared', details: { form: 'besar', rule: 'jumlah', officer: 'kpps-1' } },
    });
    const armed = walk(state)
      .scan(BESAR, 1, RIGHT)
      .scan(BESAR, 2, { memilih: written(9) })
      .look();
    expect(told(armed, { kind: 'press', button: 'YA' })).toEqual([
      { id: 'document-confirmed', details: { form: 'besar', officer: 'kpps-1' } },
    ]);
  });

  it('is that a list has all its pages, and what became of a record', () => {
    const list = walk().scan(DAFTAR, 1, { 'hadir.1': signed(2) });
    expect(told(list, { kind: 'press', button: 'YA' })).toEqual([
      { id: 'pages-complete', details: { form: 'daftar', pages: 1 } },
    ]);
    const record = { sequence: 1, digest: 'd'.repeat(64), form: 'besar', stage: 'tersimpan' } as const;
    const stored = { ...firstState(), records: [record] };
    const stage = (to: 'terkirim' | 'diterima-pusat' | 'ditolak-pusat') =>
      ids(told(stored, { kind: 'stage', digest: record.digest, stage: to }));
    expect([stage('terkirim'), stage('diterima-pusat'), stage('ditolak-pusat')]).toEqual([
      [],
      ['document-received'],
      ['document-refused'],
    ]);
  });

  it('is nothing where nothing changed', () => {
    expect(told(walk(), { kind: 'press', button: 'YA' }, { kind: 'timer', turn: 99 })).toEqual([]);
  });

  it('names things by code and number alone, whatever happens', () => {
    fc.assert(
      fc.property(anyEvening, (evening) => {
        let before = firstState();
        live(evening, ({ state }) => {
          const press = { kind: 'press', button: 'YA' } as const;
          for (const { details } of [...eventsOf(before, press, state), ...told(state, press)]) {
            for (const value of Object.values(details)) expect(String(value)).toMatch(/^[a-z0-9.-]*$/);
          }
          before = state;
          expect(draftOf(state.phase)?.pages.length ?? 0).toBeLessThan(4);
        });
      }),
      { numRuns: 40 },
    );
  });
});
