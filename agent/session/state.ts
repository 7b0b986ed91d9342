import { z } from 'zod';
import type { PageRefusal } from '#agent/page/refusal.ts';
import type { FigureEvidence } from '#agent/tally/evidence.ts';
import type { FigureId } from '#contract/form/definition.ts';
import type { FigureValue } from '#contract/form/rules.ts';
import { CorrectionReason } from '#contract/wire/record.ts';
import { CAPTURE_FAULTS } from '#drivers/camera/camera.ts';
import { Decision } from './decision.ts';

/**
 * All a kit must remember to go on exactly where it was. Everything here is plain JSON; a saved
 * state is parsed by `State` when the kit starts, so its types are true afterwards.
 */

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const Value = z.int().nonnegative().nullable();
// Sums of rounded probabilities may exceed 1 by a hair; a saved evening must not be refused for that.
const Probabilities = z.array(z.number().nonnegative()).length(12).readonly();
const NumbersSaid = z
  .strictObject({
    candidates: z
      .array(z.strictObject({ value: z.int().nonnegative(), probability: z.number().nonnegative() }).readonly())
      .readonly(),
    unlisted: z.number().nonnegative(),
  })
  .readonly();
const EvidenceOfFigure = z
  .strictObject({
    boxes: z.array(Probabilities).readonly(),
    bubbles: z.array(Probabilities).readonly().exactOptional(),
    turus: NumbersSaid.exactOptional(),
    words: NumbersSaid.exactOptional(),
    signatures: NumbersSaid.exactOptional(),
  })
  .readonly() satisfies z.ZodType<FigureEvidence>;

/** A photo that is safe on disk; restricted: it shows personal data and lies there sealed for the central office. */
const Photo = z
  .strictObject({ sha256: Sha256, bytes: z.int().positive(), restricted: z.literal(true).exactOptional() })
  .readonly();
export type Photo = z.infer<typeof Photo>;

const ScannedPage = z
  .strictObject({
    page: z.int().positive(),
    photo: Photo,
    /** The sheet carries no tag: a person said what it is. */
    byHand: z.literal(true).exactOptional(),
    evidence: z.record(z.string(), EvidenceOfFigure),
  })
  .readonly();
export type ScannedPage = z.infer<typeof ScannedPage>;

/** A document that is not confirmed yet. */
const Draft = z
  .strictObject({
    form: z.string(),
    /** In the order they were scanned. */
    pages: z.array(ScannedPage).min(1).readonly(),
    /** A person said that these are all the pages; asked only of a document that has as many as were needed. */
    closed: z.boolean(),
    /** What persons answered; an answer outweighs every reading. */
    answers: z.record(z.string(), Value),
    /** Code of the officer who gave each answer, where one was logged in. */
    answeredBy: z.record(z.string(), z.string()),
    /** Officers and witnesses who stand by these very figures beside the one who confirms. */
    countersigned: z.array(z.string()).readonly(),
    /** Rules the paper itself breaks, said by a person about exactly these values (in the order of `ruleFigures`). */
    declared: z.array(z.strictObject({ rule: z.string(), values: z.array(Value).readonly() }).readonly()).readonly(),
    /** What the machine made of the pages before any person looked. */
    read: Decision,
    /** The same with the answers. */
    decided: Decision,
  })
  .readonly();
export type Draft = z.infer<typeof Draft>;

const Corner = z.enum(['tl', 'tr', 'br', 'bl']);
const Refusal = z.discriminatedUnion('code', [
  z
    .strictObject({
      kind: z.literal('refused'),
      code: z.enum(['not-a-picture', 'picture-too-small', 'page-not-found', 'reader-died', 'practice-sheet']),
    })
    .readonly(),
  z
    .strictObject({
      kind: z.literal('refused'),
      code: z.enum(['too-dark', 'blurred', 'bent']),
      measured: z.number(),
      limit: z.number(),
    })
    .readonly(),
  z.strictObject({ kind: z.literal('refused'), code: z.enum(['corner-hidden', 'cut-off']), corner: Corner }).readonly(),
  z.strictObject({ kind: z.literal('refused'), code: z.literal('glare'), figure: z.string() }).readonly(),
  z.strictObject({ kind: z.literal('refused'), code: z.literal('unknown-tag'), tag: z.number() }).readonly(),
]) satisfies z.ZodType<PageRefusal>;

export const STORE_FAULTS = ['disk-full', 'disk-fault'] as const;
export type StoreFault = (typeof STORE_FAULTS)[number];

/** What a person is told about the step just taken. Nothing a notice speaks of was counted. */
const Notice = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('page-refused'), refusal: Refusal }).readonly(),
  /** The page was read, but it has no place in this document. */
  z.strictObject({ kind: z.literal('already-scanned'), page: z.int() }).readonly(),
  z.strictObject({ kind: z.literal('wrong-form'), expected: z.string(), found: z.string() }).readonly(),
  z.strictObject({ kind: z.literal('form-not-expected'), found: z.string() }).readonly(),
  z.strictObject({ kind: z.literal('already-recorded'), form: z.string() }).readonly(),
  z.strictObject({ kind: z.literal('camera'), code: z.enum(CAPTURE_FAULTS) }).readonly(),
  z.strictObject({ kind: z.literal('store'), code: z.enum(STORE_FAULTS) }).readonly(),
  z.strictObject({ kind: z.literal('page-discarded'), page: z.int() }).readonly(),
  /** Only the chair confirms. */
  z.strictObject({ kind: z.literal('ketua-needed') }).readonly(),
  /** These pages come before the last one scanned, and are not there. */
  z.strictObject({ kind: z.literal('pages-missing'), pages: z.array(z.int()).readonly() }).readonly(),
  /** The kit was switched on again; what lies on the stand is not counted. */
  z.strictObject({ kind: z.literal('restarted') }).readonly(),
  /** The saved state could not be read; unconfirmed pages must be scanned again. */
  z.strictObject({ kind: z.literal('state-lost') }).readonly(),
]);
export type Notice = z.infer<typeof Notice>;

const Ask = z.discriminatedUnion('kind', [
  z
    .strictObject({
      kind: z.literal('figure'),
      figure: z.string(),
      /** unsure: the machine is; moved: an answer changed how it reads this one; chosen: a person wants to correct it. */
      why: z.enum(['unsure', 'moved', 'chosen']),
    })
    .readonly(),
  z
    .strictObject({
      kind: z.literal('breach'),
      rule: z.string(),
      /** sure: "sesuai kertas" was chosen once and must be chosen again. */
      step: z.enum(['ask', 'sure']),
    })
    .readonly(),
]);
export type Ask = z.infer<typeof Ask>;

const Phase = z.discriminatedUnion('name', [
  z.strictObject({ name: z.literal('menunggu'), draft: Draft.nullable(), notice: Notice.nullable() }).readonly(),
  z.strictObject({ name: z.literal('memotret'), draft: Draft.nullable() }).readonly(),
  z.strictObject({ name: z.literal('membaca'), draft: Draft.nullable() }).readonly(),
  z.strictObject({ name: z.literal('periksa'), draft: Draft, ask: Ask }).readonly(),
  z
    .strictObject({
      name: z.literal('konfirmasi'),
      draft: Draft,
      /** armed: every figure was on the screen, and long enough; only then YA confirms. */
      sight: z.enum(['unseen', 'seen', 'armed']),
      /** How often YA was pressed before all was seen: the panel goes on by a screenful each time. */
      scroll: z.int().nonnegative(),
      notice: Notice.nullable(),
    })
    .readonly(),
  z
    .strictObject({
      name: z.literal('menyimpan'),
      draft: Draft,
      /** Who confirmed: the record says so after a power cut too. */
      officer: z.string().nullable(),
    })
    .readonly(),
  /** The record's own stage gives this phase its name. */
  z.strictObject({ name: z.literal('selesai'), sequence: z.int().positive() }).readonly(),
]);
export type Phase = z.infer<typeof Phase>;

/** How far a confirmed record has come. */
export const STAGES = ['tersimpan', 'terkirim', 'ditolak-pusat', 'diterima-pusat'] as const;
export type Stage = (typeof STAGES)[number];

const KeptRecord = z
  .strictObject({ sequence: z.int().positive(), digest: Sha256, form: z.string(), stage: z.enum(STAGES) })
  .readonly();
export type KeptRecord = z.infer<typeof KeptRecord>;

/** A stored document that is being corrected; the record it will supersede stands until the new one is stored. */
const Correction = z
  .strictObject({ form: z.string(), sequence: z.int().positive(), reason: CorrectionReason })
  .readonly();
export type Correction = z.infer<typeof Correction>;

export const State = z
  .strictObject({
    schema: z.literal(1),
    /** Counts the phases entered; what comes back from camera, reader, timer or screen for an earlier turn is stale. */
    turn: z.int().nonnegative(),
    phase: Phase,
    records: z.array(KeptRecord).readonly(),
    correction: Correction.nullable().default(null),
    /** Sheets without a tag are pages of this form until a person says otherwise. */
    byHand: z.string().nullable().default(null),
    /** Code of the officer who has logged in. */
    officer: z.string().nullable().default(null),
    /** How often the slips of a record were printed, by its number. */
    printed: z.record(z.string(), z.int().positive()).default({}),
    /** Wrong PINs in a row, by officer. */
    wrongPins: z.record(z.string(), z.int().positive()).default({}),
  })
  .readonly();
export type State = z.infer<typeof State>;

/** The words of a KPPS member for where a document is. */
export type StateName = Exclude<Phase['name'], 'selesai'> | Stage;

export function stateName(state: State): StateName {
  const { phase } = state;
  if (phase.name !== 'selesai') return phase.name;
  return state.records.find((record) => record.sequence === phase.sequence)?.stage ?? 'tersimpan';
}

export function draftOf(phase: Phase): Draft | null {
  return phase.name === 'selesai' ? null : phase.draft;
}

/** Photos of what is not confirmed yet. */
export function photosIn({ phase }: State): readonly Photo[] {
  return draftOf(phase)?.pages.map(({ photo }) => photo) ?? [];
}

export function figureValue(draft: Draft, figure: FigureId): FigureValue {
  // An answer may be null: a person said that the row is not filled in.
  const answer = draft.answers[figure];
  return answer === undefined ? (draft.decided.figures[figure]?.value ?? null) : answer;
}

export function firstState(): State {
  const phase = { name: 'menunggu', draft: null, notice: null } as const;
  return {
    schema: 1,
    turn: 0,
    phase,
    records: [],
    correction: null,
    byHand: null,
    officer: null,
    printed: {},
    wrongPins: {},
  };
}
