import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { nodeDisk } from '#agent/store/disk.ts';
import { OUTBOX_LIMITS } from '#agent/store/outbox.ts';
import { openStore, type Store } from '#agent/store/store.ts';
import { BACK_OFF } from '#agent/uplink/back-off.ts';
import { KEEP_ALIVE_S } from '#agent/uplink/connection.ts';
import { startUplink, type Uplink } from '#agent/uplink/uplink.ts';
import { recordOf } from '#central/testing/records.ts';
import { signRecord } from '#contract/wire/envelope.ts';
import { certificatesOf, signerOf } from '#contract/wire/signature.ts';
import { systemClock } from '#drivers/clock/system-clock.ts';
import { type Scene, setScene } from './scene.ts';

const OWNER = { kit: 'palembang-0001', tps: '1671010001001', mode: 'resmi' } as const;
const FORM = 'c-hasil-kwk-gubernur';
const SOON = { timeout: 60_000, interval: 50 };
const Detail = z.object({ picturesWhole: z.number(), history: z.array(z.unknown()) });

let folder: string;
let scene: Scene;
let store: Store<null>;
let uplink: Uplink | null = null;
const pem = (name: string) => readFileSync(join(folder, 'authority', name), 'utf8');
const own = () => ({ certificate: pem(`kits/${OWNER.kit}/kit.crt`), key: pem(`kits/${OWNER.kit}/kit.key`) });

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tps-kit-restored-'));
  scene = await setScene({ folder, photos: folder, kit: OWNER.kit, tps: OWNER.tps, form: FORM });
  await scene.broker.start();
  const setting = { disk: nodeDisk, folder: join(folder, 'kit'), ...OWNER, evening: z.null(), fresh: null };
  const opened = await openStore(setting);
  if (!opened.ok) throw new Error(opened.reason);
  store = opened.store;
});
afterEach(async () => {
  await uplink?.close();
  await scene.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('a centre that has lost its database asks every kit for what it had, and has it again', async () => {
  let page = await scene.startCentral();
  await confirm(1);
  await confirm(2);
  uplink = startUplink({
    ...{ store, kit: OWNER.kit, agent: '0.1.0', clock: systemClock(), chance: Math.random, note: () => undefined },
    broker: () => ({ urls: [scene.broker.url], ca: pem('root.crt'), ...own() }),
    central: certificatesOf(pem('central-signing.crt')),
    ...{ backOff: BACK_OFF, keepAliveS: KEEP_ALIVE_S, limits: OUTBOX_LIMITS, healthEveryMs: 2_000 },
  });
  await vi.waitFor(async () => expect(await heldAt(page)).toEqual({ versions: 2, picturesWhole: 1 }), SOON);
  await vi.waitFor(() => expect(uplink?.state().pictures).toMatchObject({ waiting: 0, received: 2 }), SOON);

  await scene.central.kill();
  rmSync(join(folder, 'central'), { recursive: true });
  page = await scene.startCentral();

  await vi.waitFor(async () => expect(await heldAt(page)).toEqual({ versions: 2, picturesWhole: 1 }), SOON);
  expect(await (await fetch(`${page}api/alarms`)).json()).toEqual([]);
}, 180_000);

async function confirm(version: number): Promise<void> {
  const put = await store.pictures.put(randomBytes(100_000));
  if (!put.ok) throw new Error(put.reason);
  const head = store.head();
  const { sha256, bytes } = put.picture;
  const place = { sequence: version, previous: head?.digest ?? null, version, supersedes: head?.digest ?? null };
  const record = recordOf({ ...OWNER, ...place, pages: [{ page: 1, sha256, bytes }] });
  const { certificate, key } = own();
  const kept = await store.confirm(record, await signRecord(record, signerOf(certificate, key)), () => null);
  expect(kept).toEqual({ ok: true });
}

async function heldAt(page: string): Promise<{ readonly versions: number; readonly picturesWhole: number }> {
  const answer = await fetch(`${page}api/documents/resmi/${OWNER.tps}/${FORM}`);
  if (!answer.ok) return { versions: 0, picturesWhole: 0 };
  const { history, picturesWhole } = Detail.parse(await answer.json());
  return { versions: history.length, picturesWhole };
}
