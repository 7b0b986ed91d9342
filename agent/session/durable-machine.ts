import { setTimeout as sleep } from 'node:timers/promises';
import type { Confirmed, Store } from '#agent/store/store.ts';
import type { ResultRecord } from '#contract/wire/record.ts';
import type { Signed } from '#contract/wire/signature.ts';
import type { Effect, Event } from './event.ts';
import { step } from './machine.ts';
import type { Rulebook } from './rulebook.ts';
import type { State, StoreFault } from './state.ts';
import type { Step } from './step.ts';

/**
 * The machine on the disk. One change after another; a state is durable before it is shown and before
 * its effects begin. While nothing can be kept the change waits and is tried again: nothing is lost.
 */
export interface DurableMachine {
  state(): State;
  /** Why nothing can be kept at the moment; null when it can. */
  fault(): StoreFault | null;
  /** Resolves when the outcome is durable (or the machine was closed). */
  apply(change: (state: State) => Step): Promise<void>;
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
  let last: Promise<void> = Promise.resolve();

  async function applyNow(change: (state: State) => Step): Promise<void> {
    while (!closing.signal.aborted) {
      let effects: readonly Effect[] = [];
      const written = await store.update((state) => {
        const taken = change(state);
        effects = taken.effects;
        return taken.state;
      });
      fault = written.ok ? null : written.code;
      onChange();
      if (written.ok) return effects.forEach(run);
      await sleep(book.delays.saveAgain, undefined, { signal: closing.signal }).catch(() => undefined);
    }
  }

  function apply(change: (state: State) => Step): Promise<void> {
    last = last.then(() => applyNow(change));
    return last;
  }

  return {
    state: () => store.state(),
    fault: () => fault,
    apply,
    dispatch: (event) => apply((state) => step(book, state, event)),
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
    close() {
      closing.abort();
      return last;
    },
  };
}
