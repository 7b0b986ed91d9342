import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Composed, compose } from '#agent/record/compose.ts';
import type { Event } from './event.ts';
import { step } from './machine.ts';
import { formOf } from './rulebook.ts';
import type { Draft } from './state.ts';
import { anyEvening, anyHappening, figuresIn, live } from './testing/evening.ts';
import { SMALL_FORMS } from './testing/small-forms.ts';
import { BOOK, fromDisk } from './testing/walk.ts';

describe('whatever happens in an evening', () => {
  it('no record is kept without YA on exactly the figures the screen showed', () => {
    // The check itself stands in the World, which sees every record about to be kept.
    let records = 0;
    fc.assert(
      fc.property(anyEvening, (evening) => {
        records += live(evening, () => undefined).kept.length;
      }),
      { numRuns: 200 },
    );
    // Otherwise the evenings would prove nothing.
    expect(records).toBeGreaterThan(100);
  });

  it('there is at most one record of a document', () => {
    fc.assert(
      fc.property(anyEvening, (evening) => {
        live(evening, ({ kept }) => {
          expect(new Set(kept.map(({ record }) => record.form)).size).toBe(kept.length);
        });
      }),
      { numRuns: 200 },
    );
  });

  it('a confirmed document has nothing open: every question answered, every breach declared', () => {
    fc.assert(
      fc.property(anyEvening, (evening) => {
        for (const { draft } of live(evening, () => undefined).kept) {
          const outcome = composed(draft);
          expect(outcome).toMatchObject({ ok: true });
          if (!outcome.ok) continue;
          const recorded = Object.fromEntries(outcome.record.figures.map(({ id, value }) => [id, value]));
          expect(recorded).toEqual(figuresIn(draft));
        }
      }),
      { numRuns: 200 },
    );
  });

  it('the state can be written to the disk, and goes on from there in the same way', () => {
    fc.assert(
      fc.property(anyEvening, anyHappening, (evening, next) => {
        live(evening, ({ state }) => {
          expect(fromDisk(state)).toEqual(state);
          const event: Event = { kind: 'press', button: next.do === 'press' ? next.button : 'YA' };
          expect(step(BOOK, fromDisk(state), event)).toEqual(step(BOOK, state, event));
        });
      }),
      { numRuns: 50 },
    );
  });

  it('no state is a dead end: whatever happened, a person can still finish a document', () => {
    fc.assert(
      fc.property(anyEvening, (evening) => {
        const world = live(evening, () => undefined);
        const kept = world.kept.length;
        if (kept === SMALL_FORMS.forms.length) return;
        for (let turn = 0; turn < 80 && world.kept.length === kept; turn += 1) world.goOn();
        expect(world.kept.length).toBe(kept + 1);
      }),
      { numRuns: 200 },
    );
  });
});

function composed(draft: Draft): Composed {
  return compose({
    mode: 'latihan',
    tps: '1671010001001',
    kit: 'kit-1',
    form: formOf(BOOK, draft),
    pages: draft.pages.map(({ page, photo }) => ({ page, ...photo })),
    machine: { figures: draft.read.figures, ask: draft.decided.ask },
    answers: draft.answers,
    officer: null,
    declared: draft.declared.map(({ rule }) => rule),
    corrects: null,
    head: null,
    clock: { bootId: 'boot', monotonicMs: 1, wall: new Date(0), synchronised: false },
    agent: 'test',
    model: 'f'.repeat(64),
    wordsModel: 'd'.repeat(64),
  });
}
