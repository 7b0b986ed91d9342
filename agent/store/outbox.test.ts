import { describe, expect, it } from 'vitest';
import { CHUNK_BYTES } from '#contract/wire/topics.ts';
import { type Outbox, type OutboxAction, type OutboxEvent, outboxOf, step, wakeAt } from './outbox.ts';
import type { OutboxRecord } from './outbox-record.ts';
import {
  hex,
  KIT,
  LIMITS,
  listening,
  received,
  record,
  refused,
  wantsChunks,
  wantsRecords,
} from './testing/outbox-events.ts';

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

  it('sends at once what was on its way when central says that it is back', () => {
    const { hear } = bench([record(1, [CHUNK_BYTES])]);
    hear({ kind: 'link-up' });
    expect(hear(listening())).toEqual(['record 1']);
    expect(hear(received(1))).toEqual(['chunk 100/0']);
    expect(hear(listening())).toEqual(['chunk 100/0']);
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
