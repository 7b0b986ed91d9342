import { isOpenEnded } from '#contract/form/document.ts';
import type { Button } from '#drivers/buttons/buttons.ts';
import { abandonCorrection, reopen } from './correcting.ts';
import { ACTIONS, type Event } from './event.ts';
import { printSlips, recordAt, recordKept, recordNotKept, resume, slipsPrinted } from './keeping.ts';
import { countersign, isAnonymous, logIn, logOut, pinWrong } from './officers.ts';
import { formOf, type Rulebook } from './rulebook.ts';
import { beginCapture, beginReading, chooseByHand, discardPage, refuse, takePage } from './scanning.ts';
import { close, confirm, declareBreach, pageOfAsk, seeFigures, settle, settleBy, turnTo } from './settling.ts';
import type { Phase, State } from './state.ts';
import { draftOf } from './state.ts';
import { enter, ignored, type Step, unchanged, within } from './step.ts';

/** What a person does with the kit, whoever he is; looking is no deed. */
const DEEDS: ReadonlySet<string> = new Set(ACTIONS.filter((kind) => kind !== 'shown'));

/**
 * The kit's whole behaviour as a pure function. An event that has no meaning in the state changes
 * nothing; a person's action then sounds 'ignored', so that no press goes unheard.
 */
export function step(book: Rulebook, state: State, event: Event): Step {
  if (isDeed(event) && isAnonymous(book, state)) return ignored(state);
  switch (event.kind) {
    case 'press':
      return pressed(book, state, event.button);
    case 'answer':
    case 'correct':
    case 'declare':
      return settleBy(book, state, event);
    case 'retake':
      return retake(book, state, event.page);
    case 'reopen':
      return reopen(book, state, event);
    case 'abandon-correction':
      return abandonCorrection(state);
    case 'print':
      return printSlips(state, event.sequence);
    case 'printed':
      return slipsPrinted(state, event.sequence);
    case 'log-out':
      return logOut(state);
    case 'logged-in':
      return logIn(book, state, event.officer);
    case 'countersigned':
      return countersign(book, state, event.officer);
    case 'pin-wrong':
      return pinWrong(book, state, event.officer);
    case 'by-hand':
      return chooseByHand(book, state, event.form);
    case 'shown':
      return seeFigures(book, state, event.figures);
    case 'stage':
      return recordAt(state, event);
    case 'record-kept':
      return recordKept(state, event.record);
    case 'resumed':
      return resume(book, state, event);
    case 'captured':
    case 'capture-failed':
    case 'photo-not-kept':
    case 'page-read':
    case 'page-refused':
    case 'record-not-kept':
    case 'timer':
      return event.turn === state.turn ? returned(book, state, event) : unchanged(state);
  }
}

function isDeed({ kind }: Event): boolean {
  return DEEDS.has(kind);
}

function pressed(book: Rulebook, state: State, button: Button): Step {
  switch (button) {
    case 'PINDAI':
      return pressedPindai(book, state);
    case 'YA':
      return pressedYa(book, state);
    case 'ULANG':
      return pressedUlang(book, state);
  }
}

function pressedPindai(book: Rulebook, state: State): Step {
  const { phase } = state;
  if (phase.name === 'menunggu') return beginCapture(book, state, phase.draft);
  if (phase.name === 'konfirmasi' && isOpenEnded(formOf(book, phase.draft))) {
    return beginCapture(book, state, phase.draft);
  }
  return phase.name === 'selesai' ? beginCapture(book, state, null) : ignored(state);
}

function pressedYa(book: Rulebook, state: State): Step {
  const { phase } = state;
  switch (phase.name) {
    case 'periksa': {
      const { ask, draft } = phase;
      return ask.kind === 'breach' && ask.step === 'sure'
        ? declareBreach(book, state, draft, ask.rule)
        : ignored(state);
    }
    case 'konfirmasi':
      return confirm(book, state, phase);
    case 'selesai':
      return enter(state, { name: 'menunggu', draft: null, notice: null }, () => []);
    case 'menunggu':
      return close(book, state, phase.draft);
    case 'memotret':
    case 'membaca':
    case 'menyimpan':
      return ignored(state);
  }
}

/** ULANG takes the last deliberate step back where there is one, else it photographs a page again. */
function pressedUlang(book: Rulebook, state: State): Step {
  const { phase } = state;
  switch (phase.name) {
    case 'menunggu':
    case 'konfirmasi': {
      const last = phase.draft?.pages.at(-1)?.page;
      return last === undefined ? abandonCorrection(state) : retake(book, state, last);
    }
    case 'periksa': {
      const { ask, draft } = phase;
      if (ask.kind === 'breach' && ask.step === 'sure') return turnTo(state, draft, { ...ask, step: 'ask' });
      if (ask.kind === 'figure' && ask.why === 'chosen') return settle(book, state, draft, 'begin');
      const page = pageOfAsk(formOf(book, draft), ask);
      return page === undefined ? ignored(state) : retake(book, state, page);
    }
    case 'selesai':
      return printSlips(state, phase.sequence);
    case 'memotret':
    case 'membaca':
    case 'menyimpan':
      return ignored(state);
  }
}

function retake(book: Rulebook, state: State, page: number): Step {
  const { phase } = state;
  const draft = draftOf(phase);
  const open = phase.name === 'menunggu' || phase.name === 'periksa' || phase.name === 'konfirmasi';
  return open && draft?.pages.some((scanned) => scanned.page === page)
    ? discardPage(book, state, draft, page)
    : ignored(state);
}

type Returned = Extract<Event, { readonly turn: number }>;

/** What comes back from camera, reader and timer, in the turn that asked for it. */
function returned(book: Rulebook, state: State, event: Returned): Step {
  const { phase } = state;
  switch (phase.name) {
    case 'memotret':
      return returnedFromCamera(book, state, phase.draft, event);
    case 'membaca':
      return returnedFromReader(book, state, phase, event);
    case 'konfirmasi':
      return event.kind === 'timer' && phase.sight === 'seen'
        ? within(state, { ...phase, sight: 'armed' }, [])
        : unchanged(state);
    case 'menyimpan':
      return event.kind === 'record-not-kept' ? recordNotKept(state, phase.draft, event.code) : unchanged(state);
    case 'menunggu':
    case 'periksa':
    case 'selesai':
      return unchanged(state);
  }
}

function returnedFromCamera(
  book: Rulebook,
  state: State,
  draft: Extract<Phase, { name: 'memotret' }>['draft'],
  event: Returned,
): Step {
  switch (event.kind) {
    case 'captured':
      return beginReading(book, state, draft);
    case 'capture-failed':
      return refuse(state, draft, { kind: 'camera', code: event.code });
    case 'timer':
      return refuse(state, draft, { kind: 'camera', code: 'timed-out' });
    case 'page-read':
    case 'page-refused':
    case 'photo-not-kept':
    case 'record-not-kept':
      return unchanged(state);
  }
}

function returnedFromReader(
  book: Rulebook,
  state: State,
  phase: Extract<Phase, { name: 'membaca' }>,
  event: Returned,
): Step {
  switch (event.kind) {
    case 'page-read':
      return takePage(book, state, phase, event);
    case 'page-refused':
      return refuse(state, phase.draft, { kind: 'page-refused', refusal: event.refusal });
    case 'timer':
      return refuse(state, phase.draft, { kind: 'page-refused', refusal: { kind: 'refused', code: 'reader-died' } });
    case 'photo-not-kept':
      return refuse(state, phase.draft, { kind: 'store', code: event.code });
    case 'captured':
    case 'capture-failed':
    case 'record-not-kept':
      return unchanged(state);
  }
}
