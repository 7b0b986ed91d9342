import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { CHUNK_BYTES, recordTopic } from '#contract/wire/topics.ts';
import { type FaultProxy, faultProxy } from '#test/fault-proxy.ts';
import { testAuthority } from '#test/mosquitto.ts';
import { KIT, TPS, type UplinkRig, uplinkRig } from '#test/uplink-rig.ts';
import { waitBefore } from './back-off.ts';

const SOON = { timeout: 60_000, interval: 20 };
/** With this a silent broker is given up after 1.5 s instead of 30. */
const ALERT = { keepAliveS: 1 };
/** What Mosquitto logs when it has taken a record and said so. */
const recordAcknowledged = new RegExp(
  `Received PUBLISH from ${KIT} \\(d0, q1, r0, m(\\d+), '${recordTopic(KIT, 'latihan')}'[^]*Sending PUBACK to ${KIT} \\(m\\1,`,
);
const PICTURE_BYTES = 4 * CHUNK_BYTES - 1_000;

describe('over a network that fails', () => {
  let authority: { folder: string; remove(): void };
  let rig: UplinkRig;
  let proxy: FaultProxy;
  beforeAll(async () => {
    authority = await testAuthority(KIT, TPS);
  });
  afterAll(() => authority.remove());
  beforeEach(async () => {
    rig = await uplinkRig(authority.folder);
    proxy = await faultProxy(rig.broker.port);
  });
  afterEach(async () => {
    await rig.close();
    proxy.close();
  });

  const faults = () =>
    rig.notes.flatMap((note) => (note.kind === 'link' && 'fault' in note.state ? [note.state.fault] : []));

  /** Every record and picture is received, and central took the records in their order, each once. */
  async function expectDelivered(records: number): Promise<void> {
    await vi.waitFor(() => expect(rig.store.receivedPictures()).toHaveLength(records), SOON);
    expect(rig.answers()).toEqual(Array.from({ length: records }, () => 'received'));
    expect([...rig.central.records.values()].map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: records }, (_, n) => n + 1),
    );
  }

  it('goes on after a cut, and sends of a half-sent picture only what central lacks', async () => {
    await rig.confirm(40 * CHUNK_BYTES);
    proxy.throttle(2_000_000);
    rig.start({}, proxy.url);
    await vi.waitFor(() => expect(rig.central.chunkArrivals.length).toBeGreaterThan(8), SOON);
    proxy.cut();
    await rig.confirm(PICTURE_BYTES);
    proxy.heal();
    await expectDelivered(2);
    const counts = Map.groupBy(rig.central.chunkArrivals, (chunk) => chunk);
    const again = [...counts].filter(([chunk, arrivals]) => arrivals.length > 1 && !chunk.endsWith('/39'));
    // What was on its way when the link broke may have come, and is not known to have come.
    expect(again.length).toBeLessThanOrEqual(3);
  });

  it.each([10, 1_000, 5_000, 30_000])(
    'is not misled by a link that is reset %i bytes on, in the middle of a packet',
    async (bytes) => {
      await rig.confirm(PICTURE_BYTES);
      proxy.resetAfter(bytes);
      rig.start({}, proxy.url);
      await rig.confirm(PICTURE_BYTES);
      await expectDelivered(2);
      expect(faults()).not.toEqual([]);
    },
  );

  it.each([[['up']], [['down']], [['up', 'down']]] as const)(
    'notices that nothing comes back (%s held), names it, and goes on when it does',
    async (ways) => {
      const uplink = rig.start(ALERT, proxy.url);
      await vi.waitFor(() => expect(uplink.state().link.kind).toBe('connected'), SOON);
      proxy.hold(...ways);
      await rig.confirm(PICTURE_BYTES);
      await vi.waitFor(() => expect(faults()).toContain('silent'), SOON);
      expect(rig.answers()).toEqual(['waiting']);
      proxy.cut();
      proxy.heal();
      await expectDelivered(1);
    },
  );

  it('does not take a slow link for a silent one', async () => {
    proxy.throttle(4 * CHUNK_BYTES);
    rig.start({ keepAliveS: 2 }, proxy.url);
    await rig.confirm(16 * CHUNK_BYTES);
    await expectDelivered(1);
    expect(faults()).toEqual([]);
  });

  it('is only late where every piece is late', async () => {
    proxy.delay(150);
    rig.start({}, proxy.url);
    await rig.confirm(PICTURE_BYTES);
    await rig.confirm(10);
    await expectDelivered(2);
  });

  it('does not hammer a broker whose links never stand', async () => {
    const backOff = { firstMs: 100, longestMs: 60_000, stableMs: 60_000 };
    rig.start({ backOff, chance: () => 1 }, proxy.url);
    const links = () => rig.notes.filter((note) => note.kind === 'link' && note.state.kind === 'connected').length;
    for (let cuts = 1; cuts <= 5; cuts += 1) {
      await vi.waitFor(() => expect(links()).toBe(cuts), SOON);
      proxy.cut();
      await vi.waitFor(() => expect(faults()).toHaveLength(cuts), SOON);
    }
    const waits = rig.notes.flatMap((note) =>
      note.kind === 'link' && 'retryInMs' in note.state ? [note.state.retryInMs] : [],
    );
    expect(waits).toEqual([1, 2, 3, 4, 5].map((attempt) => waitBefore(attempt, 1, backOff)));
  });

  it('goes to the other broker where one does not answer or falls silent, and stays with one that works', async () => {
    const other = await faultProxy(rig.broker.port);
    const own = { certificate: rig.pem(`kits/${KIT}/kit.crt`), key: rig.pem(`kits/${KIT}/kit.key`) };
    const broker = () => ({ urls: [proxy.url, other.url] as const, ca: rig.pem('root.crt'), ...own });
    proxy.refuse();
    rig.start({ ...ALERT, broker });
    await rig.confirm(PICTURE_BYTES);
    await expectDelivered(1);
    expect(proxy.carried.up).toBe(0);
    proxy.heal();
    other.cut();
    await rig.confirm(PICTURE_BYTES);
    await expectDelivered(2);
    expect(proxy.carried.up).toBe(0);
    other.hold('down');
    await rig.confirm(PICTURE_BYTES);
    await expectDelivered(3);
    expect(proxy.carried.up).toBeGreaterThan(PICTURE_BYTES);
    other.close();
  });

  it('waits where it is refused, and comes back', async () => {
    proxy.refuse();
    rig.start({}, proxy.url);
    await rig.confirm(PICTURE_BYTES);
    await vi.waitFor(() => expect(faults().length).toBeGreaterThan(2), SOON);
    proxy.heal();
    await expectDelivered(1);
  });

  it('loses nothing to a broker that acknowledges and forgets', async () => {
    const uplink = rig.start({}, proxy.url);
    await vi.waitFor(() => expect(uplink.state().link.kind).toBe('connected'), SOON);
    await rig.replaceCentral(async () => {
      await rig.confirm(PICTURE_BYTES);
      await rig.confirm(PICTURE_BYTES);
      await vi.waitFor(() => expect(rig.broker.log()).toMatch(recordAcknowledged), SOON);
      await rig.broker.kill();
      await rig.broker.start();
    });
    await expectDelivered(2);
  });

  it('loses nothing to a broker that drops what it has no room to queue while central is away', async () => {
    await rig.close();
    rig = await uplinkRig(authority.folder, ['max_queued_messages 3', 'max_inflight_messages 1']);
    await rig.replaceCentral(async () => {
      for (let n = 0; n < 5; n += 1) await rig.confirm(PICTURE_BYTES);
      rig.start();
      await vi.waitFor(() => expect(rig.broker.log()).toContain('Outgoing messages are being dropped'), SOON);
    });
    await expectDelivered(5);
  });
});
