import { z } from 'zod';
import { DocumentKind } from '../form/definition.ts';

/** What one confirmed document says, as the kit signs it and the centre stores it. */

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'a sha256 in lower-case hex');
const Value = z.int().min(0).max(999_999).nullable();
/** What every database can hold: no control characters, no half of a surrogate pair. */
const Text = z.string().regex(/^[^\p{Cc}\p{Cs}]{1,200}$/u, 'plain text of 1 to 200 characters');
/** A kit without a clock of its own begins in 1970; nothing it can mean lies before. */
const WallClock = z.iso
  .datetime()
  .max(30)
  .refine((time) => Date.parse(time) >= 0, 'a time from 1970 on');

/** Practice and official never mix: they have their own stores and their own records at central. */
export const Mode = z.enum(['latihan', 'resmi']);
export type Mode = z.infer<typeof Mode>;

const RecordedFigure = z
  .strictObject({
    id: Text,
    /** As confirmed; null where the row is not filled in. */
    value: Value,
    /** As the machine read it before any person looked; null also where it could not settle on a reading. */
    read: Value,
    /** The machine's probability of its own reading, 0 to 1. */
    probability: z.number().min(0).max(1),
    /** machine: accepted without asking; confirmed: asked and answered with the machine's reading; changed: a person's other value. */
    by: z.enum(['machine', 'confirmed', 'changed']),
    /** Code of the officer who answered, where one did. */
    officer: Text.nullable(),
  })
  .readonly();

const RecordedVerdict = z
  .strictObject({
    rule: Text,
    verdict: z.enum(['holds', 'broken', 'incomplete']),
    severity: z.enum(['blocking', 'warning']),
  })
  .readonly();

const RecordedPage = z
  .strictObject({
    page: z.int().positive(),
    /** Digest of the picture as it is kept: as taken or, where it is restricted, sealed. */
    sha256: Sha256,
    bytes: z.int().positive(),
    /** The picture shows personal data and is sealed for the central office (contract/wire/sealed-picture.ts); others have no such key. */
    restricted: z.literal(true).exactOptional(),
  })
  .readonly();

/**
 * Why a stored document was corrected. misread: what was confirmed is not what the paper says. paper-corrected:
 * the KPPS has corrected the paper. objection: the paper was corrected after an objection of a witness or supervisor.
 */
export const CORRECTION_REASONS = ['misread', 'paper-corrected', 'objection'] as const;
export const CorrectionReason = z.enum(CORRECTION_REASONS);
export type CorrectionReason = z.infer<typeof CorrectionReason>;

export const ResultRecord = z
  .strictObject({
    schema: z.literal(1),
    kind: DocumentKind,
    mode: Mode,
    /** Form definition this was read with. */
    form: Text,
    /** Public TPS code, e.g. 1671010001001. */
    tps: z.string().regex(/^[0-9]{13}$/, 'a TPS code of 13 digits'),
    kit: z.string().regex(/^[a-z0-9-]{3,40}$/, 'a kit id'),
    /** 1 for the first; a correction has the next number and supersedes the one before. */
    version: z.int().positive().max(9_999),
    /** Digest of the record this one corrects; null for version 1. */
    supersedes: Sha256.nullable(),
    /** Why it does; version 1 has no such key. */
    correction: CorrectionReason.exactOptional(),
    /** Code of the officer who confirmed; kits that ask nobody who he is have no such key. */
    confirmedBy: Text.exactOptional(),
    /** Codes of officers and witnesses who stood by the figures beside him. */
    countersigned: z.array(Text).max(30).readonly().exactOptional(),
    figures: z.array(RecordedFigure).readonly(),
    verdicts: z.array(RecordedVerdict).readonly(),
    /** The KPPS declared that the paper itself breaks a blocking rule. */
    paperBreaksRules: z.boolean(),
    pages: z.array(RecordedPage).min(1).readonly(),
    /**
     * Position in the kit's chain, from 1 without gaps. Each mode has a chain of its own: what is
     * one record once only is kit + mode + sequence.
     */
    sequence: z.int().positive(),
    /** Digest of the record before this one in that chain; null for sequence 1. */
    previous: Sha256.nullable(),
    bootId: Text,
    /** Milliseconds since that boot. */
    monotonicMs: z.number().nonnegative(),
    wallClock: WallClock,
    clockSynchronised: z.boolean(),
    agent: Text,
    /** sha256 of the model file that read the boxes. */
    model: Sha256,
    /** sha256 of the model file that read the numbers in words; records of kits that read none have no such key. */
    wordsModel: Sha256.exactOptional(),
  })
  .readonly();
export type ResultRecord = z.infer<typeof ResultRecord>;
export type RecordedFigure = z.infer<typeof RecordedFigure>;
