import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Composed, compose } from '#agent/record/compose.ts';
import type { Event } from './event.ts';
import { step } from './machine.ts';
import { formOf } from './rulebook.ts';
import type { Draft } from './state.ts';
import { anyEvening, anyHappening, figuresIn, live, longEvening } from './testing/evening.ts';
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
      { numRuns: 500 },
    );
    // Otherwise the evenings would prove nothing.
    expect(records).toBeGreaterThan(100);
  });

  it('there is one record of a document, and of each correction a person has opened at most one more', () => {
    let corrections = 0;
    fc.assert(
      fc.property(longEvening, (evening) => {
        const { kept } = live(evening, ({ kept, reopened }) => {
          const firsts = kept.filter(({ corrects }) => corrects === null);
          expect(new Set(firsts.map(({ record }) => record.form)).size).toBe(firsts.length);
          expect(kept.length - firsts.length).toBeLessThanOrEqual(reopened);
        });
        corrections += kept.filter(({ corrects }) => corrects !== null).length;
      }),
      { numRuns: 100 },
    );
    expect(corrections).toBeGreaterThan(50);
  });

  it('a correction supersedes the newest record of its document, which no other does', () => {
    fc.assert(
      fc.property(longEvening, (evening) => {
        const { kept } = live(evening, () => undefined);
        for (const [at, { record, corrects }] of kept.entries()) {
          const before = kept.slice(0, at).findLast((other) => other.record.form === record.form);
          expect(corrects).toBe(before?.record.sequence ?? null);
        }
      }),
      { numRuns: 100 },
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
        const stored = new Set(world.kept.map(({ record }) => record.form)).size;
        if (stored === SMALL_FORMS.forms.length && !world.state.correction) return;
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
    answeredBy: draft.answeredBy,
    confirmedBy: null,
    countersigned: [],
    declared: draft.declared.map(({ rule }) => rule),
    corrects: null,
    head: null,
    clock: { bootId: 'boot', monotonicMs: 1, wall: new Date(0), synchronised: false },
    agent: 'test',
    model: 'f'.repeat(64),
    wordsModel: 'd'.repeat(64),
  });
}
