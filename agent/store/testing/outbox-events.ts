import type { OutboxEvent, OutboxLimits } from '../outbox.ts';
import type { OutboxRecord } from '../outbox-record.ts';

/** What an outbox may hear, for its tests: records named by their numbers, and central's answers to them. */

/** Short enough to be counted by hand, ms. */
export const LIMITS: OutboxLimits = { window: 3, timeoutMs: 100, longestTimeoutMs: 800, offerAgainMs: 5_000 };
export const KIT = 'palembang-0001';
/** A digest named by a number. */
export const hex = (n: number) => n.toString(16).padStart(64, '0');

/** A document whose pictures have those sizes, bytes. */
export function record(sequence: number, pictures: readonly number[] = []): OutboxRecord {
  return {
    sequence,
    digest: hex(sequence),
    jws: `record-${sequence}`,
    form: 'c-hasil',
    version: 1,
    pictures: pictures.map((bytes, page) => ({ sha256: hex(sequence * 100 + page), bytes })),
    answer: { kind: 'waiting' },
  };
}

export function received(sequence: number, digest = hex(sequence)): OutboxEvent {
  const receipt = { kind: 'record', kit: KIT, sequence, digest, committedAt: '2024-11-27T12:00:00Z' } as const;
  return { kind: 'receipt', receipt, jws: `receipt-${sequence}` };
}

export function refused(sequence: number): OutboxEvent {
  const why = { code: 'unknown-kit', reason: 'belum terdaftar' } as const;
  return {
    kind: 'receipt',
    receipt: { kind: 'refused', kit: KIT, sequence, digest: hex(sequence), ...why },
    jws: `refusal-${sequence}`,
  };
}

export function wantsChunks(sha256: string, chunks: readonly number[]): OutboxEvent {
  return { kind: 'receipt', receipt: { kind: 'picture-wants', kit: KIT, sha256, chunks: [...chunks] }, jws: '' };
}

export function wantsRecords(sequences: readonly number[]): OutboxEvent {
  return { kind: 'receipt', receipt: { kind: 'record-wants', kit: KIT, mode: 'resmi', sequences }, jws: '' };
}

export function listening(): OutboxEvent {
  return { kind: 'receipt', receipt: { kind: 'listening', kit: KIT }, jws: '' };
}
