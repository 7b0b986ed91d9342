import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { nodeDisk } from '#agent/store/disk.ts';
import { openStore, type Store } from '#agent/store/store.ts';
import type { Uplink, UplinkNote, UplinkSetting } from '#agent/uplink/uplink.ts';
import { confirmDocument } from './confirm-document.ts';
import { kitSigner, kitUplink } from './kit-uplink.ts';
import { type TestBroker, testBroker } from './mosquitto.ts';
import { type StandInCentral, standInCentral } from './stand-in-central.ts';

export const KIT = 'palembang-0001';
export const TPS = '1671010001001';
/** How long a test waits for what must come. */
export const SOON = { timeout: 15_000, interval: 20 };
const QUICK = {
  backOff: { firstMs: 50, longestMs: 200, stableMs: 60_000 },
  limits: { window: 3, timeoutMs: 400, longestTimeoutMs: 800, offerAgainMs: 60_000 },
  healthEveryMs: 60_000,
  keepAliveS: 20,
};

/** A store on a real disk, a real Mosquitto, a stand-in for central, and uplinks between them. */
export interface UplinkRig {
  readonly broker: TestBroker;
  readonly central: StandInCentral;
  readonly store: Store<null>;
  readonly notes: UplinkNote[];
  /** Text of a file of the authority. */
  pem(name: string): string;
  start(parts?: Partial<UplinkSetting>, url?: string): Uplink;
  /** Closes the uplinks that were started. */
  stop(): Promise<void>;
  /** Confirms one document with a picture of that many bytes; answers the picture's digest. */
  confirm(bytes: number): Promise<string>;
  /** What central answered to each record, in their order. */
  answers(): readonly string[];
  /** Opens the store again, as after a start of the kit. */
  reopen(): Promise<void>;
  /** Ends the stand-in; `central` is the next one. */
  replaceCentral(away: () => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

export async function uplinkRig(authority: string, moreOfBroker: readonly string[] = []): Promise<UplinkRig> {
  const broker = await testBroker(authority, moreOfBroker);
  await broker.start();
  let central = await standInCentral(authority, broker.url);
  const folder = mkdtempSync(join(tmpdir(), 'tps-kit-uplink-'));
  const pem = (name: string) => readFileSync(join(authority, name), 'utf8');
  const files = { authority, kit: KIT };
  const signer = kitSigner(files);
  const uplinks: Uplink[] = [];
  const notes: UplinkNote[] = [];
  let store = await opened(folder);

  async function stop(): Promise<void> {
    for (const uplink of uplinks.splice(0)) await uplink.close();
  }

  return {
    broker,
    get central() {
      return central;
    },
    get store() {
      return store;
    },
    notes,
    pem,
    stop,
    start(parts = {}, url = broker.url) {
      const uplink = kitUplink(files, store, url, { ...QUICK, note: (note) => notes.push(note), ...parts });
      uplinks.push(uplink);
      return uplink;
    },
    confirm: (bytes) => confirmDocument(store, signer, bytes),
    answers: () => store.records().map(({ answer }) => answer.kind),
    async reopen() {
      store = await opened(folder);
    },
    async replaceCentral(away) {
      await central.close();
      await away();
      central = await standInCentral(authority, broker.url);
    },
    async close() {
      await stop();
      await central.close();
      await broker.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

async function opened(folder: string): Promise<Store<null>> {
  const owner = { kit: KIT, tps: TPS, mode: 'latihan' } as const;
  const store = await openStore({ disk: nodeDisk, folder, ...owner, evening: z.null(), fresh: null });
  if (!store.ok) throw new Error(store.reason);
  return store.store;
}
