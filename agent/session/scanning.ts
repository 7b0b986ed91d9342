import type { PageChoice } from '#agent/read/reading.ts';
import type { FormId } from '#contract/form/definition.ts';
import { isOpenEnded } from '#contract/form/document.ts';
import { pagesOf, withoutPage, withPage } from './draft.ts';
import type { Event } from './event.ts';
import { formOf, type Rulebook } from './rulebook.ts';
import { settle } from './settling.ts';
import type { Draft, Notice, Phase, State } from './state.ts';
import { enter, ignored, type Step, sound, unchanged } from './step.ts';

type Membaca = Extract<Phase, { name: 'membaca' }>;
type PageRead = Extract<Event, { kind: 'page-read' }>;

/** PINDAI: only a press begins a picture; paper on the stand alone never does. */
export function beginCapture(book: Rulebook, state: State, draft: Draft | null): Step {
  return enter(state, { name: 'memotret', draft }, (turn) => [
    sound('begin'),
    { kind: 'capture', turn },
    { kind: 'start-timer', turn, ms: book.delays.capture },
  ]);
}

/** The photo is in memory, and not on the disk before it is known whether it may lie there open. */
export function beginReading(book: Rulebook, state: State, draft: Draft | null): Step {
  const choice = chosenPage(state, draft);
  return enter(state, { name: 'membaca', draft }, (turn) => [
    { kind: 'read', turn, choice },
    { kind: 'start-timer', turn, ms: book.delays.read },
  ]);
}

/** Sheets without a tag are laid down in their order. */
function chosenPage({ byHand }: State, draft: Draft | null): PageChoice | null {
  if (byHand === null) return null;
  const pages = draft?.form === byHand ? pagesOf(draft) : [];
  return { form: byHand, page: Math.max(0, ...pages) + 1 };
}

/** A person says of which form the next sheets without a tag are, or that there are none any more. */
export function chooseByHand(book: Rulebook, state: State, byHand: FormId | null): Step {
  const { phase } = state;
  if (phase.name !== 'menunggu') return ignored(state);
  const form = byHand === null ? null : book.forms.byId(byHand);
  if (form === undefined || (form && !isOpenEnded(form))) return ignored(state);
  if (form && phase.draft && phase.draft.form !== form.id) return ignored(state);
  return enter({ ...state, byHand }, { ...phase, notice: null }, () => [sound('begin')]);
}

/** Takes the page into the document, or says why it has no place there. */
export function takePage(book: Rulebook, state: State, phase: Membaca, read: PageRead): Step {
  const notice = whyNot(book, state, phase.draft, read);
  if (notice) return refuse(state, phase.draft, notice);
  const form = formOf(book, read);
  const { page: number, photo, evidence, byHand } = read;
  const page = { page: number, photo, evidence, ...(byHand ? { byHand } : {}) };
  return settle(book, state, withPage(form, phase.draft, page), 'good');
}

/** Back to waiting, with the reason; nothing of the step is counted. */
export function refuse(state: State, draft: Draft | null, notice: Notice): Step {
  return enter(state, { name: 'menunggu', draft, notice }, () => [sound('refused')]);
}

/** ULANG: takes a page out of the document, so that it can be photographed again. */
export function discardPage(book: Rulebook, state: State, draft: Draft, page: number): Step {
  if (!draft.pages.some((scanned) => scanned.page === page)) return unchanged(state);
  const rest = withoutPage(formOf(book, draft), draft, page);
  const notice = { kind: 'page-discarded', page } as const;
  return enter(state, { name: 'menunggu', draft: rest, notice }, () => [sound('begin')]);
}

function whyNot(book: Rulebook, state: State, draft: Draft | null, read: PageRead): Notice | null {
  if (!book.forms.byId(read.form)) return { kind: 'form-not-expected', found: read.form };
  const { correction, records } = state;
  if (correction && correction.form !== read.form)
    return { kind: 'wrong-form', expected: correction.form, found: read.form };
  if (!correction && records.some(({ form }) => form === read.form))
    return { kind: 'already-recorded', form: read.form };
  if (!draft) return null;
  if (draft.form !== read.form) return { kind: 'wrong-form', expected: draft.form, found: read.form };
  const scanned = draft.pages.some(({ page }) => page === read.page);
  return scanned ? { kind: 'already-scanned', page: read.page } : null;
}
