import { describe, expect, it } from 'vitest';
import type { Receipt } from '#contract/wire/receipt.ts';
import { chunkCount } from '#contract/wire/topics.ts';
import { type Random, randomOf } from '#synthesis/random.ts';
import { OUTBOX_LIMITS, type OutboxAction, type OutboxEvent, outboxOf, step, wakeAt } from './outbox.ts';
import type { OutboxRecord } from './outbox-record.ts';

const KIT = 'palembang-0001';
const HOUR = 3_600_000;
const ONE_WAY = 100;
const DOCUMENTS = 12;
/** Mean lengths of an outage and of what lies between two: 30 % of the time there is no link. */
const [OUTAGE, BETWEEN] = [45_000, 105_000];
const hex = (n: number) => n.toString(16).padStart(64, '0');

function documentOf(sequence: number): OutboxRecord {
  const pictures = [0, 1, 2].map((page) => ({ sha256: hex(sequence * 100 + page), bytes: 300_000 + page }));
  const place = { sequence, digest: hex(sequence), jws: `record-${sequence}`, form: 'c-hasil', version: 1 };
  return { ...place, pictures, answer: { kind: 'waiting' } };
}

/** What lies ahead, by its time, ms. */
interface Ahead {
  readonly at: number;
  readonly happens: () => void;
}

/** A kit and a centre for an hour, and the wire between them, which is down now and then. */
function hour(random: Random) {
  let outbox = outboxOf([], []);
  let [now, link, down] = [0, 0, 0];
  const ahead: Ahead[] = [];
  const arrived: { readonly sequence: number; readonly at: number }[] = [];
  const chunks: string[] = [];
  const held = new Map<string, Set<number>>();
  const confirmedAt = new Map<number, number>();
  const linkedAt: number[] = [];

  const after = (ms: number, happens: () => void) => ahead.push({ at: now + ms, happens });
  /** Arrives only where the link has not broken meanwhile. */
  const carry = (happens: () => void) => {
    const on = link;
    after(ONE_WAY, () => {
      if (on === link && outbox.link === 'up') happens();
    });
  };

  function hear(event: OutboxEvent): void {
    const stepped = step(outbox, event, now, OUTBOX_LIMITS);
    outbox = stepped.outbox;
    for (const action of stepped.actions) carry(() => central(action));
    const due = wakeAt(outbox);
    if (due !== null) after(Math.max(1, due - now), () => wakeAt(outbox) === due && hear({ kind: 'tick' }));
  }

  function answer(receipt: Receipt): void {
    carry(() => hear({ kind: 'receipt', receipt, jws: '' }));
  }

  function central(action: OutboxAction): void {
    if (action.kind === 'send-record') {
      const { sequence, digest } = action.record;
      arrived.push({ sequence, at: now });
      answer({ kind: 'record', kit: KIT, sequence, digest, committedAt: '2024-11-27T12:00:00Z' });
      return;
    }
    const { sha256, chunk } = action;
    carry(() => hear({ kind: 'chunk-acknowledged', sha256, chunk }));
    chunks.push(`${sha256} ${chunk}`);
    const own = held.get(sha256) ?? new Set();
    held.set(sha256, own.add(chunk));
    const count = chunkCount(300_000 + (Number.parseInt(sha256, 16) % 100));
    const missing = [...Array(count).keys()].filter((n) => !own.has(n));
    if (missing.length === 0) answer({ kind: 'picture', kit: KIT, sha256 });
    else if (chunk === count - 1) answer({ kind: 'picture-wants', kit: KIT, sha256, chunks: missing });
  }

  function linkUp(): void {
    linkedAt.push(now);
    hear({ kind: 'link-up' });
    after(-Math.log(1 - random.unit()) * BETWEEN, () => {
      link += 1;
      hear({ kind: 'link-down' });
      const outage = -Math.log(1 - random.unit()) * OUTAGE;
      down += outage;
      after(outage, linkUp);
    });
  }

  linkUp();
  for (let sequence = 1; sequence <= DOCUMENTS; sequence += 1) {
    ahead.push({
      at: (sequence * HOUR * 0.9) / DOCUMENTS,
      happens: () => {
        confirmedAt.set(sequence, now);
        hear({ kind: 'confirmed', record: documentOf(sequence) });
      },
    });
  }
  for (;;) {
    ahead.sort((a, b) => b.at - a.at);
    const next = ahead.pop();
    if (!next || next.at > HOUR) break;
    now = next.at;
    next.happens();
  }
  return { outbox, arrived, chunks, held, confirmedAt, linkedAt, down };
}

describe('an hour in which there is no link three tenths of the time', () => {
  const hours = Array.from({ length: 20 }, (_, n) => hour(randomOf(`hour ${n}`)));

  it('is what these hours are', () => {
    const share = hours.reduce((sum, { down }) => sum + down, 0) / (hours.length * HOUR);
    expect(share).toBeGreaterThan(0.2);
    expect(share).toBeLessThan(0.4);
  });

  it('brings every record, in order, within a second of there being one and a link', () => {
    for (const { arrived, confirmedAt, linkedAt, outbox } of hours) {
      const first = [...Map.groupBy(arrived, ({ sequence }) => sequence).values()].map((of) => of[0]);
      expect(outbox.records).toHaveLength(DOCUMENTS);
      expect(first.map((arrival) => arrival?.sequence)).toEqual(outbox.records.map(({ sequence }) => sequence));
      for (const arrival of first) {
        if (!arrival) continue;
        const { sequence, at } = arrival;
        const possibleSince = Math.max(confirmedAt.get(sequence) ?? 0, ...linkedAt.filter((linked) => linked <= at));
        expect(at - possibleSince).toBeLessThanOrEqual(1_000);
      }
    }
  });

  it('brings the pictures too, and sends no chunk twice but what was on its way when the link broke, and what asks', () => {
    for (const { chunks, linkedAt, outbox, held } of hours) {
      const whole = [...held.keys()].filter((sha256) => outbox.receivedPictures.has(sha256));
      expect(whole.length).toBeGreaterThan(DOCUMENTS);
      const again = chunks.length - new Set(chunks).size;
      const asks = held.size + linkedAt.length;
      expect(again).toBeLessThanOrEqual(asks + linkedAt.length * OUTBOX_LIMITS.window);
    }
  });
});
