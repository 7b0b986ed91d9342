import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { signReceipt } from '#contract/wire/envelope.ts';
import { signerOf } from '#contract/wire/signature.ts';
import { KitHealth, KitStatus } from '#contract/wire/status.ts';
import { createAuthority } from '#provisioning/authority/authority.ts';
import { faultProxy } from '#test/fault-proxy.ts';
import { TEST_PASSPHRASES, testAuthority, testBroker } from '#test/mosquitto.ts';
import { KIT, SOON, TPS, type UplinkRig, uplinkRig } from '#test/uplink-rig.ts';

describe('the uplink', () => {
  let authority: { folder: string; remove(): void };
  let rig: UplinkRig;
  beforeAll(async () => {
    authority = await testAuthority(KIT, TPS);
  });
  afterAll(() => authority.remove());
  beforeEach(async () => {
    rig = await uplinkRig(authority.folder);
  });
  afterEach(() => rig.close());

  const notes = () => rig.notes;
  const brokerWith = (parts: { readonly ca?: string; readonly url?: string; readonly kitsFolder?: string }) => {
    const kits = join(parts.kitsFolder ?? authority.folder, 'kits', KIT);
    const [certificate, key] = ['kit.crt', 'kit.key'].map((name) => readFileSync(join(kits, name), 'utf8'));
    const [url, ca] = [parts.url ?? rig.broker.url, parts.ca ?? rig.pem('root.crt')];
    return { broker: () => ({ urls: [url] as const, ca, certificate: certificate ?? '', key: key ?? '' }) };
  };

  it('brings records in order and pictures whole, and keeps the signed receipts', async () => {
    await rig.confirm(200_000);
    const uplink = rig.start();
    const second = await rig.confirm(1);
    await vi.waitFor(() => expect(rig.store.receivedPictures()).toHaveLength(2), SOON);
    expect(rig.answers()).toEqual(['received', 'received']);
    expect([...rig.central.records.values()].map(({ sequence }) => sequence)).toEqual([1, 2]);
    expect(rig.central.pictures.get(second)).toHaveLength(1);
    expect(uplink.state()).toMatchObject({
      link: { kind: 'connected' },
      sentRecord: null,
      records: { waiting: 0, received: 2, refused: 0 },
      pictures: { waiting: 0, received: 2, lost: 0 },
    });
    await rig.reopen();
    expect(rig.answers()).toEqual(['received', 'received']);
  });

  it('ends with the same single record when the broker is killed in the middle and comes back', async () => {
    const picture = await rig.confirm(3_000_000);
    rig.start();
    await vi.waitFor(() => expect(rig.central.arrivals).toHaveLength(1), SOON);
    await rig.broker.kill();
    await rig.confirm(100_000);
    await vi.waitFor(() => expect(notes()).toContainEqual(waitingFor('no-network')), SOON);
    await rig.broker.start();
    await vi.waitFor(() => expect(rig.store.receivedPictures()).toHaveLength(2), SOON);
    expect(rig.answers()).toEqual(['received', 'received']);
    expect(rig.central.records.size).toBe(2);
    expect(rig.central.pictures.get(picture)).toHaveLength(3_000_000);
  });

  it('says which picture the disk could not give, and sends the others', async () => {
    const lost = await rig.confirm(10);
    const good = await rig.confirm(20);
    rmSync(rig.store.pictures.file(lost));
    const uplink = rig.start();
    await vi.waitFor(() => expect(uplink.state().pictures).toEqual({ waiting: 0, received: 1, lost: 1 }), SOON);
    expect(rig.store.receivedPictures()).toEqual([good]);
    expect(notes()).toContainEqual({
      kind: 'picture-lost',
      sha256: lost,
      reason: expect.stringContaining('not there'),
    });
  });

  it('tells its health with every link', async () => {
    await rig.confirm(10);
    rig.start();
    await vi.waitFor(() => expect(rig.central.healths).not.toHaveLength(0), SOON);
    const health = KitHealth.parse(JSON.parse(rig.central.healths[0] ?? ''));
    expect(health).toMatchObject({ agent: '0.1.0', records: { waiting: 1, received: 0, refused: 0 } });
  });

  it('goes on where it was after the kit itself was switched off', async () => {
    await rig.broker.stop();
    await rig.confirm(100_000);
    await rig.start().close();
    await rig.reopen();
    await rig.broker.start();
    rig.start();
    await vi.waitFor(() => expect(rig.store.receivedPictures()).toHaveLength(1), SOON);
    expect(rig.answers()).toEqual(['received']);
  });

  it('sends a record until central answers, whatever the broker acknowledged', async () => {
    rig.start();
    await rig.replaceCentral(async () => {
      await rig.confirm(10);
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      expect(rig.answers()).toEqual(['waiting']);
    });
    await vi.waitFor(() => expect(rig.answers()).toEqual(['received']), SOON);
    expect(rig.central.records.size).toBe(1);
  });

  it('believes no receipt but central’s, for this kit', async () => {
    const [kit, other] = [KIT, 'palembang-0002'];
    const forger = signerOf(rig.pem(`kits/${KIT}/kit.crt`), rig.pem(`kits/${KIT}/kit.key`));
    const truth = signerOf(rig.pem('central-signing.crt'), rig.pem('central-signing.key'));
    const digest = 'c'.repeat(64);
    const receipt = { kind: 'record', kit, sequence: 1, digest, committedAt: new Date().toISOString() } as const;
    const uplink = rig.start();
    await vi.waitFor(() => expect(uplink.state().link.kind).toBe('connected'), SOON);
    await rig.central.send(KIT, (await signReceipt(receipt, forger)).jws);
    await rig.central.send(KIT, (await signReceipt({ ...receipt, kit: other }, truth)).jws);
    await rig.central.send(KIT, 'not a receipt');
    const ignored = () => notes().flatMap((note) => (note.kind === 'receipt-ignored' ? [note.code] : []));
    await vi.waitFor(() => expect(ignored()).toEqual(['untrusted', 'foreign', 'malformed']), SOON);
  });

  it('tells birth, and its will tells the break, with the number of the link', async () => {
    const proxy = await faultProxy(rig.broker.port);
    rig.start({}, proxy.url);
    const said = () => rig.central.statuses.map((text) => KitStatus.parse(JSON.parse(text)));
    await vi.waitFor(() => expect(said()).toContainEqual({ schema: 1, state: 'online', run: 1, link: 1 }), SOON);
    proxy.cut();
    await vi.waitFor(() => expect(said()).toContainEqual({ schema: 1, state: 'offline', run: 1, link: 1 }), SOON);
    await vi.waitFor(() => expect(said().at(-1)).toMatchObject({ state: 'online', run: 1 }), SOON);
    await rig.stop();
    await vi.waitFor(() => expect(said().at(-1)).toMatchObject({ state: 'offline', run: 1 }), SOON);
    proxy.close();
  });

  it('reads a certificate that is not valid yet as a wrong clock', async () => {
    const later = mkdtempSync(join(tmpdir(), 'tps-kit-later-'));
    const [from, until] = [new Date(Date.now() + 86_400_000), new Date(Date.now() + 172_800_000)];
    const validity = { from, until };
    await createAuthority({ folder: later, brokerHosts: ['127.0.0.1'], validity, receivers: 1 }, TEST_PASSPHRASES);
    const early = await testBroker(later);
    await early.start();
    rig.start(brokerWith({ url: early.url, ca: readFileSync(`${later}/root.crt`, 'utf8') }));
    await vi.waitFor(() => expect(notes()).toContainEqual(waitingFor('clock-wrong')), SOON);
    await early.stop();
    rmSync(later, { recursive: true });
  });

  it('tells a broker of another authority from one that turns this kit away', async () => {
    const stranger = await testAuthority(KIT, TPS);
    rig.start(brokerWith({ ca: readFileSync(`${stranger.folder}/root.crt`, 'utf8') }));
    await vi.waitFor(() => expect(notes()).toContainEqual(waitingFor('not-trusted')), SOON);
    rig.start(brokerWith({ kitsFolder: stranger.folder }));
    await vi.waitFor(() => expect(notes()).toContainEqual(waitingFor('refused')), SOON);
    stranger.remove();
  });
});

function waitingFor(fault: string) {
  return { kind: 'link', state: expect.objectContaining({ kind: 'waiting', fault }) };
}
