import { setTimeout as sleep } from 'node:timers/promises';
import type { Confirmed, Store } from '#agent/store/store.ts';
import type { ResultRecord } from '#contract/wire/record.ts';
import type { Signed } from '#contract/wire/signature.ts';
import type { Effect, Event } from './event.ts';
import { step } from './machine.ts';
import type { Rulebook } from './rulebook.ts';
import type { State, StoreFault } from './state.ts';
import type { Step } from './step.ts';

/** The machine on the disk. One change after another; a state is durable before it is shown and before its effects begin. */
export interface DurableMachine {
  state(): State;
  /** Why the last change could not be kept; null when it could. */
  fault(): StoreFault | null;
  /** What a person does. Where it cannot be kept it did not happen: a person can do it again. */
  attempt(change: (state: State) => Step): Promise<'kept' | 'not-kept'>;
  /** What a device or the centre tells. Where it cannot be kept it is tried again until it can, and attempts are refused meanwhile. */
  dispatch(event: Event): Promise<void>;
  /** Keeps a record and what the machine makes of the event, both in one write. */
  confirm(record: ResultRecord, signed: Signed, event: Event): Promise<Confirmed>;
  close(): Promise<void>;
}

export interface DurableMachineSetting {
  readonly book: Rulebook;
  readonly store: Store<State>;
  /** Does the effects of a state that is durable now. */
  run(effect: Effect): void;
  /** Called after every change, also of `fault`. */
  onChange(): void;
}

export function durableMachine({ book, store, run, onChange }: DurableMachineSetting): DurableMachine {
  const closing = new AbortController();
  let fault: StoreFault | null = null;
  let insisting = false;
  let last: Promise<unknown> = Promise.resolve();

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = last.then(work);
    last = done.catch(() => undefined);
    return done;
  }

  async function keep(change: (state: State) => Step): Promise<'kept' | 'not-kept'> {
    let effects: readonly Effect[] = [];
    const written = await store.update((state) => {
      const taken = change(state);
      effects = taken.effects;
      return taken.state;
    });
    fault = written.ok ? null : written.code;
    onChange();
    if (written.ok) effects.forEach(run);
    return written.ok ? 'kept' : 'not-kept';
  }

  async function insist(event: Event): Promise<void> {
    while (!closing.signal.aborted) {
      if ((await keep((state) => step(book, state, event))) === 'kept') break;
      insisting = true;
      await sleep(book.delays.saveAgain, undefined, { signal: closing.signal }).catch(() => undefined);
    }
    insisting = false;
  }

  return {
    state: () => store.state(),
    fault: () => fault,
    // Presses must not pile up behind a change that waits for the disk.
    attempt: async (change) => (insisting ? 'not-kept' : inTurn(() => keep(change))),
    dispatch: (event) => inTurn(() => insist(event)),
    async confirm(record, signed, event) {
      let effects: readonly Effect[] = [];
      const confirmed = await store.confirm(record, signed, (state) => {
        const taken = step(book, state, event);
        effects = taken.effects;
        return taken.state;
      });
      if (confirmed.ok) {
        onChange();
        effects.forEach(run);
      }
      return confirmed;
    },
    async close() {
      closing.abort();
      await last;
    },
  };
}
