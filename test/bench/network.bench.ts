import { setTimeout as pause } from 'node:timers/promises';
import { OUTBOX_LIMITS } from '#agent/store/outbox.ts';
import { BACK_OFF } from '#agent/uplink/back-off.ts';
import { KEEP_ALIVE_S } from '#agent/uplink/connection.ts';
import { type FaultProxy, faultProxy } from '#test/fault-proxy.ts';
import { testAuthority } from '#test/mosquitto.ts';
import { KIT, TPS, type UplinkRig, uplinkRig } from '#test/uplink-rig.ts';
import { printTable } from './table.ts';

/**
 * What a kit does about a network that fails, with the waits it is shipped with: three documents are
 * confirmed while the wire to a real Mosquitto is bad. A few minutes.
 */
const DOCUMENTS = 3;
const PICTURE_BYTES = 60_000;
/** 16 kbit/s, in bytes. */
const SLOW = 2_000;

interface Case {
  readonly fault: string;
  /** How long the wire is bad, s. */
  readonly seconds: number;
  spoil(proxy: FaultProxy): void;
}

const CASES: readonly Case[] = [
  { fault: 'none', seconds: 0, spoil: () => undefined },
  { fault: 'every piece 300 ms late, and stays so', seconds: 0, spoil: (proxy) => proxy.delay(300) },
  { fault: '16 kbit/s, and stays so', seconds: 0, spoil: (proxy) => proxy.throttle(SLOW) },
  { fault: 'cut, then refused', seconds: 10, spoil: (proxy) => [proxy.cut(), proxy.refuse()] },
  { fault: 'nothing comes back', seconds: 40, spoil: (proxy) => proxy.hold('down') },
  { fault: 'nothing goes out', seconds: 40, spoil: (proxy) => proxy.hold('up') },
  { fault: 'reset in the middle of a packet', seconds: 1, spoil: (proxy) => proxy.resetAfter(7_000) },
];

const authority = await testAuthority(KIT, TPS);
const rows: (readonly string[])[] = [];
for (const each of CASES) rows.push(await measured(each));
authority.remove();
printTable(
  `${DOCUMENTS} documents with a picture of ${PICTURE_BYTES / 1_000} kB each; kB a document, both ways, with TLS and MQTT`,
  [
    'the wire',
    'bad for',
    'noticed after',
    'good to linked',
    'linked to last receipt',
    'to last picture',
    'kB up',
    'kB down',
  ],
  rows,
);

async function measured({ fault, seconds, spoil }: Case): Promise<readonly string[]> {
  const rig = await uplinkRig(authority.folder);
  const proxy = await faultProxy(rig.broker.port);
  const uplink = rig.start({ backOff: BACK_OFF, limits: OUTBOX_LIMITS, keepAliveS: KEEP_ALIVE_S }, proxy.url);
  await until(() => uplink.state().link.kind === 'connected');
  const lost = lossOf(rig);
  spoil(proxy);
  const bad = performance.now();
  for (let n = 0; n < DOCUMENTS; n += 1) await rig.confirm(PICTURE_BYTES);
  const noticed = lost.then((at) => at - bad);
  await pause(seconds * 1_000);
  if (seconds > 0) proxy.heal();
  const good = performance.now();
  await until(() => uplink.state().link.kind === 'connected');
  const linked = performance.now();
  await until(() => rig.answers().every((answer) => answer === 'received'));
  const received = performance.now();
  await until(() => uplink.state().pictures.received === DOCUMENTS);
  const whole = performance.now();
  const { up, down } = proxy.carried;
  const row = [
    fault,
    seconds === 0 ? '-' : `${seconds} s`,
    seconds === 0 ? '-' : secondsOf(await noticed),
    ...[linked - good, received - linked, whole - linked].map(secondsOf),
    ...[up, down].map((bytes) => (bytes / DOCUMENTS / 1_000).toFixed(1)),
  ];
  await rig.close();
  proxy.close();
  return row;
}

/** When the uplink first says that the link is gone. */
function lossOf(rig: UplinkRig): Promise<number> {
  const isLost = () => rig.notes.some((note) => note.kind === 'link' && note.state.kind === 'waiting');
  return until(isLost).then(() => performance.now());
}

async function until(done: () => boolean): Promise<void> {
  while (!done()) await pause(5);
}

function secondsOf(ms: number): string {
  return `${(ms / 1_000).toFixed(2)} s`;
}
