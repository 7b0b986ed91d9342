import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { nodeDisk } from '#agent/store/disk.ts';
import { openStore, type Store } from '#agent/store/store.ts';
import type { Uplink } from '#agent/uplink/uplink.ts';
import { centralConfigurations } from '#provisioning/authority/central-configuration.ts';
import { confirmDocument } from '#test/confirm-document.ts';
import { kitSigner, kitUplink } from '#test/kit-uplink.ts';
import { addTestKit, type TestBroker, testAuthority, testBroker } from '#test/mosquitto.ts';
import { type Program, program } from '#test/program.ts';
import { type Database, openDatabase } from './database.ts';
import { type DatabasePlace, emptyPostgres } from './testing/database-place.ts';
import { recordOf } from './testing/records.ts';

/** Two receivers as processes on one PostgreSQL, and kits that send to whichever the broker picks. */

vi.setConfig({ testTimeout: 180_000 });
const KITS = 8;
const KILLS = 6;
/** Five chunks each. */
const PICTURE_BYTES = 70_000;
const QUICK = {
  backOff: { firstMs: 50, longestMs: 400, stableMs: 60_000 },
  limits: { window: 3, timeoutMs: 1_500, longestTimeoutMs: 3_000, offerAgainMs: 60_000 },
};

let authority: Awaited<ReturnType<typeof testAuthority>>;
let broker: TestBroker;
let place: DatabasePlace;
let database: Database;
const work = mkdtempSync(join(tmpdir(), 'tps-kit-side-by-side-'));
const receivers: Program[] = [];
const uplinks: Uplink[] = [];

beforeAll(async () => {
  authority = await testAuthority(kitNamed(1), tpsNamed(1));
  for (let n = 2; n <= KITS; n += 1) await addTestKit(authority.folder, kitNamed(n), tpsNamed(n));
  broker = await testBroker(authority.folder);
  await broker.start();
  place = await emptyPostgres();
  database = await openDatabase(place.where);
  const setting = { broker: broker.url, authority: authority.folder, port: 0, database: place.where, receivers: 2 };
  for (const [name, text] of centralConfigurations(setting)) {
    writeFileSync(join(work, name), text);
    receivers.push(program('central/main.ts', join(work, name)));
  }
});
afterAll(async () => {
  for (const uplink of uplinks) await uplink.close();
  for (const receiver of receivers) await receiver.kill();
  await database.close();
  await broker.stop();
  await place.remove();
  authority.remove();
  rmSync(work, { recursive: true, force: true });
});

const kitNamed = (n: number) => `kit-${String(n).padStart(3, '0')}`;
const tpsNamed = (n: number) => `1671010001${String(n).padStart(3, '0')}`;

/** Confirms documents until it is told that it is enough. */
async function sendingKit(n: number, enough: AbortSignal): Promise<Store<null>> {
  const [kit, tps] = [kitNamed(n), tpsNamed(n)];
  const owner = { kit, tps, mode: 'resmi' } as const;
  const opened = await openStore({ disk: nodeDisk, folder: join(work, kit), ...owner, evening: z.null(), fresh: null });
  if (!opened.ok) throw new Error(opened.reason);
  const files = { authority: authority.folder, kit };
  uplinks.push(kitUplink(files, opened.store, broker.url, QUICK));
  await confirmMany(opened.store, kit, tps, enough);
  return opened.store;
}

/** One document of this TPS after another, each a correction of the one before. */
async function confirmMany(store: Store<null>, kit: string, tps: string, enough: AbortSignal): Promise<void> {
  for (let version = 1; !enough.aborted; version += 1) {
    await pause(200 + (randomBytes(1)[0] ?? 0) * 4);
    await confirmDocument(store, kitSigner({ authority: authority.folder, kit }), PICTURE_BYTES, (placed) =>
      recordOf({ kit, tps, ...placed, version, supersedes: placed.previous }),
    );
  }
}

/** Kills one of them after another, at moments nobody chose. */
async function killOverAndOver(): Promise<void> {
  for (let kill = 0; kill < KILLS; kill += 1) {
    await pause(700 + (randomBytes(1)[0] ?? 0) * 8);
    const receiver = receivers[kill % receivers.length];
    await receiver?.kill();
    await receiver?.start(/receiving from/);
  }
}

const Counts = z.object({ records: z.coerce.number(), digests: z.coerce.number(), pictures: z.coerce.number() });

test('two receivers, killed over and over, take every record and picture once', async () => {
  await Promise.all(receivers.map((receiver) => receiver.start(/receiving from/)));
  const enough = new AbortController();
  const sending = Promise.all(Array.from({ length: KITS }, (_, n) => sendingKit(n + 1, enough.signal)));
  await killOverAndOver();
  enough.abort();
  const stores = await sending;
  await vi.waitFor(
    () => {
      for (const store of stores) {
        expect(store.records().filter(({ answer }) => answer.kind !== 'received')).toEqual([]);
        expect(store.receivedPictures()).toHaveLength(store.records().length);
      }
    },
    { timeout: 120_000, interval: 200 },
  );
  const text = `select (select count(*) from records) as records, (select count(distinct digest) from records) as digests,
    (select count(*) from pictures where complete_at is not null) as pictures`;
  const all = stores.reduce((sum, store) => sum + store.records().length, 0);
  expect(all).toBeGreaterThan(KITS * KILLS);
  expect(await database.rows(Counts, text)).toEqual([{ records: all, digests: all, pictures: all }]);
});
