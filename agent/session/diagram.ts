import { DELAYS } from './delays.ts';
import { figuresOf } from './draft.ts';
import type { Event } from './event.ts';
import { step } from './machine.ts';
import { formOf, type Rulebook } from './rulebook.ts';
import { draftOf, firstState, type KeptRecord, type State, stateName } from './state.ts';
import { BESAR, DAFTAR, pageEvidence, SMALL_FORMS, signed, written } from './testing/small-forms.ts';

/**
 * The diagram of the machine, found by walking it: from the first state every kind of event is tried
 * in every state it leads to. `node agent/session/diagram.ts` prints it.
 */
export function diagram(): string {
  const edges = [...edgesOf(BOOK)].map(([between, labels]) => `  ${between} : ${[...labels].join(' / ')}`);
  const names = [...new Set(edges.flatMap((edge) => edge.split(' : ')[0]?.trim().split(' --> ') ?? []))];
  const titles = names.filter((name) => name.includes('_')).map((name) => `  ${name} : ${name.replaceAll('_', '-')}`);
  return ['stateDiagram-v2', ...titles, '  [*] --> menunggu', ...edges].join('\n');
}

interface Trial {
  readonly label: string;
  readonly event: Event;
}

const BOOK: Rulebook = { forms: SMALL_FORMS, officers: [], delays: DELAYS };
const RECORD: KeptRecord = { sequence: 1, digest: 'd'.repeat(64), form: BESAR.id, stage: 'tersimpan' };
const corrections: readonly Trial[] = [
  { label: 'perbaiki', event: { kind: 'reopen', form: BESAR.id, reason: 'misread' } },
  { label: 'batal perbaikan', event: { kind: 'abandon-correction' } },
];
/** Far more than there are; a machine that grows without end is a mistake. */
const MOST_STATES = 5_000;

function edgesOf(book: Rulebook): ReadonlyMap<string, ReadonlySet<string>> {
  const edges = new Map<string, Set<string>>();
  const seen = new Set<string>();
  const open: State[] = [firstState()];
  for (let state = open.shift(); state; state = open.shift()) {
    for (const { label, event } of trialsIn(book, state)) {
      const next = step(book, state, event).state;
      const between = `${id(state)} --> ${id(next)}`;
      if (next.turn !== state.turn || id(next) !== id(state))
        edges.set(between, (edges.get(between) ?? new Set()).add(label));
      const key = JSON.stringify({ ...next, turn: 0 });
      if (seen.has(key)) continue;
      if (seen.size === MOST_STATES) throw new RangeError('the machine has too many states to walk');
      seen.add(key);
      open.push(next);
    }
  }
  return edges;
}

function id(state: State): string {
  return stateName(state).replaceAll('-', '_');
}

function trialsIn(book: Rulebook, state: State): readonly Trial[] {
  const { phase, turn } = state;
  const buttons = (['PINDAI', 'YA', 'ULANG'] as const).map(
    (button): Trial => ({ label: button, event: { kind: 'press', button } }),
  );
  switch (phase.name) {
    case 'memotret':
      return [
        ...buttons,
        { label: 'foto diambil', event: { kind: 'captured', turn } },
        { label: 'foto gagal', event: { kind: 'capture-failed', turn, code: 'disconnected' } },
        { label: 'listrik padam', event: { kind: 'resumed', evening: 'kept', records: [] } },
      ];
    case 'membaca':
      return [...buttons, ...readings(state)];
    case 'periksa':
      return [...buttons, ...answers(state)];
    case 'konfirmasi': {
      // YA before that only moves the screen on, without end.
      const figures = Object.fromEntries(figuresOf(formOf(book, phase.draft), phase.draft));
      const pressable = buttons.filter(({ label }) => label !== 'YA');
      const yes: Trial = { label: 'YA sesudah semua angka tampil', event: { kind: 'press', button: 'YA' } };
      return [
        ...pressable,
        ...(phase.sight === 'armed' ? [yes] : []),
        { label: 'koreksi', event: { kind: 'correct', figure: phase.draft.form === DAFTAR.id ? 'hadir.1' : 'l' } },
        { label: 'semua angka tampil', event: { kind: 'shown', figures } },
        { label: 'tunggu', event: { kind: 'timer', turn } },
      ];
    }
    case 'menyimpan':
      return [
        ...buttons,
        { label: 'catatan aman', event: { kind: 'record-kept', record: { ...RECORD, form: phase.draft.form } } },
        { label: 'gagal menyimpan', event: { kind: 'record-not-kept', turn, code: 'disk-full' } },
      ];
    case 'menunggu':
      return [...buttons, ...corrections, { label: 'tanpa tanda', event: { kind: 'by-hand', form: DAFTAR.id } }];
    case 'selesai':
      return [...buttons, ...corrections, ...news(state)];
  }
}

/** The next missing page: clear, in doubt, or with a sum that does not add up; the same page again; nothing readable. */
function readings({ phase, turn }: State): readonly Trial[] {
  const draft = draftOf(phase);
  if (draft?.form === DAFTAR.id) return listed(turn, draft.pages.length + 1);
  const scanned = draft?.pages.map(({ page }) => page) ?? [];
  const page = scanned.includes(1) ? 2 : 1;
  const read = (number: number, l: number, doubtful?: number): Event => ({
    kind: 'page-read',
    turn,
    form: BESAR.id,
    page: number,
    photo: { sha256: 'a'.repeat(64), bytes: 1 },
    evidence: pageEvidence(BESAR, number, { l: written(l, doubtful), p: written(130), j: written(250) }),
  });
  return [
    { label: 'halaman terbaca', event: read(page, 120) },
    { label: 'halaman terbaca', event: read(page, 120, 6) },
    { label: 'halaman terbaca', event: read(page, 121) },
    ...scanned.map((again): Trial => ({ label: 'halaman sudah ada', event: read(again, 120) })),
    ...(draft ? [] : listed(turn, 1)),
    {
      label: 'foto ditolak',
      event: { kind: 'page-refused', turn, refusal: { kind: 'refused', code: 'page-not-found' } },
    },
  ];
}

/** The next page of a list, which is as long as it is; on the second a signature is in doubt. */
function listed(turn: number, page: number): readonly Trial[] {
  if (page > 2) return [];
  const evidence = pageEvidence(DAFTAR, page, { [`hadir.${page}`]: signed(2, page === 2 ? 'doubtful' : undefined) });
  const photo = { sha256: 'a'.repeat(64), bytes: 1, restricted: true } as const;
  const event = { kind: 'page-read', turn, form: DAFTAR.id, page, photo, evidence } as const;
  return [{ label: 'halaman terbaca', event }];
}

function answers({ phase }: State): readonly Trial[] {
  if (phase.name !== 'periksa') return [];
  const { ask } = phase;
  if (ask.kind === 'figure')
    return [{ label: 'jawaban', event: { kind: 'answer', figure: ask.figure, value: ask.figure === 'l' ? 120 : 2 } }];
  return [
    { label: 'sesuai kertas', event: { kind: 'declare', rule: ask.rule } },
    { label: 'koreksi', event: { kind: 'correct', figure: 'l' } },
  ];
}

function news({ records }: State): readonly Trial[] {
  const { digest } = records[0] ?? RECORD;
  return [
    { label: 'diserahkan ke broker', event: { kind: 'stage', digest, stage: 'terkirim' } },
    { label: 'tanda terima pusat', event: { kind: 'stage', digest, stage: 'diterima-pusat' } },
    { label: 'penolakan pusat', event: { kind: 'stage', digest, stage: 'ditolak-pusat' } },
  ];
}

if (import.meta.main) console.log(diagram());
