import fc from 'fast-check';
import { expect } from 'vitest';
import type { FigureEvidence } from '#agent/tally/evidence.ts';
import type { FigureId, FormDefinition } from '#contract/form/definition.ts';
import { allFigures } from '#contract/form/definition.ts';
import { missingPages } from '#contract/form/document.ts';
import type { FigureValue } from '#contract/form/rules.ts';
import { BUTTONS, type Button } from '#drivers/buttons/buttons.ts';
import { figuresOf, pagesOf } from '../draft.ts';
import type { Effect, Event } from '../event.ts';
import { step } from '../machine.ts';
import { formOf } from '../rulebook.ts';
import type { Ask, Draft, KeptRecord, State } from '../state.ts';
import { draftOf, firstState } from '../state.ts';
import { BESAR, DAFTAR, KECIL, pageEvidence, SMALL_FORMS, signed, written } from './small-forms.ts';
import { BOOK, fromDisk } from './walk.ts';

/**
 * Random evenings for the properties of the machine: a world without devices in which presses, sheets,
 * power cuts and news from the centre come in any order.
 */

/** One thing that may happen, said without knowing the state it will happen in. */
export type Happening =
  | { readonly do: 'press'; readonly button: Button }
  /** sensible: what a patient person, or the device that was asked, does next. */
  | { readonly do: 'sensible' | 'look-wrong' | 'timer' | 'work-failed' }
  | { readonly do: 'power-cut'; readonly loses: 'nothing' | 'the last write' }
  | { readonly do: 'correct' | 'answer-any'; readonly figure: number; readonly value: FigureValue }
  | { readonly do: 'retake'; readonly page: number }
  | { readonly do: 'reopen' | 'abandon' }
  | { readonly do: 'stage'; readonly stage: KeptRecord['stage'] };

/** What the reader sees on each sheet that is laid down, one after another: numbers, and the last digit in doubt. */
interface Sheet {
  readonly form: FormDefinition;
  readonly page: number;
  readonly numbers: readonly (readonly [FigureValue, number | undefined])[];
}

export interface Evening {
  readonly sheets: readonly Sheet[];
  readonly happenings: readonly Happening[];
}

const anyValue = fc.option(fc.integer({ min: 0, max: 999 }), { freq: 8 });
const anyDoubt = fc.option(fc.integer({ min: 0, max: 9 }), { nil: undefined, freq: 3 });
const rightSum: Sheet['numbers'] = [
  [120, undefined],
  [130, undefined],
  [250, undefined],
];

const anySheet: fc.Arbitrary<Sheet> = fc.record({
  form: fc.constantFrom(BESAR, BESAR, BESAR, KECIL, DAFTAR, DAFTAR),
  page: fc.constantFrom(1, 1, 2, 2, 3),
  numbers: fc.oneof(fc.constant(rightSum), fc.array(fc.tuple(anyValue, anyDoubt), { minLength: 3, maxLength: 3 })),
});

const POWER_CUTS = [
  { do: 'power-cut', loses: 'nothing' },
  { do: 'power-cut', loses: 'the last write' },
] as const;

const anyRarity: fc.Arbitrary<Happening> = fc.oneof(
  fc.constantFrom<Happening>({ do: 'timer' }, { do: 'work-failed' }),
  fc.constantFrom<Happening>({ do: 'retake', page: 1 }, { do: 'retake', page: 2 }),
  fc.constantFrom<Happening>({ do: 'stage', stage: 'terkirim' }, { do: 'stage', stage: 'diterima-pusat' }),
  fc.record({ do: fc.constantFrom('correct', 'answer-any'), figure: fc.nat(3), value: anyValue }),
);

export const anyHappening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 12, arbitrary: fc.constant<Happening>({ do: 'sensible' }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('press'), button: fc.constantFrom(...BUTTONS) }) },
  { weight: 1, arbitrary: fc.constant<Happening>({ do: 'look-wrong' }) },
  { weight: 1, arbitrary: fc.constantFrom<Happening>(...POWER_CUTS) },
  {
    weight: 2,
    arbitrary: fc.constantFrom<Happening>({ do: 'reopen' }, { do: 'reopen' }, { do: 'reopen' }, { do: 'abandon' }),
  },
  { weight: 1, arbitrary: anyRarity },
);

export const anyEvening: fc.Arbitrary<Evening> = fc.record({
  sheets: fc.array(anySheet, { minLength: 1, maxLength: 12 }),
  happenings: fc.array(anyHappening, { minLength: 20, maxLength: 120 }),
});

/** Long enough for a document and its correction. */
export const longEvening: fc.Arbitrary<Evening> = fc.record({
  sheets: fc.constant([]),
  happenings: fc.array(anyHappening, { minLength: 100, maxLength: 200 }),
});

/** Lives through an evening; `check` looks at the world after each happening. */
export function live({ sheets, happenings }: Evening, check: (world: World) => void): World {
  const world = new World(sheets);
  world.tell({ kind: 'resumed', evening: 'fresh', records: [] });
  for (const happening of happenings) {
    world.happen(happening);
    check(world);
  }
  return world;
}

/** The document's figures as the screen shows them. */
export function figuresIn(draft: Draft): Readonly<Record<FigureId, FigureValue>> {
  return Object.fromEntries(figuresOf(formOf(BOOK, draft), draft));
}

/** A kit without devices: its state, what the store holds, what work is under way. */
export class World {
  state: State = firstState();
  readonly kept: { readonly record: KeptRecord; readonly draft: Draft; readonly corrects: number | null }[] = [];
  /** How often a stored document was opened again. */
  reopened = 0;
  private readonly sheets: Sheet[];
  /** The state one write ago, which a power cut may bring back. */
  private older: State = this.state;
  private work: Effect[] = [];
  /** What the screen showed rightly, and in which turn. */
  private shown: { readonly turn: number; readonly figures: object } | null = null;

  constructor(sheets: readonly Sheet[]) {
    this.sheets = [...sheets];
  }

  tell(event: Event): void {
    const { state, effects } = step(BOOK, this.state, event);
    for (const effect of effects) if (effect.kind === 'keep-record') this.checkKeeping(event, effect.draft);
    if (state !== this.state) this.older = this.state;
    this.state = state;
    this.work.push(...effects.filter(({ kind }) => kind !== 'sound' && kind !== 'start-timer' && kind !== 'print'));
  }

  /** A record is only ever kept for YA on the very figures just shown, or again after such a YA and a power cut. */
  private checkKeeping(event: Event, draft: Draft): void {
    if (event.kind === 'resumed') {
      expect(this.state.phase.name).toBe('menyimpan');
      return;
    }
    expect(event).toEqual({ kind: 'press', button: 'YA' });
    expect(this.state.phase).toMatchObject({ name: 'konfirmasi', sight: 'armed' });
    expect(this.shown).toEqual({ turn: this.state.turn, figures: figuresIn(draft) });
  }

  happen(happening: Happening): void {
    const draft = draftOf(this.state.phase);
    switch (happening.do) {
      case 'sensible':
        this.goOn();
        break;
      case 'press':
        this.tell({ kind: 'press', button: happening.button });
        break;
      case 'look-wrong':
        if (draft) this.tell({ kind: 'shown', figures: { ...figuresIn(draft), j: 1234 } });
        break;
      case 'timer':
        this.tell({ kind: 'timer', turn: this.state.turn });
        break;
      case 'work-failed':
        this.finishWork('failed');
        break;
      case 'correct':
      case 'answer-any': {
        const figure = draft && allFigures(formOf(BOOK, draft))[happening.figure]?.id;
        if (figure && happening.do === 'correct') this.tell({ kind: 'correct', figure });
        else if (figure) this.tell({ kind: 'answer', figure, value: happening.value });
        break;
      }
      case 'retake':
        this.tell({ kind: 'retake', page: happening.page });
        break;
      case 'reopen': {
        const form = this.kept[0]?.record.form;
        if (form === undefined) break;
        const before = this.state.correction;
        this.tell({ kind: 'reopen', form, reason: 'misread' });
        if (this.state.correction !== before) this.reopened += 1;
        break;
      }
      case 'abandon':
        this.tell({ kind: 'abandon-correction' });
        break;
      case 'stage': {
        const record = this.kept.at(-1)?.record;
        if (record) this.tell({ kind: 'stage', digest: record.digest, stage: happening.stage });
        break;
      }
      case 'power-cut':
        this.work = [];
        this.shown = null;
        this.state = fromDisk(happening.loses === 'nothing' ? this.state : this.older);
        this.tell({ kind: 'resumed', evening: 'kept', records: this.kept.map(({ record }) => record) });
        break;
    }
  }

  /** Lays down a sheet and presses PINDAI, answers, declares, looks, confirms; lets work come to its end. */
  goOn(): void {
    const { phase, turn } = this.state;
    if (this.work.length > 0) this.finishWork('done');
    else if (phase.name === 'menunggu' && this.isWhole(phase.draft)) this.tell({ kind: 'press', button: 'YA' });
    else if (phase.name === 'menunggu' || phase.name === 'selesai') this.tell({ kind: 'press', button: 'PINDAI' });
    else if (phase.name === 'periksa') this.settle(phase.draft, phase.ask);
    else if (phase.name === 'konfirmasi' && phase.sight === 'unseen') {
      this.shown = { turn, figures: figuresIn(phase.draft) };
      this.tell({ kind: 'shown', figures: figuresIn(phase.draft) });
    } else if (phase.name === 'konfirmasi' && phase.sight === 'armed') this.tell({ kind: 'press', button: 'YA' });
    else this.tell({ kind: 'timer', turn });
  }

  /** Two pages are all there is of a list, and none lacks. */
  private isWhole(draft: Draft | null): boolean {
    if (!draft || draft.form !== DAFTAR.id || draft.pages.length < 2) return false;
    return missingPages(DAFTAR, pagesOf(draft)).length === 0;
  }

  private settle(draft: Draft, ask: Ask): void {
    if (ask.kind === 'figure') {
      const value = draft.decided.figures[ask.figure]?.candidates[0] ?? null;
      this.tell({ kind: 'answer', figure: ask.figure, value });
    } else if (ask.step === 'ask') this.tell({ kind: 'declare', rule: ask.rule });
    else this.tell({ kind: 'press', button: 'YA' });
  }

  private finishWork(how: 'done' | 'failed'): void {
    const effect = this.work.shift();
    switch (effect?.kind) {
      case 'capture':
        if (how === 'done') this.tell({ kind: 'captured', turn: effect.turn });
        else this.tell({ kind: 'capture-failed', turn: effect.turn, code: 'disconnected' });
        break;
      case 'read':
        this.read(effect.turn, this.sheets.shift() ?? this.missingSheet(), how);
        break;
      case 'keep-record':
        this.keep(effect, how);
        break;
      case 'print':
      case 'start-timer':
      case 'sound':
      case undefined:
        break;
    }
  }

  private read(turn: number, sheet: Sheet, how: 'done' | 'failed'): void {
    const { form, page } = sheet;
    const refusal = { kind: 'refused', code: 'page-not-found' } as const;
    const photo = { sha256: 'a'.repeat(64), bytes: 9 };
    if (how === 'failed') this.tell({ kind: 'page-refused', turn, refusal });
    else this.tell({ kind: 'page-read', turn, form: form.id, page, photo, evidence: evidenceOf(sheet) });
  }

  /** The store's one write: the record and the state after it, or neither. */
  private keep({ turn, draft, correction }: Extract<Effect, { kind: 'keep-record' }>, how: 'done' | 'failed'): void {
    if (how === 'failed') {
      this.tell({ kind: 'record-not-kept', turn, code: 'disk-full' });
      return;
    }
    const sequence = this.kept.length + 1;
    const digest = String(sequence).padStart(64, '0');
    const record: KeptRecord = { sequence, digest, form: draft.form, stage: 'tersimpan' };
    this.kept.push({ record, draft, corrects: correction?.sequence ?? null });
    this.tell({ kind: 'record-kept', record });
  }

  /** The sheet that the document on the stand, or else the next document, lacks. */
  private missingSheet(): Sheet {
    const draft = draftOf(this.state.phase);
    const { correction } = this.state;
    const corrected = SMALL_FORMS.forms.find(({ id }) => id === correction?.form);
    const open = SMALL_FORMS.forms.find(({ id }) => !this.kept.some(({ record }) => record.form === id)) ?? BESAR;
    const form = draft ? formOf(BOOK, draft) : (corrected ?? open);
    const page = form.pages.find(({ number }) => !draft?.pages.some((scanned) => scanned.page === number))?.number ?? 1;
    return { form, page, numbers: [] };
  }
}

function evidenceOf({ form, page, numbers }: Sheet): Readonly<Record<FigureId, FigureEvidence>> {
  const figures = form.pages.find(({ number }) => number === page)?.figures ?? [];
  const values = figures.map(({ id, signatures }, n) => {
    const [value, doubtful] = numbers[n] ?? [0, undefined];
    const counted = signed((value ?? 0) % 4, doubtful === undefined ? undefined : 'doubtful');
    return [id, signatures ? counted : written(value, doubtful)] as const;
  });
  return pageEvidence(form, page, Object.fromEntries(values));
}
