import type { Action } from './event.ts';
import type { Rulebook } from './rulebook.ts';
import type { Correction, State } from './state.ts';
import { draftOf } from './state.ts';
import { enter, ignored, type Step, sound } from './step.ts';

/**
 * Opens a document again whose record is stored: all its pages are scanned anew, and what is confirmed
 * then supersedes the record. Until then that record stands, at the kit and at the centre.
 */
export function reopen(book: Rulebook, state: State, action: Extract<Action, { kind: 'reopen' }>): Step {
  const { form, reason } = action;
  const record = state.records.findLast((kept) => kept.form === form);
  if (!canReopen(state) || !record || !book.forms.byId(form)) return ignored(state);
  const correction = { form, sequence: record.sequence, reason };
  return enter({ ...state, correction }, { name: 'menunggu', draft: null, notice: null }, () => [sound('begin')]);
}

/** Nothing is on the stand that would be lost. */
export function canReopen({ phase, correction }: State): boolean {
  if (phase.name === 'selesai') return true;
  return phase.name === 'menunggu' && phase.draft === null && correction === null;
}

/** The record stays as it is; pages scanned for the correction are no longer used, their pictures stay on the disk. */
export function abandonCorrection(state: State): Step {
  if (state.phase.name !== 'menunggu' || state.correction === null) return ignored(state);
  return enter({ ...state, correction: null }, { name: 'menunggu', draft: null, notice: null }, () => [sound('begin')]);
}

/** The record a saved evening was about to make, where the store has it by now. */
export function keptOf({ phase, correction, records }: State): State['records'][number] | null {
  const draft = draftOf(phase);
  const after = correction?.sequence ?? 0;
  return (draft && records.findLast(({ form, sequence }) => form === draft.form && sequence > after)) ?? null;
}

/** The correction of a saved evening, where there still is what it corrects and a form to correct it with. */
export function standingCorrection(book: Rulebook, { correction, records }: State): Correction | null {
  const stands = records.some(({ sequence }) => sequence === correction?.sequence);
  return stands && correction && book.forms.byId(correction.form) ? correction : null;
}
