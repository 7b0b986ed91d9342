import { z } from 'zod';
import { Mode } from './record.ts';

/** Records asked for at once; of more, the rest is asked for with the next answer. */
export const RECORDS_WANTED_AT_ONCE = 100;

/**
 * Central's signed answer, sent after its database commit and only then. A repeated record gets the
 * same answer. The kit deletes nothing before it holds one.
 */
export const Receipt = z.discriminatedUnion('kind', [
  /** The record named by its digest (sha256 of the compact JWS) is committed. */
  z
    .strictObject({
      kind: z.literal('record'),
      kit: z.string(),
      sequence: z.int().positive(),
      digest: z.string().regex(/^[0-9a-f]{64}$/),
      committedAt: z.iso.datetime(),
    })
    .readonly(),
  /** The record was refused; it stays on the kit and the reason is shown. */
  z
    .strictObject({
      kind: z.literal('refused'),
      kit: z.string(),
      sequence: z.int().positive(),
      digest: z.string().regex(/^[0-9a-f]{64}$/),
      code: z.enum([
        'bad-signature',
        'unknown-kit',
        'revoked-kit',
        'wrong-tps',
        'sequence-conflict',
        'bad-schema',
        'unknown-form',
      ]),
      reason: z.string(),
    })
    .readonly(),
  /** The whole picture is stored and its digest is right. Answers every chunk of a picture that is whole. */
  z
    .strictObject({ kind: z.literal('picture'), kit: z.string(), sha256: z.string().regex(/^[0-9a-f]{64}$/) })
    .readonly(),
  /**
   * Chunks central lacks of a picture whose record it holds. It answers the last chunk of a picture
   * that is not whole: a kit sends that chunk first to ask, then what is wanted, then asks again.
   */
  z
    .strictObject({
      kind: z.literal('picture-wants'),
      kit: z.string(),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
      chunks: z.array(z.int().nonnegative()).readonly(),
    })
    .readonly(),
  /**
   * Records of this chain central does not hold although the kit counts them as received, or has sent a
   * later one: central's database was brought back from a copy. The kit sends them once more.
   */
  z
    .strictObject({
      kind: z.literal('record-wants'),
      kit: z.string(),
      mode: Mode,
      sequences: z.array(z.int().positive()).min(1).max(RECORDS_WANTED_AT_ONCE).readonly(),
    })
    .readonly(),
  /**
   * Central subscribed anew and found this kit on the line: what was on its way may have been lost with a
   * broker's memory, and is to be sent at once instead of when its time is up.
   */
  z.strictObject({ kind: z.literal('listening'), kit: z.string() }).readonly(),
]);
export type Receipt = z.infer<typeof Receipt>;
