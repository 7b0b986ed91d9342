import { setTimeout as sleep } from 'node:timers/promises';
import { type Happened, happened } from '#agent/event-log/catalogue.ts';
import type { Confirmed, Store } from '#agent/store/store.ts';
import type { ResultRecord } from '#contract/wire/record.ts';
import type { Signed } from '#contract/wire/signature.ts';
import type { Effect, Event } from './event.ts';
import { eventsOf } from './logged.ts';
import { step } from './machine.ts';
import type { Rulebook } from './rulebook.ts';
import type { State, StoreFault } from './state.ts';

/** The machine on the disk. One change after another; a state is durable before it is shown and before its effects begin. */
export interface DurableMachine {
  state(): State;
  /** Why the last change could not be kept; null when it could. */
  fault(): StoreFault | null;
  /**
   * What a person does, on a screen that showed the given turn where one is given; 'stale' where it showed an
   * earlier one. Where it cannot be kept it did not happen: a person can do it again.
   */
  attempt(event: Event, turn?: number): Promise<'kept' | 'not-kept' | 'stale'>;
  /** What a device or the centre tells. Where it cannot be kept it is tried again until it can, and attempts are refused meanwhile. */
  dispatch(event: Event): Promise<void>;
  /** Keeps a record and what the machine makes of the event, both in one write. */
  confirm(record: ResultRecord, signed: Signed, event: Event): Promise<Confirmed>;
  /** Resolves once what was begun before is done, or was tried again: to wait for a full disk is no standstill. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

export interface DurableMachineSetting {
  readonly book: Rulebook;
  readonly store: Store<State>;
  /** Does the effects of a state that is durable now. */
  run(effect: Effect): void;
  /** Writes down what happened. */
  note(happened: Happened): void;
  /** Called after every change, also of `fault`. */
  onChange(): void;
}

export function durableMachine({ book, store, run, note, onChange }: DurableMachineSetting): DurableMachine {
  const closing = new AbortController();
  let fault: StoreFault | null = null;
  let insisting = false;
  let tried = Promise.withResolvers<void>();
  let last: Promise<unknown> = Promise.resolve();

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = last.then(work);
    last = done.catch(() => undefined);
    return done;
  }

  async function keep(event: Event): Promise<'kept' | 'not-kept'> {
    const taking = takeStep(event);
    const written = await store.update(taking.change);
    const isNews = !written.ok && fault !== written.code;
    fault = written.ok ? null : written.code;
    if (isNews && fault) note(happened('store-fault', { code: fault }));
    if (written.ok) taking.done();
    else onChange();
    return written.ok ? 'kept' : 'not-kept';
  }

  /** A step from whatever state is on the disk when its turn comes, and what is done once it is there itself. */
  function takeStep(event: Event): { change(state: State): State; done(): void } {
    let news: readonly Happened[] = [];
    let effects: readonly Effect[] = [];
    return {
      change(before) {
        const taken = step(book, before, event);
        news = eventsOf(before, event, taken.state);
        effects = taken.effects;
        return taken.state;
      },
      done() {
        news.forEach(note);
        onChange();
        effects.forEach(run);
      },
    };
  }

  async function insist(event: Event): Promise<void> {
    while (!closing.signal.aborted) {
      if ((await keep(event)) === 'kept') break;
      insisting = true;
      tried.resolve();
      tried = Promise.withResolvers<void>();
      await sleep(book.delays.saveAgain, undefined, { signal: closing.signal }).catch(() => undefined);
    }
    insisting = false;
  }

  return {
    state: () => store.state(),
    fault: () => fault,
    // Presses must not pile up behind a change that waits for the disk.
    async attempt(event, turn) {
      if (insisting) return 'not-kept';
      return inTurn(async () => (turn !== undefined && turn !== store.state().turn ? 'stale' : keep(event)));
    },
    dispatch: (event) => inTurn(() => insist(event)),
    async confirm(record, signed, event) {
      const taking = takeStep(event);
      const confirmed = await store.confirm(record, signed, taking.change);
      if (confirmed.ok) taking.done();
      return confirmed;
    },
    async settled() {
      await Promise.race([inTurn(async () => undefined), tried.promise]);
    },
    async close() {
      closing.abort();
      await last;
    },
  };
}
