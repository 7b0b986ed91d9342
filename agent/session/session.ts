import { happened } from '#agent/event-log/catalogue.ts';
import { recordIn } from '#agent/record/kept-chain.ts';
import type { OutboxRecord } from '#agent/store/outbox-record.ts';
import type { CopyState } from '#agent/store/second-copy.ts';
import type { Store } from '#agent/store/store.ts';
import type { UplinkState } from '#agent/uplink/uplink.ts';
import type { FigureId } from '#contract/form/definition.ts';
import type { Figures, FigureValue } from '#contract/form/rules.ts';
import type { Mode } from '#contract/wire/record.ts';
import { type AttendanceView, attendanceOf } from './attendance.ts';
import { durableMachine } from './durable-machine.ts';
import type { Action } from './event.ts';
import { keptRecord } from './kept-record.ts';
import { logIn } from './log-in.ts';
import { pagePictures } from './page-pictures.ts';
import type { FoundMemory, SessionPorts } from './ports.ts';
import { type PrinterView, printing } from './printing.ts';
import type { Rulebook } from './rulebook.ts';
import { lightsOf, tuneOf } from './signals.ts';
import { draftOf, type State, type StoreFault } from './state.ts';
import { type View, viewOf } from './view.ts';
import { workOf } from './work.ts';

export interface Session {
  view(): SessionView;
  /** Calls back after every change of the view; answers how to stop that. */
  onChange(listener: () => void): () => void;
  /** Does what a person did on a screen that showed the given turn. Resolves once the outcome is durable. */
  act(turn: number, action: Action): Promise<ActOutcome>;
  /** Takes an officer's PIN: to log in, or to countersign what is about to be confirmed. */
  enterPin(order: PinOrder): Promise<PinOutcome>;
  /** JPEG of a figure's cut-out or, for null, of the whole flattened page; null while it is not there. */
  picture(photo: string, figure: FigureId | null): Uint8Array | null;
  /** What the uplink is doing, told at every change of it. That a record was received is told by the receipt in the store. */
  hearUplink(uplink: UplinkState): void;
  /** How the second copy stands, told at every change of it. */
  hearCopy(copy: CopyState): void;
  /** Shows the lamps as the state wants them, after something else has shown its own. */
  showLights(): void;
  /** Resolves with the work the session is at (a photo, a page, a record), by its turn; null where it waits for a person or the disk. */
  working(): Promise<number | null>;
  close(): Promise<void>;
}

export interface PinOrder {
  readonly officer: string;
  readonly pin: string;
  readonly as: 'log-in' | 'countersign';
}

/** wait: too many were wrong. unknown: there is no such officer. blocked: nothing can be kept at the moment. */
export type PinOutcome = {
  readonly outcome: 'done' | 'wrong' | 'wait' | 'unknown' | 'blocked';
  /** How long the officer's next PIN must wait, ms. */
  readonly waitMs: number;
};

export interface SessionView extends View {
  readonly mode: Mode;
  readonly kit: string;
  readonly tps: string;
  /** Nothing can be kept at the moment. */
  readonly alert: StoreFault | null;
  /** The officer whose badge was held under the reader, 'stranger' for one that is nobody's; null when none was since the last log-in. */
  readonly badge: string | 'stranger' | null;
  readonly memory: FoundMemory;
  /** null until the uplink has told. */
  readonly uplink: UplinkState | null;
  /** null where this kit has no printer. */
  readonly printer: PrinterView | null;
  /** null where this kit keeps no second copy. */
  readonly copy: CopyState | null;
  /** What the record that is being corrected says; null outside a correction. */
  readonly before: Readonly<Record<FigureId, FigureValue>> | null;
  /** Attendance lists against the result forms, while either is confirmed. */
  readonly attendance: readonly AttendanceView[];
  /** Photos whose flattened picture and cut-outs are there. */
  readonly pictures: readonly string[];
}

/** Phases in which devices are at work, each for a limited time, and nobody is waited for. */
const WORKING: ReadonlySet<State['phase']['name']> = new Set(['memotret', 'membaca', 'menyimpan']);

/** stale: the screen showed an earlier turn. blocked: nothing can be kept at the moment. Either way nothing was done. */
export type ActOutcome = 'done' | 'stale' | 'blocked';

/** Loads the evening from the store, goes on where it was, and listens to the buttons. */
export async function createSession(ports: SessionPorts): Promise<Session> {
  const { store, buzzer, lights } = ports;
  const book: Rulebook = { forms: ports.forms, officers: ports.officers, delays: ports.delays };
  const listeners = new Set<() => void>();
  let uplink: UplinkState | null = null;
  let copy: CopyState | null = null;
  const pictures = pagePictures({ reader: ports.reader, pictureOf, onMade: tell });
  const slips =
    ports.printer &&
    printing({
      ...{ printer: ports.printer, slip: ports.slip, forms: ports.forms, onChange: tell, note: ports.note },
      printed: (sequence) => void machine.dispatch({ kind: 'printed', sequence }),
    });
  const machine = durableMachine({ book, store, note: ports.note, onChange: changed, run: (effect) => run(effect) });
  const run = workOf(ports, book, machine, pictures, slips);

  async function pictureOf(sha256: string): Promise<Uint8Array | null> {
    const kept = await store.pictures.read(sha256);
    return kept.ok ? kept.bytes : null;
  }

  let badge: SessionView['badge'] = null;
  const gate = logIn({
    officers: ports.officers,
    wrong: (code) => store.state().wrongPins[code] ?? 0,
    monotonicMs: ports.clock.monotonicMs,
  });

  async function enterPin({ officer, pin, as }: PinOrder): Promise<PinOutcome> {
    const checked = await gate.check(officer, pin);
    const answer = (outcome: PinOutcome['outcome']) => ({ outcome, waitMs: gate.waitMs(officer) });
    if (checked === 'wait' || checked === 'unknown') return answer(checked);
    const right = as === 'log-in' ? 'logged-in' : 'countersigned';
    const kind = checked === 'right' ? right : 'pin-wrong';
    const kept = await machine.attempt({ kind, officer });
    if (kept === 'not-kept') return answer('blocked');
    if (checked === 'right') badge = null;
    tell();
    return answer(checked === 'right' ? 'done' : 'wrong');
  }

  function tell(): void {
    for (const listener of [...listeners]) listener();
  }

  function changed(): void {
    const state = store.state();
    lights.show(lightsOf(state));
    // While a page is being read its pictures may have come before the page is part of the document; when the
    // document has just been stored the screen may still be loading them.
    if (state.phase.name !== 'membaca' && state.phase.name !== 'selesai') {
      pictures.holdOnly(draftOf(state.phase));
    }
    tell();
  }

  /** What central answered lies in the store; the machine hears of it here. */
  function hearReceipts(): void {
    const known = new Map(store.state().records.map((record) => [record.digest, record.stage]));
    for (const { digest, stage } of store.records().map(keptRecord)) {
      const news = stage !== 'tersimpan' && known.has(digest) && known.get(digest) !== stage;
      if (news) void machine.dispatch({ kind: 'stage', digest, stage });
    }
  }

  function hearUplink(told: UplinkState): void {
    uplink = told;
    const sent = store.state().records.find(({ sequence }) => sequence === told.sentRecord);
    if (sent?.stage === 'tersimpan') void machine.dispatch({ kind: 'stage', digest: sent.digest, stage: 'terkirim' });
    tell();
  }

  function hearCopy(told: CopyState): void {
    copy = told;
    tell();
  }

  await machine.dispatch({ kind: 'resumed', evening: ports.evening, records: store.records().map(keptRecord) });
  const stopHearing = store.onWritten(hearReceipts);
  const stopListening = ports.buttons.onPress((button) => {
    void machine.attempt({ kind: 'press', button }).then((outcome) => {
      if (outcome === 'not-kept') buzzer.play(tuneOf('ignored'));
    });
  });

  const stopScanning = ports.barcode.onScan((text) => {
    if (ports.officers.length === 0) return;
    badge = gate.holderOf(text) ?? 'stranger';
    if (badge === 'stranger') ports.note(happened('badge-unknown'));
    tell();
  });

  return {
    view: () => ({
      ...viewOf(book, store.state()),
      mode: store.mode,
      kit: ports.kit,
      tps: ports.tps,
      alert: machine.fault(),
      badge,
      memory: ports.memory,
      uplink,
      copy,
      printer: slips?.view() ?? null,
      before: figuresBefore(store),
      attendance: attendanceNow(book, store),
      pictures: pictures.held(),
    }),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async act(turn, action) {
      const attempted = await machine.attempt(action, turn);
      if (attempted === 'stale') return 'stale';
      return attempted === 'kept' ? 'done' : 'blocked';
    },
    enterPin,
    picture: (photo, figure) => (figure === null ? pictures.flattened(photo) : pictures.cutout(photo, figure)),
    hearUplink,
    hearCopy,
    showLights: () => lights.show(lightsOf(store.state())),
    async working() {
      await machine.settled();
      const { phase, turn } = store.state();
      return WORKING.has(phase.name) && machine.fault() === null ? turn : null;
    },
    close() {
      stopListening();
      stopScanning();
      stopHearing();
      return machine.close();
    },
  };
}

function figuresBefore(store: Store<State>): SessionView['before'] {
  const sequence = store.state().correction?.sequence;
  const figures = recordedFigures(store.records().find((kept) => kept.sequence === sequence));
  return figures && Object.fromEntries(figures);
}

function attendanceNow(book: Rulebook, store: Store<State>): readonly AttendanceView[] {
  const { phase } = store.state();
  if (phase.name !== 'konfirmasi') return [];
  return attendanceOf(book, phase.draft, (form) =>
    recordedFigures(store.records().findLast((kept) => kept.form === form)),
  );
}

function recordedFigures(record: OutboxRecord | undefined): Figures | null {
  const figures = record && recordIn(record.jws)?.figures;
  return figures ? new Map(figures.map(({ id, value }) => [id, value])) : null;
}
