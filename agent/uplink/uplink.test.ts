import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { nodeDisk } from '#agent/store/disk.ts';
import { openStore, type Store } from '#agent/store/store.ts';
import { signReceipt, signRecord } from '#contract/wire/envelope.ts';
import { certificatesOf, signerOf } from '#contract/wire/signature.ts';
import { KitHealth, KitStatus } from '#contract/wire/status.ts';
import { systemClock } from '#drivers/clock/system-clock.ts';
import { openAuthority } from '#provisioning/authority/authority.ts';
import { type TestBroker, testAuthority, testBroker } from '#test/mosquitto.ts';
import { sampleRecord } from '#test/sample-record.ts';
import { type StandInCentral, standInCentral } from '#test/stand-in-central.ts';
import { startUplink, type Uplink, type UplinkNote } from './uplink.ts';

const KIT = 'palembang-0001';
const TPS = '1671010001001';
const SOON = { timeout: 15_000, interval: 20 };
const QUICK = {
  backOff: { firstMs: 50, longestMs: 200, stableMs: 60_000 },
  limits: { window: 3, timeoutMs: 400, longestTimeoutMs: 800, offerAgainMs: 60_000 },
};

describe('the uplink', () => {
  let authority: { folder: string; remove(): void };
  let broker: TestBroker;
  let central: StandInCentral;
  let folder: string;
  let store: Store<null>;
  const uplinks: Uplink[] = [];
  const notes: UplinkNote[] = [];
  const file = (name: string) => readFileSync(`${authority.folder}/${name}`, 'utf8');

  beforeAll(async () => {
    authority = await testAuthority(KIT, TPS);
  });
  afterAll(() => authority.remove());

  beforeEach(async () => {
    broker = await testBroker(authority.folder);
    await broker.start();
    central = await standInCentral(authority.folder, broker.url);
    folder = mkdtempSync(join(tmpdir(), 'tps-kit-uplink-'));
    store = await reopened();
    notes.length = 0;
  });
  afterEach(async () => {
    for (const uplink of uplinks.splice(0)) await uplink.close();
    await central.close();
    await broker.stop();
    rmSync(folder, { recursive: true });
  });

  async function reopened(): Promise<Store<null>> {
    const opened = await openStore({
      disk: nodeDisk,
      folder,
      kit: KIT,
      tps: TPS,
      mode: 'latihan',
      evening: z.null(),
      fresh: null,
    });
    if (!opened.ok) throw new Error(opened.reason);
    return opened.store;
  }

  function start(url = broker.url, ca = file('root.crt'), kitsFolder = authority.folder): Uplink {
    const uplink = startUplink({
      ...QUICK,
      store,
      kit: KIT,
      broker: {
        url,
        ca,
        certificate: readFileSync(`${kitsFolder}/kits/${KIT}/kit.crt`, 'utf8'),
        key: readFileSync(`${kitsFolder}/kits/${KIT}/kit.key`, 'utf8'),
      },
      central: certificatesOf(file('central-signing.crt')),
      agent: '0.1.0',
      clock: systemClock(),
      chance: Math.random,
      healthEveryMs: 60_000,
      note: (note) => notes.push(note),
    });
    uplinks.push(uplink);
    return uplink;
  }

  /** Confirms one document with a picture of that many bytes; answers the picture's digest. */
  async function confirm(bytes: number): Promise<string> {
    const put = await store.pictures.put(randomBytes(bytes));
    if (!put.ok) throw new Error(put.reason);
    const head = store.head();
    const record = sampleRecord({
      sequence: (head?.sequence ?? 0) + 1,
      previous: head?.digest ?? null,
      pages: [{ page: 1, sha256: put.picture.sha256, bytes }],
    });
    const signed = await signRecord(record, signerOf(file(`kits/${KIT}/kit.crt`), file(`kits/${KIT}/kit.key`)));
    const confirmed = await store.confirm(record, signed, (evening) => evening);
    if (!confirmed.ok) throw new Error(confirmed.reason);
    return put.picture.sha256;
  }

  function answers(): readonly string[] {
    return store.records().map(({ answer }) => answer.kind);
  }

  it('brings records in order and pictures whole, and keeps the signed receipts', async () => {
    await confirm(200_000);
    const uplink = start();
    const second = await confirm(1);
    await vi.waitFor(() => expect(store.receivedPictures()).toHaveLength(2), SOON);
    expect(answers()).toEqual(['received', 'received']);
    expect([...central.records.values()].map(({ sequence }) => sequence)).toEqual([1, 2]);
    expect(central.pictures.get(second)).toHaveLength(1);
    expect(uplink.state()).toMatchObject({
      link: { kind: 'connected' },
      sentRecord: null,
      records: { waiting: 0, received: 2, refused: 0 },
      pictures: { waiting: 0, received: 2, lost: 0 },
    });
    store = await reopened();
    expect(answers()).toEqual(['received', 'received']);
  });

  it('ends with the same single record when the broker is killed in the middle and comes back', async () => {
    const picture = await confirm(3_000_000);
    start();
    await vi.waitFor(() => expect(central.arrivals).toHaveLength(1), SOON);
    await broker.kill();
    await confirm(100_000);
    await vi.waitFor(() => expect(notes).toContainEqual(waitingFor('no-network')), SOON);
    await broker.start();
    await vi.waitFor(() => expect(store.receivedPictures()).toHaveLength(2), SOON);
    expect(answers()).toEqual(['received', 'received']);
    expect(central.records.size).toBe(2);
    expect(central.pictures.get(picture)).toHaveLength(3_000_000);
  });

  it('says which picture the disk could not give, and sends the others', async () => {
    const lost = await confirm(10);
    const good = await confirm(20);
    rmSync(store.pictures.file(lost));
    const uplink = start();
    await vi.waitFor(() => expect(uplink.state().pictures).toEqual({ waiting: 0, received: 1, lost: 1 }), SOON);
    expect(store.receivedPictures()).toEqual([good]);
    expect(notes).toContainEqual({ kind: 'picture-lost', sha256: lost, reason: expect.stringContaining('not there') });
  });

  it('tells its health with every link', async () => {
    await confirm(10);
    start();
    await vi.waitFor(() => expect(central.healths).not.toHaveLength(0), SOON);
    const health = KitHealth.parse(JSON.parse(central.healths[0] ?? ''));
    expect(health).toMatchObject({ agent: '0.1.0', records: { waiting: 1, received: 0, refused: 0 } });
  });

  it('goes on where it was after the kit itself was switched off', async () => {
    await broker.stop();
    await confirm(100_000);
    await start().close();
    store = await reopened();
    await broker.start();
    start();
    await vi.waitFor(() => expect(store.receivedPictures()).toHaveLength(1), SOON);
    expect(answers()).toEqual(['received']);
  });

  it('sends a record until central answers, whatever the broker acknowledged', async () => {
    await central.close();
    start();
    await confirm(10);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(answers()).toEqual(['waiting']);
    central = await standInCentral(authority.folder, broker.url);
    await vi.waitFor(() => expect(answers()).toEqual(['received']), SOON);
    expect(central.records.size).toBe(1);
  });

  it('believes no receipt but central’s, for this kit', async () => {
    const [kit, other] = [KIT, 'palembang-0002'];
    const forger = signerOf(file(`kits/${KIT}/kit.crt`), file(`kits/${KIT}/kit.key`));
    const truth = signerOf(file('central-signing.crt'), file('central-signing.key'));
    const digest = 'c'.repeat(64);
    const receipt = { kind: 'record', kit, sequence: 1, digest, committedAt: new Date().toISOString() } as const;
    const uplink = start();
    await vi.waitFor(() => expect(uplink.state().link.kind).toBe('connected'), SOON);
    await central.send(KIT, (await signReceipt(receipt, forger)).jws);
    await central.send(KIT, (await signReceipt({ ...receipt, kit: other }, truth)).jws);
    await central.send(KIT, 'not a receipt');
    const ignored = () => notes.flatMap((note) => (note.kind === 'receipt-ignored' ? [note.code] : []));
    await vi.waitFor(() => expect(ignored()).toEqual(['untrusted', 'foreign', 'malformed']), SOON);
  });

  it('tells birth, and its will tells the break, with the number of the link', async () => {
    const proxy = await cuttableProxy(broker.port);
    start(proxy.url);
    const said = () => central.statuses.map((text) => KitStatus.parse(JSON.parse(text)));
    await vi.waitFor(() => expect(said()).toContainEqual({ schema: 1, state: 'online', run: 1, link: 1 }), SOON);
    proxy.cut();
    await vi.waitFor(() => expect(said()).toContainEqual({ schema: 1, state: 'offline', run: 1, link: 1 }), SOON);
    await vi.waitFor(() => expect(said().at(-1)).toMatchObject({ state: 'online', run: 1 }), SOON);
    await uplinks.splice(0)[0]?.close();
    await vi.waitFor(() => expect(said().at(-1)).toMatchObject({ state: 'offline', run: 1 }), SOON);
    proxy.close();
  });

  it('reads a certificate that is not valid yet as a wrong clock', async () => {
    const later = mkdtempSync(join(tmpdir(), 'tps-kit-later-'));
    const [from, until] = [new Date(Date.now() + 86_400_000), new Date(Date.now() + 172_800_000)];
    await openAuthority({ folder: later, brokerHosts: ['127.0.0.1'], validity: { from, until } });
    const early = await testBroker(later);
    await early.start();
    start(early.url, readFileSync(`${later}/root.crt`, 'utf8'));
    await vi.waitFor(() => expect(notes).toContainEqual(waitingFor('clock-wrong')), SOON);
    await early.stop();
    rmSync(later, { recursive: true });
  });

  it('tells a broker of another authority from one that turns this kit away', async () => {
    const stranger = await testAuthority(KIT, TPS);
    start(broker.url, readFileSync(`${stranger.folder}/root.crt`, 'utf8'));
    await vi.waitFor(() => expect(notes).toContainEqual(waitingFor('not-trusted')), SOON);
    start(broker.url, file('root.crt'), stranger.folder);
    await vi.waitFor(() => expect(notes).toContainEqual(waitingFor('refused')), SOON);
    stranger.remove();
  });
});

function waitingFor(fault: string) {
  return { kind: 'link', state: expect.objectContaining({ kind: 'waiting', fault }) };
}

/** A wire to the broker that can be cut without a goodbye. */
async function cuttableProxy(port: number): Promise<{ url: string; cut(): void; close(): void }> {
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
    }
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const cut = () => {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
  };
  return {
    url: `mqtts://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    cut,
    close() {
      cut();
      server.close();
    },
  };
}
