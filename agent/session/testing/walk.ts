import type { FigureEvidence } from '#agent/tally/evidence.ts';
import type { FigureId, FormDefinition } from '#contract/form/definition.ts';
import type { Button } from '#drivers/buttons/buttons.ts';
import { figuresOf } from '../draft.ts';
import type { Effect, Event } from '../event.ts';
import { step } from '../machine.ts';
import { formOf, type Rulebook } from '../rulebook.ts';
import { draftOf, firstState, State } from '../state.ts';
import { pageEvidence, SMALL_FORMS } from './small-forms.ts';

/** A rulebook of the two small forms. */
export const BOOK: Rulebook = {
  forms: SMALL_FORMS,
  officers: [],
  delays: { capture: 100, read: 100, beforeConfirm: 100, saveAgain: 10 },
};

/** Walks the machine by hand, event by event. */
export interface Walk {
  readonly state: State;
  /** Of the last event. */
  readonly effects: readonly Effect[];
  then(event: Event): Walk;
  press(button: Button): Walk;
  /** PINDAI, a photo, and what the reader makes of it. */
  scan(form: FormDefinition, page: number, values: Readonly<Record<FigureId, FigureEvidence>>): Walk;
  /** The screen shows all figures, and time passes. */
  look(): Walk;
  restart(): Walk;
}

export function walk(state: State = firstState(), effects: readonly Effect[] = []): Walk {
  const then = (event: Event) => {
    const taken = step(BOOK, state, event);
    return walk(taken.state, taken.effects);
  };
  return {
    state,
    effects,
    then,
    press: (button) => then({ kind: 'press', button }),
    scan(form, page, values) {
      const pressed = then({ kind: 'press', button: 'PINDAI' });
      const photo = { sha256: photoOf(form, page), bytes: 1000 };
      const captured = pressed.then({ kind: 'captured', turn: pressed.state.turn });
      const evidence = pageEvidence(form, page, values);
      return captured.then({ kind: 'page-read', turn: captured.state.turn, form: form.id, page, photo, evidence });
    },
    look() {
      const draft = draftOf(state.phase);
      const figures = draft ? Object.fromEntries(figuresOf(formOf(BOOK, draft), draft)) : {};
      return then({ kind: 'shown', figures }).then({ kind: 'timer', turn: state.turn });
    },
    restart: () => walk(fromDisk(state)).then({ kind: 'resumed', evening: 'kept', records: state.records }),
  };
}

/** The state as it comes back from the disk. */
export function fromDisk(state: State): State {
  return State.parse(JSON.parse(JSON.stringify(state)));
}

function photoOf(form: FormDefinition, page: number): string {
  return `${form.id === 'besar' ? 'a' : 'b'}${page}`.repeat(32);
}
