import { z } from 'zod';
import { ASK_REASONS } from '#agent/tally/accept.ts';
import { BOX_CLASSES } from '#agent/tally/evidence.ts';

/**
 * What `tps-kit read --json` prints: one object, described here and in docs/reading.md. Keys may be
 * added under the same `schema`; none is renamed, removed or given another meaning.
 */

/** null: the row is not filled in, which differs from 0. */
const Value = z.int().nonnegative().nullable();
/** The model's 32 bits leave a probability of 1 a hair above it. */
const Probability = z.number().min(0).max(1.000001);

const Reading = z.strictObject({ value: Value, probability: Probability }).readonly();

/** What a digit box holds, by the digit model alone. */
const Box = z
  .strictObject({
    /** The likeliest class: '0' to '9', 'unused' or 'unreadable'. */
    reading: z.enum(BOX_CLASSES),
    probability: Probability,
    probabilities: z.record(z.enum(BOX_CLASSES), Probability),
  })
  .readonly();

export const BUBBLE_CLASSES = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'none', 'unclear'] as const;
const BubbleColumn = z
  .strictObject({
    /** The bubble that is filled, 'none', or 'unclear' (two, or half filled). */
    reading: z.enum(BUBBLE_CLASSES),
    probability: Probability,
    probabilities: z.record(z.enum(BUBBLE_CLASSES), Probability),
  })
  .readonly();

/** Numbers another source says (tally strokes, words), with what it leaves to all others. */
const Said = z
  .strictObject({
    candidates: z.array(z.strictObject({ value: z.int(), probability: Probability }).readonly()).readonly(),
    unlisted: Probability,
  })
  .readonly();

const FigureReport = z
  .strictObject({
    id: z.string(),
    label: z.string(),
    page: z.int(),
    photo: z.string(),
    /** The figure, only where it is accepted: null is never a figure to use. */
    value: z.int().nonnegative().nullable(),
    status: z.enum(['accepted', 'asked']),
    /** What an accepted figure rests on: its own evidence, or that together with the sums. */
    sureBy: z.enum(['itself', 'sums']).nullable(),
    /** Why it is asked; empty where it is accepted. */
    reasons: z.array(z.enum(ASK_REASONS)).readonly(),
    /** The two likeliest readings; their probabilities are those of the figure's own evidence. */
    best: Reading,
    second: Reading.nullable(),
    /** Log odds of `best` by its own evidence, and how far the best explanation of all figures leads; nats. */
    ownMargin: z.number(),
    margin: z.number(),
    /** Leftmost first. */
    boxes: z.array(Box).readonly(),
    bubbles: z.array(BubbleColumn).readonly().optional(),
    turus: Said.optional(),
    words: Said.optional(),
  })
  .readonly();
export type FigureReport = z.infer<typeof FigureReport>;

const Breach = z
  .strictObject({
    rule: z.string(),
    severity: z.enum(['blocking', 'warning']),
    /** The rule in Indonesian. */
    says: z.string(),
    source: z.string(),
    figures: z.array(z.string()).readonly(),
  })
  .readonly();

const DocumentReport = z
  .strictObject({
    form: z.string(),
    label: z.string(),
    /** Pages that were read together, so that rules across pages are judged. */
    pages: z.array(z.strictObject({ page: z.int(), photo: z.string() }).readonly()).readonly(),
    missingPages: z.array(z.int()).readonly(),
    figures: z.array(FigureReport).readonly(),
    /** Ids of the figures to ask now, worst first. An answer may settle asked figures that are not listed. */
    questions: z.array(z.string()).readonly(),
    /** Rules the likeliest readings break. */
    breaches: z.array(Breach).readonly(),
    /** Ids of rules nothing can be said about: a figure is missing or not filled in. */
    notJudged: z.array(z.string()).readonly(),
  })
  .readonly();
export type DocumentReport = z.infer<typeof DocumentReport>;

const Milliseconds = z.number().nonnegative();
const PhotoReport = z.discriminatedUnion('kind', [
  z
    .strictObject({
      kind: z.literal('read'),
      photo: z.string(),
      form: z.string(),
      page: z.int(),
      /** Time spent in the reader, by stage. */
      ms: z.record(z.string(), Milliseconds),
    })
    .readonly(),
  z
    .strictObject({
      kind: z.literal('refused'),
      photo: z.string(),
      /** Stable, for scripts; the codes are those of agent/page/refusal.ts. */
      code: z.string(),
      /** What belongs to the code: measured and limit, a corner, a figure, a tag. */
      details: z.record(z.string(), z.union([z.string(), z.number()])),
      /** What is wrong and what to do, in Indonesian. */
      what: z.string(),
      todo: z.string(),
    })
    .readonly(),
]);
export type PhotoReport = z.infer<typeof PhotoReport>;

/** The same page in several photos: which of them counts is not for a machine to say. */
const RepeatedPage = z
  .strictObject({ form: z.string(), page: z.int(), photos: z.array(z.string()).readonly() })
  .readonly();
export type RepeatedPage = z.infer<typeof RepeatedPage>;

export const Report = z
  .strictObject({
    schema: z.literal(1),
    /** sha256 of the model file. */
    model: z.string(),
    /** The exit code this report asks for: 0, 1, 2 or 70. */
    exit: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(70)]),
    /** In the order they were named. */
    photos: z.array(PhotoReport).readonly(),
    documents: z.array(DocumentReport).readonly(),
    /** Photos of these pages, and of all pages of their form, were each decided by themselves. */
    repeatedPages: z.array(RepeatedPage).readonly(),
    /** From the first photo to the report, start of the reader included. */
    ms: Milliseconds,
  })
  .readonly();
export type Report = z.infer<typeof Report>;
