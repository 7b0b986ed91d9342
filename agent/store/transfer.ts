import { chunkCount } from '#contract/wire/topics.ts';
import type { OutboxPicture } from './outbox-record.ts';

/**
 * One picture on its way. `asking`: its last chunk was sent, and central answers what it lacks.
 * `sending`: the wanted chunks go out, a few at a time. `settling`: all went out; central should say
 * that the picture is whole, or what is missing still. Times are monotonic ms.
 */
export type Transfer =
  | {
      readonly phase: 'asking' | 'settling';
      readonly picture: OutboxPicture;
      readonly until: number;
      readonly tries: number;
    }
  | {
      readonly phase: 'sending';
      readonly picture: OutboxPicture;
      readonly wanted: readonly number[];
      readonly flight: readonly ChunkInFlight[];
      readonly tries: number;
    };

export interface ChunkInFlight {
  readonly chunk: number;
  /**
   * When it counts as lost: late, for a link that is up carries what it was given, however slowly, and
   * what is sent again waits behind the first.
   */
  readonly until: number;
}

/** Sends what may be sent now: at most `window` chunks on the way, lost ones first. */
export function fillWindow(
  transfer: Transfer,
  now: number,
  limits: { readonly window: number; readonly timeoutMs: number; readonly longestTimeoutMs: number },
): { readonly transfer: Transfer; readonly chunks: readonly number[] } {
  if (transfer.phase !== 'sending') return { transfer, chunks: [] };
  const lost = transfer.flight.filter(({ until }) => until <= now).map(({ chunk }) => chunk);
  const flying = transfer.flight.filter(({ until }) => until > now);
  const wanted = [...lost, ...transfer.wanted];
  const chunks = wanted.slice(0, Math.max(0, limits.window - flying.length));
  const flight = [...flying, ...chunks.map((chunk) => ({ chunk, until: now + limits.longestTimeoutMs }))];
  if (flight.length === 0) {
    const { picture, tries } = transfer;
    return { transfer: { phase: 'settling', picture, tries, until: now + limits.timeoutMs }, chunks };
  }
  return { transfer: { ...transfer, wanted: wanted.slice(chunks.length), flight }, chunks };
}

/** The broker has this chunk; that makes room for the next and proves nothing more. */
export function acknowledged(transfer: Transfer, sha256: string, chunk: number): Transfer {
  if (transfer.phase !== 'sending' || transfer.picture.sha256 !== sha256) return transfer;
  return { ...transfer, flight: transfer.flight.filter((flying) => flying.chunk !== chunk) };
}

/** Central lacks these chunks. While they go out already, an older answer is not heard. */
export function wants(transfer: Transfer, sha256: string, chunks: readonly number[]): Transfer {
  if (transfer.phase === 'sending' || transfer.picture.sha256 !== sha256) return transfer;
  const count = chunkCount(transfer.picture.bytes);
  const wanted = [...new Set(chunks)].filter((chunk) => chunk < count).sort((a, b) => a - b);
  if (wanted.length === 0) return transfer;
  return { phase: 'sending', picture: transfer.picture, wanted, flight: [], tries: 0 };
}

/** When something of it counts as lost. */
export function deadlinesOf(transfer: Transfer): readonly number[] {
  return transfer.phase === 'sending' ? transfer.flight.map(({ until }) => until) : [transfer.until];
}
