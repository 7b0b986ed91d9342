import { afterEach, expect, inject, test } from 'vitest';
import { z } from 'zod';
import { type Evening, evening } from './evening.ts';
import type { VirtualKit } from './virtual-kit.ts';

/** Kits that are switched on where the world is not as it should be, with figures that wait to be confirmed. */

const MONTH_MS = 30 * 86_400_000;
const Event = z.looseObject({ wallClock: z.string(), clockSynchronised: z.boolean() });

let at: Evening | null = null;
afterEach(() => at?.end());

async function confirmOffline({ kpps, enterPin, machine }: VirtualKit): Promise<string> {
  await enterPin();
  await kpps.confirm();
  const { record } = await kpps.until('the record', (view) => view.record !== null);
  expect(record?.stage).toBe('tersimpan');
  expect(await machine.pins.lamps()).toEqual({ green: 'on', amber: 'slow', red: 'off' });
  return record?.digest ?? '';
}

async function received(evening: Evening, digest: string): Promise<void> {
  await evening.kit().kpps.until('the receipt', ({ record }) => record?.stage === 'diterima-pusat');
  expect(await evening.results()).toEqual([expect.objectContaining({ digest, version: 1 })]);
  expect(await evening.alarms()).toEqual([]);
}

test('without a network at the start the evening goes on, and all is received once there is one', async () => {
  at = await evening(inject('savedKit'), 'confirming', 'off');
  const kit = await at.switchOn({ isOnline: false });
  expect((await kit.kpps.view()).uplink?.link.kind).not.toBe('connected');
  const digest = await confirmOffline(kit);
  expect(await at.results()).toEqual([]);
  await kit.machine.setOnline(true);
  await received(at, digest);
});

test('a clock that is months slow at the start keeps nobody from confirming, and the kit knows that it is not set', async () => {
  at = await evening(inject('savedKit'), 'confirming', 'off');
  // systemd takes this for the day on which it was built itself.
  const kit = await at.switchOn({ clock: new Date('2020-01-01T00:00:00Z') });
  // The broker's certificate is not valid yet, so nothing can be sent.
  const digest = await confirmOffline(kit);
  expect(await at.results()).toEqual([]);
  const now = Math.floor(Date.now() / 1_000);
  // As systemd-timesyncd does once the network gives the time.
  await kit.machine.run(
    `date --set=@${now} && mkdir -p /run/systemd/timesync && touch /run/systemd/timesync/synchronized`,
  );
  await received(at, digest);
  const events = (await kit.machine.run('cat /var/lib/tps-kit/resmi/events.jsonl')).split('\n');
  const stored = Event.parse(JSON.parse(events.find((line) => line.includes('"document-stored"')) ?? 'null'));
  expect(stored.clockSynchronised).toBe(false);
  expect(Date.now() - Date.parse(stored.wallClock)).toBeGreaterThan(MONTH_MS);
});
