import { keptOf, standingCorrection } from './correcting.ts';
import { isSettled } from './draft.ts';
import type { Event } from './event.ts';
import { formOf, type Rulebook } from './rulebook.ts';
import { refuse } from './scanning.ts';
import { beginKeeping, settle } from './settling.ts';
import type { Draft, KeptRecord, State, StoreFault } from './state.ts';
import { draftOf, STAGES } from './state.ts';
import { enter, ignored, type Step, sound, unchanged, within } from './step.ts';

/** The record is durable. A repeated answer about the same record changes nothing. */
export function recordKept(state: State, record: KeptRecord): Step {
  const { phase } = state;
  if (phase.name !== 'menyimpan' || phase.draft.form !== record.form) return unchanged(state);
  const others = state.records.filter(({ sequence }) => sequence !== record.sequence);
  const records = [...others, record];
  return enter(
    { ...state, records, correction: null, byHand: null },
    { name: 'selesai', sequence: record.sequence },
    () => [sound('stored')],
  );
}

/** Nothing was kept: the figures are shown again, with the reason, and may be confirmed again. */
export function recordNotKept(state: State, draft: Draft, code: StoreFault): Step {
  const notice = { kind: 'store', code } as const;
  return enter(state, { name: 'konfirmasi', draft, sight: 'unseen', scroll: 0, notice }, () => [sound('refused')]);
}

/** Prints the slips of a record that is stored. */
export function printSlips(state: State, sequence: number): Step {
  const isStored = state.records.some((record) => record.sequence === sequence);
  return isStored ? { state, effects: [{ kind: 'print', sequence }] } : ignored(state);
}

/** What is printed next of this record is a copy. */
export function slipsPrinted(state: State, sequence: number): Step {
  const printed = { ...state.printed, [sequence]: (state.printed[sequence] ?? 0) + 1 };
  return { state: { ...state, printed }, effects: [] };
}

/** A record only ever moves on; late or repeated news is no news. */
export function recordAt(state: State, event: Extract<Event, { kind: 'stage' }>): Step {
  const record = state.records.find(({ digest }) => digest === event.digest);
  if (!record || STAGES.indexOf(event.stage) <= STAGES.indexOf(record.stage)) return unchanged(state);
  const records = state.records.map((other) => (other === record ? { ...record, stage: event.stage } : other));
  const effects = event.stage === 'diterima-pusat' ? [sound('received')] : [];
  return { state: { ...state, records }, effects };
}

/**
 * Goes on after the kit was switched on. What the store holds decides: a document it has is never
 * confirmed again. A page whose photo was not kept yet is photographed again by a person, never by itself.
 */
export function resume(book: Rulebook, saved: State, { evening, records }: Extract<Event, { kind: 'resumed' }>): Step {
  const found: State = { ...saved, records };
  const kept = keptOf(found);
  // Whoever had logged in may have left.
  const state: State = { ...found, officer: null, correction: kept ? null : standingCorrection(book, found) };
  if (evening === 'fresh') return within(state, state.phase, []);
  if (evening === 'lost') return refuse(state, null, { kind: 'state-lost' });
  const { phase } = state;
  const draft = draftOf(phase);
  if (kept) return enter(state, { name: 'selesai', sequence: kept.sequence }, () => []);
  if (draft && !book.forms.byId(draft.form)) return refuse(state, null, { kind: 'state-lost' });
  // Another version of the form may ask what the one before did not: then nothing is confirmed yet.
  const wasSettled = phase.name === 'konfirmasi' || phase.name === 'menyimpan';
  if (wasSettled && !isSettled(formOf(book, phase.draft), phase.draft)) return settle(book, state, phase.draft, 'ask');
  switch (phase.name) {
    case 'menunggu':
    case 'memotret':
    case 'membaca':
      return restarted(state);
    case 'periksa':
      return enter(state, phase, () => []);
    case 'konfirmasi':
      return enter(state, { ...phase, sight: 'unseen', scroll: 0 }, () => []);
    case 'menyimpan':
      return beginKeeping(state, phase.draft, phase.officer);
    case 'selesai':
      return records.some(({ sequence }) => sequence === phase.sequence)
        ? enter(state, phase, () => [])
        : restarted(state);
  }
}

function restarted(state: State): Step {
  const notice = { kind: 'restarted' } as const;
  return enter(state, { name: 'menunggu', draft: draftOf(state.phase), notice }, () => []);
}
