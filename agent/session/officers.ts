import type { Officer } from '#contract/officers/officer-register.ts';
import type { Rulebook } from './rulebook.ts';
import type { State } from './state.ts';
import { ignored, type Step, sound, unchanged } from './step.ts';

/** Who works with the kit. A kit without officers (a demonstration, a rehearsal) asks nobody who he is. */

/** After so many wrong PINs the next one waits; the wait doubles with each. */
const FREE_TRIES = 3;
const FIRST_WAIT_MS = 10_000;
/** After so many the officer's PIN is locked for this long: another officer can go on meanwhile. */
const LOCKED_AFTER = 8;
const LOCKED_MS = 30 * 60_000;

/** How long the next PIN of an officer waits after so many wrong ones in a row, ms. */
export function waitAfter(wrong: number): number {
  if (wrong < FREE_TRIES) return 0;
  return isLocked(wrong) ? LOCKED_MS : FIRST_WAIT_MS * 2 ** (wrong - FREE_TRIES);
}

/** So many wrong PINs in a row lock it. */
export function isLocked(wrong: number): boolean {
  return wrong >= LOCKED_AFTER;
}

/** Nobody has logged in, and somebody must. */
export function isAnonymous(book: Rulebook, { officer }: State): boolean {
  return book.officers.length > 0 && officer === null;
}

/** The chair confirms; where there are no officers, whoever stands there. */
export function mayConfirm(book: Rulebook, { officer }: State): boolean {
  return book.officers.length === 0 || officerOf(book, officer)?.role === 'ketua';
}

export function officerOf(book: Rulebook, code: string | null): Officer | undefined {
  return book.officers.find((officer) => officer.code === code);
}

/** A PIN was right. */
export function logIn(book: Rulebook, state: State, code: string): Step {
  if (!officerOf(book, code)) return unchanged(state);
  return { state: { ...withoutWrong(state, code), officer: code }, effects: [sound('good')] };
}

export function logOut(state: State): Step {
  if (state.officer === null) return ignored(state);
  return { state: { ...state, officer: null }, effects: [sound('begin')] };
}

/** A PIN was wrong: it is remembered over a power cut, so that switching the kit off gives no new tries. */
export function pinWrong(book: Rulebook, state: State, code: string): Step {
  if (!officerOf(book, code)) return unchanged(state);
  const wrong = (state.wrongPins[code] ?? 0) + 1;
  return { state: { ...state, wrongPins: { ...state.wrongPins, [code]: wrong } }, effects: [sound('refused')] };
}

/** A second officer or a witness, whose PIN was right, stands by the figures that are about to be confirmed. */
export function countersign(book: Rulebook, state: State, code: string): Step {
  const { phase } = state;
  if (phase.name !== 'konfirmasi' || !officerOf(book, code) || code === state.officer) return ignored(state);
  if (phase.draft.countersigned.includes(code)) return ignored(state);
  const draft = { ...phase.draft, countersigned: [...phase.draft.countersigned, code] };
  return { state: { ...withoutWrong(state, code), phase: { ...phase, draft } }, effects: [sound('good')] };
}

function withoutWrong(state: State, code: string): State {
  const { [code]: _, ...wrongPins } = state.wrongPins;
  return { ...state, wrongPins };
}
