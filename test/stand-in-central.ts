import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Socket } from 'node:net';
import { connect, type MqttClient } from 'mqtt';
import { openRecord, signReceipt } from '#contract/wire/envelope.ts';
import type { Receipt } from '#contract/wire/receipt.ts';
import type { ResultRecord } from '#contract/wire/record.ts';
import { certificatesOf, signerOf } from '#contract/wire/signature.ts';
import { ALL_SUBSCRIPTIONS, chunkCount, parseTopic, receiptTopic } from '#contract/wire/topics.ts';

/**
 * As much of a central office as an uplink needs to meet: it verifies, keeps everything in memory,
 * and answers. What central really does is central/'s business.
 */
export interface StandInCentral {
  /** Records by digest, each once, in the order they came. */
  readonly records: ReadonlyMap<string, ResultRecord>;
  /** Digests in the order they arrived, repetitions included. */
  readonly arrivals: readonly string[];
  /** Chunks of named pictures, `<sha256>/<n>`, in the order they arrived, repetitions included. */
  readonly chunkArrivals: readonly string[];
  /** Whole pictures by their sha256. */
  readonly pictures: ReadonlyMap<string, Uint8Array>;
  /** Retained words of kits, newest last. */
  readonly statuses: readonly string[];
  readonly healths: readonly string[];
  /** Publishes a receipt as it is, true or forged. */
  send(kit: string, jws: string): Promise<void>;
  close(): Promise<void>;
}

export async function standInCentral(authority: string, url: string): Promise<StandInCentral> {
  const file = (name: string) => readFileSync(`${authority}/${name}`, 'utf8');
  const signer = signerOf(file('central-signing.crt'), file('central-signing.key'));
  const roots = certificatesOf(file('root.crt'));
  const records = new Map<string, ResultRecord>();
  const arrivals: string[] = [];
  const chunkArrivals: string[] = [];
  const chunks = new Map<string, Map<number, Uint8Array>>();
  const pictures = new Map<string, Uint8Array>();
  const statuses: string[] = [];
  const healths: string[] = [];
  const client = connect(url, {
    ca: file('root.crt'),
    cert: file('central.crt'),
    key: file('central.key'),
    clientId: 'central',
    clean: false,
    reconnectPeriod: 100,
  });
  client.on('error', () => undefined);
  if (client.stream instanceof Socket) client.stream.setNoDelay(true);

  async function answer(kit: string, receipt: Receipt): Promise<void> {
    const { jws } = await signReceipt(receipt, signer);
    client.publish(receiptTopic(kit), jws, { qos: 1 });
  }

  async function takeRecord(kit: string, jws: string): Promise<void> {
    const opened = await openRecord(jws, roots, new Date());
    if (!opened.ok) throw new Error(`${opened.code}: ${opened.reason}`);
    const { record, digest } = opened;
    arrivals.push(digest);
    records.set(digest, record);
    const committedAt = new Date().toISOString();
    await answer(kit, { kind: 'record', kit, sequence: record.sequence, digest, committedAt });
  }

  async function takeChunk(kit: string, sha256: string, chunk: number, bytes: Uint8Array): Promise<void> {
    const named = [...records.values()].flatMap(({ pages }) => pages).find((page) => page.sha256 === sha256);
    if (!named) return;
    chunkArrivals.push(`${sha256}/${chunk}`);
    const held = chunks.get(sha256) ?? new Map<number, Uint8Array>();
    chunks.set(sha256, held.set(chunk, bytes));
    const count = chunkCount(named.bytes);
    const missing = [...Array(count).keys()].filter((n) => !held.has(n));
    if (missing.length > 0) {
      if (chunk === count - 1) await answer(kit, { kind: 'picture-wants', kit, sha256, chunks: missing });
      return;
    }
    const whole = Buffer.concat([...held].sort(([a], [b]) => a - b).map(([, part]) => part));
    if (createHash('sha256').update(whole).digest('hex') !== sha256) throw new Error('the picture is another');
    pictures.set(sha256, whole);
    await answer(kit, { kind: 'picture', kit, sha256 });
  }

  client.handleMessage = (packet, done) => {
    const topic = parseTopic(packet.topic);
    const payload = Buffer.from(packet.payload);
    if (topic?.kind === 'status') statuses.push(payload.toString());
    if (topic?.kind === 'health') healths.push(payload.toString());
    const taken =
      topic?.kind === 'record'
        ? takeRecord(topic.kit, payload.toString())
        : topic?.kind === 'picture'
          ? takeChunk(topic.kit, topic.sha256, topic.chunk, payload)
          : Promise.resolve();
    taken.then(() => done(), done);
  };
  await connected(client);
  await client.subscribeAsync([...ALL_SUBSCRIPTIONS], { qos: 1 });
  return {
    records,
    arrivals,
    chunkArrivals,
    pictures,
    statuses,
    healths,
    send: async (kit, jws) => void (await client.publishAsync(receiptTopic(kit), jws, { qos: 1 })),
    close: () => client.endAsync(true),
  };
}

function connected(client: MqttClient): Promise<void> {
  return new Promise((resolve) => client.once('connect', () => resolve()));
}
