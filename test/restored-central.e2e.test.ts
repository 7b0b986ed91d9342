import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { nodeDisk } from '#agent/store/disk.ts';
import { openStore, type Store } from '#agent/store/store.ts';
import type { Uplink } from '#agent/uplink/uplink.ts';
import { recordOf } from '#central/testing/records.ts';
import { confirmDocument, correcting } from './confirm-document.ts';
import { type KitFiles, kitSigner, kitUplink } from './kit-uplink.ts';
import { type Scene, setScene } from './scene.ts';

const OWNER = { kit: 'palembang-0001', tps: '1671010001001', mode: 'resmi' } as const;
const FORM = 'c-hasil-kwk-gubernur';
const SOON = { timeout: 60_000, interval: 50 };
const Detail = z.object({ picturesWhole: z.number(), history: z.array(z.unknown()) });

let folder: string;
let scene: Scene;
let store: Store<null>;
let uplink: Uplink | null = null;
const files = (): KitFiles => ({ authority: join(folder, 'authority'), kit: OWNER.kit });

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tps-kit-restored-'));
  scene = await setScene({ folder, photos: folder, kit: OWNER.kit, tps: OWNER.tps, forms: [FORM] });
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
  await confirm();
  await confirm();
  uplink = kitUplink(files(), store, scene.broker.url, { healthEveryMs: 2_000 });
  await vi.waitFor(async () => expect(await heldAt(page)).toEqual({ versions: 2, picturesWhole: 1 }), SOON);
  await vi.waitFor(() => expect(uplink?.state().pictures).toMatchObject({ waiting: 0, received: 2 }), SOON);

  await scene.central.kill();
  rmSync(join(folder, 'central'), { recursive: true });
  page = await scene.startCentral();

  await vi.waitFor(async () => expect(await heldAt(page)).toEqual({ versions: 2, picturesWhole: 1 }), SOON);
  expect(await (await fetch(`${page}api/alarms`)).json()).toEqual([]);
}, 180_000);

function confirm(): Promise<string> {
  return confirmDocument(store, kitSigner(files()), 100_000, (placed) =>
    recordOf({ ...OWNER, ...placed, ...correcting(placed) }),
  );
}

async function heldAt(page: string): Promise<{ readonly versions: number; readonly picturesWhole: number }> {
  const answer = await fetch(`${page}api/documents/resmi/${OWNER.tps}/${FORM}`);
  if (!answer.ok) return { versions: 0, picturesWhole: 0 };
  const { history, picturesWhole } = Detail.parse(await answer.json());
  return { versions: history.length, picturesWhole };
}
