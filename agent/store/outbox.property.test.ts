import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHUNK_BYTES, chunkCount } from '#contract/wire/topics.ts';
import { type Outbox, type OutboxAction, type OutboxEvent, outboxOf, step, wakeAt } from './outbox.ts';
import type { OutboxRecord } from './outbox-record.ts';
import { KIT, LIMITS, listening, received, record, wantsChunks } from './testing/outbox-events.ts';

/** Central and the network between, as the property below needs them. */
function simulateCentral() {
  const held = new Map<string, Set<number>>();
  const records = new Map<number, OutboxRecord>();
  const picture = (sha256: string) =>
    [...records.values()].flatMap(({ pictures }) => pictures).find((candidate) => candidate.sha256 === sha256);

  function answer(action: OutboxAction): OutboxEvent | null {
    if (action.kind === 'send-record') {
      records.set(action.record.sequence, action.record);
      return received(action.record.sequence);
    }
    const named = picture(action.sha256);
    if (!named) return null;
    const chunks = held.get(action.sha256) ?? new Set<number>();
    held.set(action.sha256, chunks.add(action.chunk));
    const count = chunkCount(named.bytes);
    const missing = [...Array(count).keys()].filter((chunk) => !chunks.has(chunk));
    if (missing.length === 0) {
      return { kind: 'receipt', receipt: { kind: 'picture', kit: KIT, sha256: action.sha256 }, jws: '' };
    }
    return action.chunk === count - 1 ? wantsChunks(action.sha256, missing) : null;
  }
  return { answer, records, held };
}

type Turn =
  | { readonly do: 'link'; readonly up: boolean }
  | { readonly do: 'pass'; readonly ms: number }
  | { readonly do: 'confirm'; readonly pictures: readonly number[] }
  /** The oldest message on the wire reaches central, or is lost. */
  | { readonly do: 'carry'; readonly arrives: boolean; readonly answers: 'lost' | 'once' | 'twice' }
  | { readonly do: 'acknowledge' }
  | { readonly do: 'central-back' };

const turn: fc.Arbitrary<Turn> = fc.oneof(
  fc.record({ do: fc.constant('link' as const), up: fc.boolean() }),
  fc.record({ do: fc.constant('pass' as const), ms: fc.integer({ min: 0, max: 500 }) }),
  fc.record({
    do: fc.constant('confirm' as const),
    pictures: fc.array(fc.integer({ min: 1, max: 6 * CHUNK_BYTES }), { maxLength: 3 }),
  }),
  fc.record({
    do: fc.constant('carry' as const),
    arrives: fc.boolean(),
    answers: fc.constantFrom('lost' as const, 'once' as const, 'twice' as const),
  }),
  fc.record({ do: fc.constant('acknowledge' as const) }),
  fc.record({ do: fc.constant('central-back' as const) }),
);

describe('the outbox over a bad link', () => {
  it('delivers every record and picture once the link is good, in order, and forgets nothing on the way', () => {
    fc.assert(
      fc.property(fc.array(turn, { maxLength: 120 }), (turns) => {
        const central = simulateCentral();
        let outbox = outboxOf([], []);
        let now = 0;
        let wire: OutboxAction[] = [];
        let confirmed = 0;
        const receipts = new Set<number>();
        const firstSent: number[] = [];

        function hear(event: OutboxEvent): void {
          if (event.kind === 'receipt' && event.receipt.kind === 'record') receipts.add(event.receipt.sequence);
          const stepped = step(outbox, event, now, LIMITS);
          outbox = stepped.outbox;
          for (const action of stepped.actions) {
            if (action.kind === 'send-record' && !firstSent.includes(action.record.sequence)) {
              firstSent.push(action.record.sequence);
            }
          }
          wire = event.kind === 'link-down' ? [] : [...wire, ...stepped.actions];
          hold(stepped.actions);
        }

        function hold(actions: readonly OutboxAction[]): void {
          if (outbox.link === 'down') expect(actions).toEqual([]);
          expect(outbox.records.map(({ sequence }) => sequence)).toEqual(
            [...Array(confirmed).keys()].map((n) => n + 1),
          );
          const done = outbox.records.filter(({ answer }) => answer.kind !== 'waiting').map(({ sequence }) => sequence);
          expect(done).toEqual([...receipts].sort((a, b) => a - b));
          expect(firstSent).toEqual([...firstSent].sort((a, b) => a - b));
          if (outbox.transfer?.phase === 'sending') {
            expect(outbox.transfer.flight.length).toBeLessThanOrEqual(LIMITS.window);
          }
          if (done.length < confirmed) expect(actions.filter(({ kind }) => kind === 'send-chunk')).toEqual([]);
          const wake = wakeAt(outbox);
          if (wake !== null) expect(wake).toBeGreaterThan(now);
        }

        function carry(arrives: boolean, times: number): void {
          const [action, ...rest] = wire;
          wire = rest;
          const answer = action && arrives ? central.answer(action) : null;
          for (let n = 0; answer && n < times && outbox.link === 'up'; n += 1) hear(answer);
        }

        function acknowledge(): void {
          const { transfer } = outbox;
          const flying = transfer?.phase === 'sending' ? transfer.flight[0] : undefined;
          if (!transfer || !flying) return;
          hear({ kind: 'chunk-acknowledged', sha256: transfer.picture.sha256, chunk: flying.chunk });
        }

        function pass(ms: number): void {
          const until = now + ms;
          for (let wake = wakeAt(outbox); wake !== null && wake <= until; wake = wakeAt(outbox)) {
            now = wake;
            hear({ kind: 'tick' });
          }
          now = until;
        }

        for (const next of turns) {
          switch (next.do) {
            case 'link':
              hear({ kind: next.up ? 'link-up' : 'link-down' });
              break;
            case 'pass':
              pass(next.ms);
              break;
            case 'confirm':
              confirmed += 1;
              hear({ kind: 'confirmed', record: record(confirmed, next.pictures) });
              break;
            case 'carry':
              carry(next.arrives, { lost: 0, once: 1, twice: 2 }[next.answers]);
              break;
            case 'acknowledge':
              acknowledge();
              break;
            case 'central-back':
              if (outbox.link === 'up') hear(listening());
              break;
          }
        }

        hear({ kind: 'link-down' });
        hear({ kind: 'link-up' });
        for (let n = 0; n < 2_000 && !isDone(outbox); n += 1) {
          if (wire.length === 0) acknowledge();
          if (wire.length === 0) pass(Math.max(0, (wakeAt(outbox) ?? now) - now));
          carry(true, 1);
        }
        expect(isDone(outbox)).toBe(true);
        expect([...central.records.keys()].sort((a, b) => a - b)).toEqual(outbox.records.map((r) => r.sequence));
        for (const { sha256, bytes } of outbox.records.flatMap(({ pictures }) => pictures)) {
          expect(central.held.get(sha256)?.size).toBe(chunkCount(bytes));
        }
      }),
      { numRuns: 300 },
    );
  });
});

function isDone(outbox: Outbox): boolean {
  return (
    outbox.records.every(({ answer }) => answer.kind === 'received') &&
    outbox.records.every(({ pictures }) => pictures.every(({ sha256 }) => outbox.receivedPictures.has(sha256)))
  );
}
