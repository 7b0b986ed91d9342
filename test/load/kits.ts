import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { MqttClient } from 'mqtt';
import { z } from 'zod';
import { openStore, type Store } from '#agent/store/store.ts';
import { parseTopic } from '#contract/wire/topics.ts';
import { systemClock } from '#drivers/clock/system-clock.ts';
import { type FaultProxy, faultProxy } from '#test/fault-proxy.ts';
import { kitSigner, kitUplink } from '#test/kit-uplink.ts';
import { powerCutDisk } from '#test/power-cut-disk.ts';
import { confirmDocument, DOCUMENTS, PICTURES_A_KIT } from './documents.ts';
import { GROUPS, type KitNight } from './night.ts';
import { Task, type Told } from './told.ts';

/**
 * A share of the kits, in a process of its own: `node test/load/kits.ts TASK.json`. Each has the agent's own store and uplink;
 * its disk is in memory, for a kit's disk is its own and not this machine's.
 */
const task = Task.parse(JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')));
const published = countPublished();
/** One for all: each would ask the system again and again whether its time is right. */
const clock = systemClock();
const wires = await Promise.all(Array.from({ length: GROUPS }, () => faultProxy(task.port)));
for (const outage of task.outages) void lose(outage);
tell({ kind: 'ready' });
await until(0);
await Promise.all(task.kits.map(live));
tell({ kind: 'done', ...published });
process.disconnect();
process.exit(0);

function tell(told: Told): void {
  process.send?.(told);
}

/** Sleeps until so many ms after the night's beginning. */
function until(ms: number): Promise<void> {
  return pause(Math.max(0, task.startAt + ms - Date.now()));
}

async function lose({ group, fromMs, toMs }: Task['outages'][number]): Promise<void> {
  await until(fromMs);
  wires[group]?.refuse();
  wires[group]?.cut();
  await until(toMs);
  wires[group]?.heal();
}

/** How often kits have published, in this process; more than what there is to send was sent again. */
function countPublished(): { records: number; chunks: number } {
  const counts = { records: 0, chunks: 0 };
  const { publish } = MqttClient.prototype;
  Object.assign(MqttClient.prototype, {
    publish(this: MqttClient, ...given: Parameters<typeof publish>) {
      const kind = parseTopic(given[0])?.kind;
      if (kind === 'record') counts.records += 1;
      if (kind === 'picture') counts.chunks += 1;
      return publish.apply(this, given);
    },
  });
  return counts;
}

/** One kit's night; ends when all that it confirmed has arrived. */
async function live(kit: KitNight): Promise<void> {
  const store = await openedStore(kit);
  const files = { authority: task.authority, kit: kit.kit };
  const signer = kitSigner(files);
  const all = toldOfReceipts(store);
  const uplink = kitUplink(files, store, addressFor(kit.group), { clock });
  for (const [which, at] of kit.confirmMs.entries()) {
    await until(at);
    const { digest } = await confirmDocument(store, signer, kit, which, task.pictureBytes);
    tell({ kind: 'confirmed', digest, losing: kit.group !== null, at: Date.now() });
  }
  await all;
  await uplink.close();
}

function addressFor(group: number | null): string {
  const wire: FaultProxy | undefined = group === null ? undefined : wires[group];
  return wire?.url ?? `mqtts://127.0.0.1:${task.port}`;
}

async function openedStore({ kit, tps }: KitNight): Promise<Store<null>> {
  const owner = { kit, tps, mode: 'resmi' } as const;
  const opened = await openStore({ disk: powerCutDisk(), folder: '/kit', ...owner, evening: z.null(), fresh: null });
  if (!opened.ok) throw new Error(opened.reason);
  return opened.store;
}

/** Tells of each receipt once; resolves when all records and pictures of a whole night are received. */
function toldOfReceipts(store: Store<null>): Promise<void> {
  const heard = new Set<string>();
  return new Promise((resolve) => {
    store.onWritten(() => {
      for (const { digest, answer } of store.records()) {
        if (answer.kind === 'waiting' || heard.has(digest)) continue;
        heard.add(digest);
        if (answer.kind === 'received') tell({ kind: 'received', digest, at: Date.now() });
        else tell({ kind: 'refused', digest, reason: JSON.stringify(answer) });
      }
      if (heard.size === DOCUMENTS.length && store.receivedPictures().length === PICTURES_A_KIT) resolve();
    });
  });
}
