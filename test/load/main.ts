import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Command } from 'commander';
import { openDatabase } from '#central/database.ts';
import { chunkCount } from '#contract/wire/topics.ts';
import { freePort } from '#test/mosquitto.ts';
import { testPostgres } from '#test/postgres.ts';
import { measureBareBroker } from './bare-broker.ts';
import { DOCUMENTS, movedVotes, PICTURES_A_KIT } from './documents.ts';
import { prepareElection } from './election.ts';
import { heldIn } from './held.ts';
import { type Night, planNight } from './night.ts';
import { BROKER_READY, broker as brokerIn, kitProcess, receivers as receiversIn } from './processes.ts';
import { type DocumentFate, drainedAfter, isAllThere, type LoadReport, latencyOf, peakOf, rowsOf } from './report.ts';
import { reportPage } from './report-page.ts';
import { type Resident, residentNow } from './resources.ts';
import type { Told } from './told.ts';

/** `make load-test KITS=2272` ("uji beban"): that many kits through a night compressed in time, and an account of every record. */

interface Options {
  readonly kits: number;
  readonly receivers: number;
  readonly minutes: number;
  readonly pictureBytes: number;
  readonly seed: string;
  readonly out: string;
  readonly json: boolean;
}

const PROCESSES = 2;
/** Kits begin so long after their processes are ready, ms. */
const LEAD_MS = 3_000;
/** How long after the night what is missing is waited for. */
const PATIENCE_MS = 15 * 60_000;
const BROKER_AWAY_MS = 2_000;

const options = new Command('load-test')
  .option('--kits <number>', 'kits', Number, 200)
  .option('--receivers <number>', 'receivers of the centre, 1 to 4', Number, 2)
  .option('--minutes <number>', 'length of the night', Number, 4)
  .option('--picture-bytes <number>', 'bytes of the picture of a page', Number, 48_000)
  .option('--seed <text>', 'another one is another night', '1')
  .option('--out <folder>', 'where the report is put', 'out/load-test')
  .option('--json', 'the report as JSON on standard output', false)
  .parse()
  .opts<Options>();
const { report, fates, memory } = await loadTest(options, options.json ? () => undefined : say);
mkdirSync(options.out, { recursive: true });
writeFileSync(join(options.out, 'report.html'), reportPage(report, fates, memory));
writeFileSync(join(options.out, 'report.json'), `${JSON.stringify(report, null, 2)}\n`);
if (options.json) console.log(JSON.stringify(report, null, 2));
else for (const [what, figure] of rowsOf(report)) console.log(`${what.padEnd(56)} ${figure}`);
process.exitCode = isAllThere(report) ? 0 : 1;

function say(line: string): void {
  console.log(`${new Date().toISOString().slice(11, 19)} ${line}`);
}

interface Tested {
  readonly report: LoadReport;
  readonly fates: readonly DocumentFate[];
  readonly memory: readonly Resident[];
}

async function loadTest({ kits, receivers, minutes, pictureBytes, seed }: Options, tell: typeof say): Promise<Tested> {
  const folder = mkdtempSync(join(tmpdir(), 'tps-kit-load-'));
  const night = planNight({ kits, seed, lengthMs: minutes * 60_000 });
  tell(`${kits} kits: keys and certificates`);
  const authority = await prepareElection(folder, night.kits, receivers);
  const port = await freePort();
  const broker = brokerIn(folder, authority, port);
  await broker.start(BROKER_READY);
  tell('the broker alone');
  const url = `mqtts://127.0.0.1:${port}`;
  const bareBroker = await measureBareBroker(url, authority, night.kits[0]?.kit ?? '');
  const postgres = testPostgres();
  const central = receiversIn(folder, { broker: url, authority, port: 0, database: postgres.url, receivers });
  for (const receiver of central) await receiver.start(/receiving from/);

  const startAt = Date.now() + LEAD_MS + kits * 2;
  const fates = new Map<string, DocumentFate>();
  const refused: string[] = [];
  const published = { records: 0, chunks: 0 };
  const hear = (told: Told) => {
    if (told.kind === 'confirmed') {
      fates.set(told.digest, { confirmedAt: told.at - startAt, receivedAt: null, losing: told.losing });
    } else if (told.kind === 'received') {
      const fate = fates.get(told.digest);
      if (fate) fates.set(told.digest, { ...fate, receivedAt: told.at - startAt });
    } else if (told.kind === 'refused') refused.push(`${told.digest}: ${told.reason}`);
    else if (told.kind === 'done') {
      published.records += told.records;
      published.chunks += told.chunks;
    }
  };
  const processes = await Promise.all(
    Array.from({ length: PROCESSES }, (_, n) => {
      const own = night.kits.filter((_kit, k) => k % PROCESSES === n);
      return kitProcess(folder, n, { authority, port, pictureBytes, startAt, kits: own, outages: night.outages }, hear);
    }),
  );
  const memory: Resident[] = [];
  const database = new URL(postgres.url).hostname;
  const watched = {
    broker: () => broker.pid(),
    receivers: () => central.map((receiver) => receiver.pid()),
    database: decodeURIComponent(database),
  };
  const watch = setInterval(() => memory.push(residentNow(watched, Date.now() - startAt)), 1_000);
  const telling = setInterval(() => {
    const received = [...fates.values()].filter(({ receivedAt }) => receivedAt !== null).length;
    tell(`${fates.size} of ${kits * DOCUMENTS.length} confirmed, ${received} received`);
  }, 10_000);
  for (const at of night.restartsMs) void restart(at);

  async function restart(at: number): Promise<void> {
    await pause(Math.max(0, startAt + at - Date.now()));
    tell('the broker is restarted');
    await broker.stop();
    await pause(BROKER_AWAY_MS);
    await broker.start(BROKER_READY);
  }

  const limit = new AbortController();
  const over = pause(startAt + night.lengthMs + PATIENCE_MS - Date.now(), undefined, { signal: limit.signal });
  await Promise.race([Promise.all(processes.map(({ ended }) => ended)), over.catch(() => undefined)]);
  limit.abort();
  clearInterval(watch);
  clearInterval(telling);
  for (const one of processes) one.kill();
  const opened = await openDatabase(postgres.url);
  const held = await heldIn(opened, JSON.parse(readFileSync(join(authority, 'register.json'), 'utf8')));
  await opened.close();
  for (const receiver of central) await receiver.stop();
  await broker.stop();
  postgres.stop();
  rmSync(folder, { recursive: true, force: true });
  const all = [...fates.values()];
  return {
    fates: all,
    memory,
    report: reportOf({ night, receivers, pictureBytes, all, held, refused, published, memory, bareBroker }),
  };
}

interface Outcome {
  readonly night: Night;
  readonly receivers: number;
  readonly pictureBytes: number;
  readonly all: readonly DocumentFate[];
  readonly held: LoadReport['held'];
  readonly refused: readonly string[];
  readonly published: LoadReport['again'];
  readonly memory: readonly Resident[];
  readonly bareBroker: LoadReport['bareBroker'];
}

function reportOf({
  night,
  receivers,
  pictureBytes,
  all,
  held,
  refused,
  published,
  memory,
  bareBroker,
}: Outcome): LoadReport {
  const kits = night.kits.length;
  const chunks = kits * PICTURES_A_KIT * chunkCount(pictureBytes);
  const records = kits * DOCUMENTS.length;
  const votes = night.kits.reduce((sum, { kit }) => sum + (movedVotes(kit)['paslon-1'] ?? 0), 0);
  const first = Math.min(...all.map(({ confirmedAt }) => confirmedAt));
  const tookMs = Math.max(...all.map(({ receivedAt }) => receivedAt ?? 0)) - first;
  const most = (of: (one: Resident) => number) => Math.max(0, ...memory.map(of));
  const last = memory.at(-1) ?? { broker: 0, receivers: 0, database: 0 };
  return {
    ...{ schema: 1, kits, receivers, pictureBytes, lengthMs: night.lengthMs, tookMs },
    expected: { records, pictures: kits * PICTURES_A_KIT, chunks, votes },
    ...{ held, refused },
    latency: { all: latencyOf(all), steady: latencyOf(all.filter(({ losing }) => !losing)) },
    throughput: {
      ...{ mean: (all.length * 1_000) / tookMs, peak: peakOf(all) },
      chunksMean: (chunks * 1_000) / tookMs,
    },
    stormsMs: night.restartsMs.map((at) => drainedAfter(all, at)),
    again: { records: published.records - records, chunks: published.chunks - chunks },
    memory: {
      peak: {
        broker: most(({ broker }) => broker),
        receivers: most((one) => one.receivers),
        database: most(({ database }) => database),
      },
      last: { broker: last.broker, receivers: last.receivers, database: last.database },
    },
    bareBroker,
  };
}
