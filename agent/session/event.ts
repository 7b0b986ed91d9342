import { z } from 'zod';
import type { PageRefusal } from '#agent/page/refusal.ts';
import type { PageChoice } from '#agent/read/reading.ts';
import type { FigureEvidence } from '#agent/tally/evidence.ts';
import type { FigureId, FormId } from '#contract/form/definition.ts';
import { CorrectionReason } from '#contract/wire/record.ts';
import { BUTTONS } from '#drivers/buttons/buttons.ts';
import type { CaptureFault } from '#drivers/camera/camera.ts';
import type { Correction, Draft, KeptRecord, Photo, Stage, StoreFault } from './state.ts';

const Value = z.int().nonnegative().nullable();

/** What a person can do. The buttons of the kit and those on the screen are the same `press`. */
export const Action = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('press'), button: z.enum(BUTTONS) }),
  /** Answers the question about this figure; null: the row is not filled in. */
  z.strictObject({ kind: z.literal('answer'), figure: z.string(), value: Value }),
  /** Wants to correct a figure. */
  z.strictObject({ kind: z.literal('correct'), figure: z.string() }),
  /** First step of "sesuai kertas walau jumlahnya tidak cocok"; YA is the second. */
  z.strictObject({ kind: z.literal('declare'), rule: z.string() }),
  /** Corrects a stored document. */
  z.strictObject({ kind: z.literal('reopen'), form: z.string(), reason: CorrectionReason }),
  /** Sheets without a tag are pages of this form from now on; null: there are none any more. */
  z.strictObject({ kind: z.literal('by-hand'), form: z.string().nullable() }),
  /** Prints the slips of a stored record, again where they were printed before. */
  z.strictObject({ kind: z.literal('print'), sequence: z.int().positive() }),
  /** Whoever has logged in leaves the kit. */
  z.strictObject({ kind: z.literal('log-out') }),
  /** Leaves the stored document as it is after all. */
  z.strictObject({ kind: z.literal('abandon-correction') }),
  z.strictObject({ kind: z.literal('retake'), page: z.int().positive() }),
  /** The screen has shown all of these figures, the last one too. */
  z.strictObject({ kind: z.literal('shown'), figures: z.record(z.string(), Value) }),
]);
export type Action = z.infer<typeof Action>;
export const ACTIONS = Action.options.map(({ shape }) => shape.kind.value);

/** `turn` is the turn the work was begun in. */
export type Event =
  | Action
  | { readonly kind: 'captured'; readonly turn: number }
  | { readonly kind: 'capture-failed'; readonly turn: number; readonly code: CaptureFault }
  | { readonly kind: 'photo-not-kept'; readonly turn: number; readonly code: StoreFault }
  | {
      readonly kind: 'page-read';
      readonly turn: number;
      readonly form: FormId;
      readonly page: number;
      readonly photo: Photo;
      /** The sheet carries no tag: a person said what it is. */
      readonly byHand?: true;
      readonly evidence: Readonly<Record<FigureId, FigureEvidence>>;
    }
  | { readonly kind: 'page-refused'; readonly turn: number; readonly refusal: PageRefusal }
  | { readonly kind: 'timer'; readonly turn: number }
  | { readonly kind: 'record-kept'; readonly record: KeptRecord }
  | { readonly kind: 'record-not-kept'; readonly turn: number; readonly code: StoreFault }
  /** What became of a record on its way to the centre. */
  | { readonly kind: 'stage'; readonly digest: string; readonly stage: Stage }
  /** The first slip of a record is out. */
  | { readonly kind: 'printed'; readonly sequence: number }
  /** An officer's PIN, which never comes here itself, was right or wrong. */
  | { readonly kind: 'logged-in' | 'countersigned' | 'pin-wrong'; readonly officer: string }
  /** The kit was switched on; `records` is what the store holds, and the store is right. */
  | { readonly kind: 'resumed'; readonly evening: SavedEvening; readonly records: readonly KeptRecord[] };

/** Whether the state is the one saved before, the first ever, or a first one because the saved could not be read. */
export type SavedEvening = 'kept' | 'fresh' | 'lost';

export type Sound = 'begin' | 'good' | 'ask' | 'refused' | 'ignored' | 'stored' | 'received';

/** Work the machine wants done; the new state is durable before any of it begins. */
export type Effect =
  | { readonly kind: 'capture'; readonly turn: number }
  | { readonly kind: 'read'; readonly turn: number; readonly choice: PageChoice | null }
  | {
      readonly kind: 'keep-record';
      readonly turn: number;
      readonly draft: Draft;
      readonly correction: Correction | null;
      /** Who confirmed. */
      readonly officer: string | null;
    }
  | { readonly kind: 'print'; readonly sequence: number }
  | { readonly kind: 'start-timer'; readonly turn: number; readonly ms: number }
  | { readonly kind: 'sound'; readonly sound: Sound };
