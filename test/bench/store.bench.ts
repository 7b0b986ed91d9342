import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { nodeDisk } from '#agent/store/disk.ts';
import { openStore, type Store } from '#agent/store/store.ts';
import { confirmDocument } from '#test/confirm-document.ts';
import { kitSigner, kitUplink } from '#test/kit-uplink.ts';
import { testAuthority, testBroker } from '#test/mosquitto.ts';
import { sampleRecord } from '#test/sample-record.ts';
import { standInCentral } from '#test/stand-in-central.ts';

/**
 * What a durable write costs on this disk, and how fast records and pictures pass through outbox,
 * Mosquitto (mutual TLS) and a stand-in central that keeps them in memory.
 * `node test/bench/store.bench.ts [folder on the disk to measure]`.
 */
const KIT = 'palembang-0001';
const WRITES = 300;
const RECORDS = 40;
const PICTURE_BYTES = 300_000;

interface Row {
  readonly what: string;
  readonly median: string;
  readonly p99: string;
  readonly rate: string;
}

const base = resolve(process.argv[2] ?? 'out');
mkdirSync(base, { recursive: true });
const folder = mkdtempSync(`${base}/store-bench-`);
const authority = await testAuthority(KIT, '1671010001001');
const files = { authority: authority.folder, kit: KIT };
const signer = kitSigner(files);
try {
  console.table([
    ...(await plainWrites()),
    ...(await writes('an evening of 1 kB', 1)),
    ...(await writes('an evening of 100 kB, as after eight pages', 100)),
    ...(await pictures()),
    ...(await deliveries()),
  ]);
} finally {
  authority.remove();
  rmSync(folder, { recursive: true });
}

/** What the disk itself takes, to hold the rest against. */
async function plainWrites(): Promise<readonly Row[]> {
  const bytes = Buffer.alloc(100_000, 'x');
  const ms = await times(WRITES, async () => {
    const file = await nodeDisk.create(`${folder}/plain`);
    await file.write(bytes);
    await file.sync();
    await file.close();
  });
  return [row('for comparison: write 100 kB and fsync', ms)];
}

async function writes(what: string, kilobytes: number): Promise<readonly Row[]> {
  const store = await open(`${folder}/writes-${kilobytes}`);
  const text = 'x'.repeat(kilobytes * 1_000 - 30);
  const ms = await times(WRITES, async (n) => must(await store.update(() => `${n} ${text}`)));
  return [row(`write ${what}`, ms)];
}

async function pictures(): Promise<readonly Row[]> {
  const store = await open(`${folder}/pictures`);
  const bytes = Array.from({ length: 60 }, () => randomBytes(PICTURE_BYTES * 10));
  const ms = await times(bytes.length, async (n) => must(await store.pictures.put(bytes[n] ?? randomBytes(1))));
  return [row('put a picture of 3 MB', ms)];
}

async function deliveries(): Promise<readonly Row[]> {
  const store = await open(`${folder}/deliveries`);
  const broker = await testBroker(authority.folder);
  await broker.start();
  const central = await standInCentral(authority.folder, broker.url);
  const confirm = await times(RECORDS, () => confirmOne(store));
  const started = performance.now();
  const uplink = kitUplink(files, store, broker.url);
  const recordsMs = await until(() => uplink.state().records.received === RECORDS, started);
  const picturesMs = await until(() => uplink.state().pictures.waiting === 0, started);
  await uplink.close();
  await central.close();
  await broker.stop();
  return [
    row('put a picture of 300 kB; compose, sign and keep its record', confirm),
    rate(`${RECORDS} records, each to its receipt on the disk`, RECORDS, recordsMs, 'records/s'),
    rate(`${RECORDS} pictures of 300 kB, to their receipts`, RECORDS, picturesMs - recordsMs, 'pictures/s'),
  ];
}

async function open(path: string): Promise<Store<string>> {
  const opened = await openStore({
    disk: nodeDisk,
    folder: path,
    kit: KIT,
    tps: '1671010001001',
    mode: 'latihan',
    evening: z.string(),
    fresh: '',
  });
  if (!opened.ok) throw new Error(opened.reason);
  return opened.store;
}

async function confirmOne(store: Store<string>): Promise<void> {
  const figures = Array.from({ length: 30 }, (_, n) => ({
    ...{ id: `figure-${n}`, value: n, read: n, probability: 0.99, by: 'machine' as const, officer: null },
  }));
  await confirmDocument(store, signer, PICTURE_BYTES, (placed) => sampleRecord({ ...placed, figures }));
}

async function times(count: number, work: (n: number) => Promise<void>): Promise<readonly number[]> {
  const ms: number[] = [];
  for (let n = 0; n < count; n += 1) {
    const started = performance.now();
    await work(n);
    ms.push(performance.now() - started);
  }
  return ms.sort((a, b) => a - b);
}

async function until(done: () => boolean, started: number): Promise<number> {
  while (!done()) await new Promise((resolve) => setTimeout(resolve, 5));
  return performance.now() - started;
}

function row(what: string, ms: readonly number[]): Row {
  const at = (share: number) => (ms[Math.floor(share * (ms.length - 1))] ?? 0).toFixed(2);
  return { what, median: `${at(0.5)} ms`, p99: `${at(0.99)} ms`, rate: '' };
}

function rate(what: string, count: number, ms: number, unit: string): Row {
  return { what, median: '', p99: '', rate: `${(count / (ms / 1_000)).toFixed(1)} ${unit}` };
}

function must(result: { readonly ok: boolean }): void {
  if (!result.ok) throw new Error(JSON.stringify(result));
}
