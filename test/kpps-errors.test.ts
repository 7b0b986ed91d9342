import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CATALOGUE, type EventId } from '#agent/event-log/catalogue.ts';
import type { PageRefusal } from '#agent/page/refusal.ts';
import { adviceOf } from '#agent/panel/words/advice.ts';
import { connectionText, memoryText } from '#agent/panel/words/frame.ts';
import { pinText } from '#agent/panel/words/log-in.ts';
import { PRINTER_FAULTS as PRINTER_WORDS } from '#agent/panel/words/printer.ts';
import { START_FAULTS, type StartFault, startAdvice } from '#agent/panel/words/start-fault.ts';
import { eventsOf } from '#agent/session/logged.ts';
import type { SessionView } from '#agent/session/session.ts';
import { firstState, type Notice, type State } from '#agent/session/state.ts';
import { eventsOfUplink } from '#agent/told.ts';
import { PRINTER_FAULTS } from '#drivers/printer/printer.ts';

/**
 * Every error a KPPS member can meet: what is written down of it (the catalogue), what the screen says to do, and
 * the test that provokes it. The lists are exhaustive by type: a new error does not compile before it stands here.
 */
interface Met {
  readonly error: string;
  readonly event: EventId | undefined;
  readonly says: string;
  /** A test and what stands in it where the error is provoked. */
  readonly provoked: readonly [file: string, by: string];
}

type Provoked<K extends string> = Readonly<Record<K, string>>;

const LOCATE = 'agent/page/locate.test.ts';
const MACHINE = 'agent/session/machine.test.ts';
const REFUSALS: Provoked<PageRefusal['code']> = {
  ...{ 'not-a-picture': LOCATE, 'picture-too-small': LOCATE, 'page-not-found': LOCATE, 'too-dark': LOCATE },
  ...{ blurred: LOCATE, bent: LOCATE, 'cut-off': LOCATE, glare: LOCATE, 'unknown-tag': LOCATE },
  'corner-hidden': 'agent/panel/panel.test.ts',
  'reader-died': 'agent/read/reader-process.test.ts',
  'practice-sheet': 'agent/practice/read-sheet.test.ts',
};

const NOTICES: Provoked<Exclude<Notice['kind'], 'page-refused' | 'camera' | 'store'>> = {
  ...{ 'already-scanned': MACHINE, 'wrong-form': MACHINE, 'form-not-expected': MACHINE },
  ...{ 'already-recorded': MACHINE, 'page-discarded': MACHINE, restarted: MACHINE, 'state-lost': MACHINE },
  'ketua-needed': 'agent/session/officers.test.ts',
  'pages-missing': 'agent/session/lists.test.ts',
};
const CAMERA: Provoked<Extract<Notice, { kind: 'camera' }>['code']> = {
  ...{ disconnected: 'drivers/camera/camera.contract.ts', 'timed-out': MACHINE },
  ...{ 'no-sheet': 'drivers/camera/tray-camera.test.ts', 'bad-picture': 'drivers/camera/tray-camera.test.ts' },
};
const STORE: Provoked<Extract<Notice, { kind: 'store' }>['code']> = {
  ...{ 'disk-full': 'agent/session/session.test.ts', 'disk-fault': 'agent/store/pictures.test.ts' },
};
const LINK: Provoked<Exclude<Parameters<typeof linkNote>[0], never>> = {
  ...{ 'no-network': 'agent/uplink/uplink.test.ts', silent: 'agent/uplink/network.test.ts' },
  ...{ 'clock-wrong': 'agent/uplink/uplink.test.ts', 'not-trusted': 'agent/uplink/uplink.test.ts' },
  ...{ 'certificate-expired': 'agent/uplink/link-fault.test.ts', refused: 'agent/uplink/uplink.test.ts' },
  ...{ 'certificate-revoked': 'test/provisioned-kit.e2e.test.ts', lost: 'agent/uplink/link-fault.test.ts' },
};

type Waiting = Extract<NonNullable<SessionView['uplink']>['link'], { kind: 'waiting' }>;
type CopyFault = Extract<NonNullable<SessionView['copy']>, { kind: 'fault' }>['code'];
const COPY: Provoked<CopyFault | 'absent'> = {
  ...{ absent: 'agent/store/second-copy.test.ts', foreign: 'agent/store/second-copy.test.ts' },
  ...{ 'disk-full': 'agent/store/second-copy.test.ts', 'disk-fault': 'agent/store/pictures.test.ts' },
  ...{ unreadable: 'agent/store/durable-file.test.ts', newer: 'agent/store/format.test.ts' },
};

const BEGIN = 'test/cannot-begin.e2e.test.ts';
const MEMORY = 'agent/memory.test.ts';
const START: Readonly<Record<StartFault, Met['provoked']>> = {
  'store-unreadable': [BEGIN, 'Penyimpanan alat ini rusak.'],
  'store-foreign': [BEGIN, 'Kartu ini milik alat atau TPS lain.'],
  'store-newer': [BEGIN, 'Penyimpanan ini dibuat oleh program yang lebih baru.'],
  chain: [BEGIN, 'Catatan di alat ini telah diubah.'],
  setting: [BEGIN, 'Alat ini belum disiapkan.'],
  'disk-full': ['agent/store/store.test.ts', "'disk-full'"],
  'disk-fault': [MEMORY, "'disk-fault'"],
  copy: [MEMORY, "'copy'"],
  model: ['agent/command/read-command.test.ts', 'a model that is missing'],
};

function noticeMet(notice: Notice, error: string, file: string): Met {
  const state = firstState();
  const told: State = { ...state, phase: { name: 'menunggu', draft: null, notice } };
  const { what, todo } = adviceOf(notice, { besar: 'C.Hasil Gubernur', kecil: 'C.Hasil Wali Kota' });
  const [event] = eventsOf(state, { kind: 'timer', turn: 0 }, told);
  return { error, event: event?.id, says: `${what} ${todo}`, provoked: [file, `'${error}'`] };
}

function refusalOf(code: PageRefusal['code']): PageRefusal {
  switch (code) {
    case 'too-dark':
    case 'blurred':
    case 'bent':
      return { kind: 'refused', code, measured: 1, limit: 2 };
    case 'corner-hidden':
    case 'cut-off':
      return { kind: 'refused', code, corner: 'tl' };
    case 'glare':
      return { kind: 'refused', code, figure: 'j' };
    case 'unknown-tag':
      return { kind: 'refused', code, tag: 9 };
    default:
      return { kind: 'refused', code };
  }
}

function noticeOf(kind: keyof typeof NOTICES): Notice {
  switch (kind) {
    case 'already-scanned':
    case 'page-discarded':
      return { kind, page: 2 };
    case 'wrong-form':
      return { kind, expected: 'besar', found: 'kecil' };
    case 'form-not-expected':
      return { kind, found: 'kecil' };
    case 'already-recorded':
      return { kind, form: 'besar' };
    case 'pages-missing':
      return { kind, pages: [2] };
    default:
      return { kind };
  }
}

function linkNote(fault: Waiting['fault']) {
  const state = { kind: 'waiting', fault, reason: '' } as Waiting;
  return { kind: 'link', state } as const;
}

function entries<K extends string>(provoked: Provoked<K>): readonly (readonly [K, string])[] {
  return Object.entries(provoked) as [K, string][];
}

const PRINTER_TEST = 'agent/session/printing.test.ts';
const MET: readonly Met[] = [
  ...entries(REFUSALS).map(([code, file]) => noticeMet({ kind: 'page-refused', refusal: refusalOf(code) }, code, file)),
  ...entries(NOTICES).map(([kind, file]) => noticeMet(noticeOf(kind), kind, file)),
  ...entries(CAMERA).map(([code, file]) => noticeMet({ kind: 'camera', code }, code, file)),
  ...entries(STORE).map(([code, file]) => noticeMet({ kind: 'store', code }, code, file)),
  ...entries(LINK).map(([fault, file]): Met => {
    const [event] = eventsOfUplink(linkNote(fault));
    const uplink = { link: linkNote(fault).state } as SessionView['uplink'];
    return {
      error: fault,
      event: event?.id,
      says: connectionText({ uplink } as SessionView),
      provoked: [file, `'${fault}'`],
    };
  }),
  ...entries(COPY).map(([code, file]): Met => {
    const copy = code === 'absent' ? ({ kind: 'absent' } as const) : ({ kind: 'fault', code, reason: '' } as const);
    const event = code === 'absent' ? 'copy-absent' : 'copy-fault';
    return { error: code, event, says: memoryText({ memory: 'whole', copy }) ?? '', provoked: [file, `'${code}'`] };
  }),
  ...PRINTER_FAULTS.map((code): Met => {
    return {
      error: code,
      event: 'printer-fault',
      says: PRINTER_WORDS[code],
      provoked: [PRINTER_TEST, 'PRINTER_FAULTS'],
    };
  }),
  ...START_FAULTS.map((fault): Met => {
    const { what, todo } = startAdvice(fault);
    return { error: fault, event: 'cannot-begin', says: `${what} ${todo}`, provoked: START[fault] };
  }),
  ...(['wrong', 'wait'] as const).map((outcome): Met => {
    const says = pinText({ outcome, waitMs: 10_000 }) ?? '';
    return {
      error: `PIN ${outcome}`,
      event: 'pin-wrong',
      says,
      provoked: ['agent/session/private.test.ts', `'${outcome}'`],
    };
  }),
];

describe('every error a KPPS member can meet', () => {
  it.each(MET.map((met) => [met.error, met] as const))('%s is written down, told, and provoked by a test', (_, met) => {
    expect(met.event && CATALOGUE[met.event]).toBeTruthy();
    expect(met.says).toMatch(/^[A-Z].{10,}/);
    const [file, by] = met.provoked;
    expect(readFileSync(new URL(`../${file}`, import.meta.url), 'utf8')).toContain(by);
  });
});
