import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHUNK_BYTES, chunkCount } from '#contract/wire/topics.ts';
import {
  type Outbox,
  type OutboxAction,
  type OutboxEvent,
  type OutboxLimits,
  outboxOf,
  step,
  wakeAt,
} from './outbox.ts';
import type { OutboxRecord } from './outbox-record.ts';

const LIMITS: OutboxLimits = { window: 3, timeoutMs: 100, longestTimeoutMs: 800, offerAgainMs: 5_000 };
const KIT = 'palembang-0001';
const hex = (n: number) => n.toString(16).padStart(64, '0');

function record(sequence: number, pictures: readonly number[] = []): OutboxRecord {
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

function received(sequence: number, digest = hex(sequence)): OutboxEvent {
  const receipt = { kind: 'record', kit: KIT, sequence, digest, committedAt: '2024-11-27T12:00:00Z' } as const;
  return { kind: 'receipt', receipt, jws: `receipt-${sequence}` };
}

function refused(sequence: number): OutboxEvent {
  const why = { code: 'unknown-kit', reason: 'belum terdaftar' } as const;
  return {
    kind: 'receipt',
    receipt: { kind: 'refused', kit: KIT, sequence, digest: hex(sequence), ...why },
    jws: `refusal-${sequence}`,
  };
}

function wantsChunks(sha256: string, chunks: readonly number[]): OutboxEvent {
  return { kind: 'receipt', receipt: { kind: 'picture-wants', kit: KIT, sha256, chunks: [...chunks] }, jws: '' };
}

function wantsRecords(sequences: readonly number[]): OutboxEvent {
  return { kind: 'receipt', receipt: { kind: 'record-wants', kit: KIT, mode: 'resmi', sequences }, jws: '' };
}

/** A machine with a clock of its own, and everything it ever asked to be sent. */
function bench(records: readonly OutboxRecord[]) {
  let outbox: Outbox = outboxOf(records, []);
  let now = 0;
  return {
    outbox: () => outbox,
    at: (ms: number) => {
      now = ms;
    },
    hear(event: OutboxEvent): readonly string[] {
      const stepped = step(outbox, event, now, LIMITS);
      outbox = stepped.outbox;
      return stepped.actions.map(say);
    },
  };
}

function say(action: OutboxAction): string {
  return action.kind === 'send-record'
    ? `record ${action.record.sequence}`
    : `chunk ${Number.parseInt(action.sha256, 16)}/${action.chunk}`;
}

describe('the outbox', () => {
  it('sends nothing while there is no link', () => {
    const { hear, outbox } = bench([record(1)]);
    expect(hear({ kind: 'tick' })).toEqual([]);
    expect(wakeAt(outbox())).toBeNull();
  });

  it('sends records one at a time, in their order', () => {
    const { hear } = bench([record(1), record(2)]);
    expect(hear({ kind: 'link-up' })).toEqual(['record 1']);
    expect(hear({ kind: 'tick' })).toEqual([]);
    expect(hear(received(1))).toEqual(['record 2']);
    expect(hear(received(2))).toEqual([]);
  });

  it('sends a record again when no receipt came, each time waiting longer, up to a limit', () => {
    const { hear, at, outbox } = bench([record(1)]);
    hear({ kind: 'link-up' });
    const waits: number[] = [];
    let now = 0;
    for (let n = 0; n < 5; n += 1) {
      const wake = wakeAt(outbox()) ?? Number.NaN;
      waits.push(wake - now);
      now = wake;
      at(now);
      expect(hear({ kind: 'tick' })).toEqual(['record 1']);
    }
    expect(waits).toEqual([100, 200, 400, 800, 800]);
  });

  it('is not moved by a receipt that names another digest', () => {
    const { hear, outbox } = bench([record(1)]);
    hear({ kind: 'link-up' });
    hear(received(1, hex(7)));
    expect(outbox().records[0]?.answer).toEqual({ kind: 'waiting' });
    expect(outbox().sending?.sequence).toBe(1);
  });

  it('keeps a refused record, lets the next one pass, and offers it again with the next link and after a while', () => {
    const { hear, at, outbox } = bench([record(1), record(2)]);
    hear({ kind: 'link-up' });
    expect(hear(refused(1))).toEqual(['record 2']);
    expect(hear(received(2))).toEqual([]);
    hear({ kind: 'link-down' });
    expect(hear({ kind: 'link-up' })).toEqual(['record 1']);
    expect(hear(refused(1))).toEqual([]);
    at(LIMITS.offerAgainMs);
    expect(wakeAt(outbox())).toBe(LIMITS.offerAgainMs);
    expect(hear({ kind: 'tick' })).toEqual(['record 1']);
    hear(received(1));
    expect(outbox().records[0]?.answer.kind).toBe('received');
  });

  it('never takes back that a record was received', () => {
    const { hear, outbox } = bench([record(1)]);
    hear({ kind: 'link-up' });
    hear(received(1));
    hear(refused(1));
    expect(outbox().records[0]?.answer.kind).toBe('received');
  });

  it('asks with the last chunk what central lacks, and sends just that', () => {
    const { hear } = bench([record(1, [5 * CHUNK_BYTES])]);
    hear({ kind: 'link-up' });
    expect(hear(received(1))).toEqual(['chunk 100/4']);
    expect(hear(wantsChunks(hex(100), [1, 3]))).toEqual(['chunk 100/1', 'chunk 100/3']);
  });

  it('keeps no more than its window of chunks on the way, and sends a lost one again', () => {
    const { hear, at } = bench([record(1, [5 * CHUNK_BYTES])]);
    hear({ kind: 'link-up' });
    hear(received(1));
    expect(hear(wantsChunks(hex(100), [0, 1, 2, 3]))).toEqual(['chunk 100/0', 'chunk 100/1', 'chunk 100/2']);
    expect(hear({ kind: 'chunk-acknowledged', sha256: hex(100), chunk: 1 })).toEqual(['chunk 100/3']);
    at(LIMITS.longestTimeoutMs);
    expect(hear({ kind: 'tick' })).toEqual(['chunk 100/0', 'chunk 100/2', 'chunk 100/3']);
  });

  it('leaves a chunk to a slow link that still carries it: sent again, it would only wait behind itself', () => {
    const { hear, at, outbox } = bench([record(1, [5 * CHUNK_BYTES])]);
    hear({ kind: 'link-up' });
    hear(received(1));
    hear(wantsChunks(hex(100), [0, 1, 2, 3]));
    at(LIMITS.longestTimeoutMs - 1);
    expect(hear({ kind: 'tick' })).toEqual([]);
    expect(wakeAt(outbox())).toBe(LIMITS.longestTimeoutMs);
  });

  it('does not take the broker’s word for a picture: it asks again until central says that it is whole', () => {
    const { hear, at } = bench([record(1, [CHUNK_BYTES])]);
    hear({ kind: 'link-up' });
    hear(received(1));
    hear(wantsChunks(hex(100), [0]));
    expect(hear({ kind: 'chunk-acknowledged', sha256: hex(100), chunk: 0 })).toEqual([]);
    at(100);
    expect(hear({ kind: 'tick' })).toEqual(['chunk 100/0']);
    expect(hear({ kind: 'receipt', receipt: { kind: 'picture', kit: KIT, sha256: hex(100) }, jws: '' })).toEqual([]);
  });

  it('lets a new record interrupt a picture, and the newest document’s pictures go first', () => {
    const { hear, outbox } = bench([record(1, [CHUNK_BYTES])]);
    hear({ kind: 'link-up' });
    expect(hear(received(1))).toEqual(['chunk 100/0']);
    expect(hear({ kind: 'confirmed', record: record(2, [CHUNK_BYTES]) })).toEqual(['record 2']);
    expect(wakeAt(outbox())).toBe(outbox().sending?.until);
    expect(hear(received(2))).toEqual(['chunk 200/0']);
  });

  it('sends again what central lacks although it once was received, its pictures too, and nothing else', () => {
    const { hear, outbox } = bench([record(1, [10]), record(2), record(3)]);
    hear({ kind: 'link-up' });
    for (const sequence of [1, 2, 3]) hear(received(sequence));
    hear({ kind: 'receipt', receipt: { kind: 'picture', kit: KIT, sha256: hex(100) }, jws: '' });
    expect(hear(wantsRecords([1, 2, 9]))).toEqual(['record 1']);
    expect(hear(wantsChunks(hex(100), [0]))).toEqual(['chunk 100/0']);
    expect(hear(received(1))).toEqual(['record 2']);
    expect(hear(received(2))).toEqual([]);
    expect(outbox().records.map(({ answer }) => answer.kind)).toEqual(['received', 'received', 'received']);
  });

  it('does not send before its turn what waits anyway, though central asks for it', () => {
    const { hear } = bench([record(1), record(2)]);
    expect(hear({ kind: 'link-up' })).toEqual(['record 1']);
    expect(hear(wantsRecords([1, 2]))).toEqual([]);
    expect(hear(received(1))).toEqual(['record 2']);
    expect(hear(received(2))).toEqual([]);
  });

  it('knows a record once only, however often it is told of it', () => {
    const { hear, outbox } = bench([record(1)]);
    hear({ kind: 'confirmed', record: record(1) });
    expect(outbox().records).toHaveLength(1);
  });

  it('is not moved by wants that ask for nothing, for another picture, or for chunks there are not', () => {
    const { hear } = bench([record(1, [CHUNK_BYTES])]);
    hear({ kind: 'link-up' });
    hear(received(1));
    expect(hear(wantsChunks(hex(100), []))).toEqual([]);
    expect(hear(wantsChunks(hex(7), [0]))).toEqual([]);
    expect(hear(wantsChunks(hex(100), [1, 99]))).toEqual([]);
  });

  it('passes over a picture the disk cannot give, and tries it once more with the next link', () => {
    const { hear } = bench([record(1, [CHUNK_BYTES, CHUNK_BYTES])]);
    hear({ kind: 'link-up' });
    hear(received(1));
    expect(hear({ kind: 'picture-lost', sha256: hex(100) })).toEqual(['chunk 101/0']);
    hear({ kind: 'link-down' });
    expect(hear({ kind: 'link-up' })).toEqual(['chunk 100/0']);
  });
});

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
  | { readonly do: 'acknowledge' };

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
