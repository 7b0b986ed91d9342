import { z } from 'zod';
import type { Receipt } from '#contract/wire/receipt.ts';

/** What became of a record at central. Only a receipt with central's signature changes it. */
const Answer = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('waiting') }).readonly(),
  z
    .strictObject({
      kind: z.literal('received'),
      committedAt: z.string(),
      /** The signed receipt, kept as proof. */
      receipt: z.string(),
    })
    .readonly(),
  /** Central will not take it as things stand; it stays here, is shown, and is offered again. */
  z.strictObject({ kind: z.literal('refused'), code: z.string(), reason: z.string(), receipt: z.string() }).readonly(),
]);
export type Answer = z.infer<typeof Answer>;

/** A signed record on its way to central, with the pictures it names in page order. Never removed. */
export const OutboxRecord = z
  .strictObject({
    sequence: z.int().positive(),
    digest: z.string(),
    jws: z.string(),
    form: z.string(),
    version: z.int().positive(),
    pictures: z.array(z.strictObject({ sha256: z.string(), bytes: z.int().positive() }).readonly()).readonly(),
    answer: Answer,
  })
  .readonly();
export type OutboxRecord = z.infer<typeof OutboxRecord>;
export type OutboxPicture = OutboxRecord['pictures'][number];

/**
 * The record as a verified receipt leaves it; null where the receipt does not speak of it. A record
 * central has received stays received, whatever is said later.
 */
export function answered(record: OutboxRecord, receipt: Receipt, jws: string): OutboxRecord | null {
  if (receipt.kind !== 'record' && receipt.kind !== 'refused') return null;
  if (receipt.sequence !== record.sequence || receipt.digest !== record.digest) return null;
  if (record.answer.kind === 'received') return record;
  switch (receipt.kind) {
    case 'record':
      return { ...record, answer: { kind: 'received', committedAt: receipt.committedAt, receipt: jws } };
    case 'refused':
      return { ...record, answer: { kind: 'refused', code: receipt.code, reason: receipt.reason, receipt: jws } };
  }
}
