import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { nodeDisk } from '#agent/store/disk.ts';
import { OUTBOX_LIMITS } from '#agent/store/outbox.ts';
import { openStore, type Store } from '#agent/store/store.ts';
import { BACK_OFF } from '#agent/uplink/back-off.ts';
import { KEEP_ALIVE_S } from '#agent/uplink/connection.ts';
import { startUplink } from '#agent/uplink/uplink.ts';
import { judge } from '#contract/form/rules.ts';
import { shippedForms } from '#contract/forms.ts';
import { signRecord } from '#contract/wire/envelope.ts';
import { certificatesOf, signerOf } from '#contract/wire/signature.ts';
import { systemClock } from '#drivers/clock/system-clock.ts';
import { drawFigures } from '#synthesis/figures.ts';
import { randomOf } from '#synthesis/random.ts';
import { sampleRecord } from '#test/sample-record.ts';
import { setScene } from '#test/scene.ts';
import { residentMb } from './resident.ts';
import { printTable } from './table.ts';

/**
 * A kit that never rests: documents are confirmed one after another, each a correction of the one
 * before, and go through outbox, Mosquitto (mutual TLS) and a real central with its database to their
 * receipts. An evening has two to four; here memory must not grow, nothing be lost and nothing come twice.
 *
 *   node test/bench/soak.bench.ts [documents]      2000 take some minutes
 */
const DOCUMENTS = Number(process.argv[2] ?? 2_000);
const ROWS = 10;
const KIT = 'palembang-0001';
const TPS = '1671010001001';
const FORM = 'c-hasil-kwk-gubernur';
const PICTURE_BYTES = 20_000;

const form = shippedForms().byId(FORM);
if (!form) throw new Error(`there is no form ${FORM}`);
const definition = form;
const figures = drawFigures(definition, randomOf('soak'));
const base = resolve('out');
mkdirSync(base, { recursive: true });
const folder = mkdtempSync(`${base}/soak-bench-`);
const scene = await setScene({ folder, photos: folder, kit: KIT, tps: TPS, form: FORM });
await scene.broker.start();
const page = await scene.startCentral();
const signer = signerOf(read(`kits/${KIT}/kit.crt`), read(`kits/${KIT}/kit.key`));
const store = await open();
const uplink = startUplink({
  store,
  kit: KIT,
  broker: () => ({ urls: [scene.broker.url], ca: read('root.crt'), ...kitFiles() }),
  central: certificatesOf(read('central-signing.crt')),
  agent: '0.1.0',
  clock: systemClock(),
  chance: Math.random,
  backOff: BACK_OFF,
  keepAliveS: KEEP_ALIVE_S,
  limits: OUTBOX_LIMITS,
  healthEveryMs: 300_000,
  note: () => undefined,
});

const rows: (readonly (string | number)[])[] = [];
for (let part = 1; part <= ROWS; part += 1) rows.push(await documents((part * DOCUMENTS) / ROWS));
printTable(
  `${DOCUMENTS} documents of one kit, each with a picture of ${PICTURE_BYTES / 1000} kB, to central's receipts`,
  ['documents', 'a second', 'ms to keep one', 'MB of the kit', 'MB of central', 'kB of the store'],
  rows,
);
const { versions, alarms } = await heldByCentral();
console.log(`central holds ${versions} versions of ${DOCUMENTS}, ${alarms} alarms`);
if (versions !== DOCUMENTS || alarms > 0) process.exitCode = 1;
await uplink.close();
await scene.stop();
rmSync(folder, { recursive: true });

/** Goes on until so many documents are received. */
async function documents(until: number): Promise<readonly (string | number)[]> {
  const started = performance.now();
  const before = store.records().length;
  let keeping = 0;
  while (store.records().length < until) {
    const began = performance.now();
    await confirmOne();
    keeping += performance.now() - began;
  }
  const isThere = () => uplink.state().records.received === until && uplink.state().pictures.waiting === 0;
  while (!isThere()) await pause(5);
  const [count, seconds] = [until - before, (performance.now() - started) / 1_000];
  return [
    until,
    (count / seconds).toFixed(1),
    (keeping / count).toFixed(1),
    residentMb(process.pid),
    residentMb(scene.central.pid() ?? 0),
    (statSync(join(folder, 'store', `store.0.json`)).size / 1_000).toFixed(0),
  ];
}

async function confirmOne(): Promise<void> {
  const put = await store.pictures.put(randomBytes(PICTURE_BYTES));
  if (!put.ok) throw new Error(put.reason);
  const head = store.head();
  const record = sampleRecord({
    mode: 'resmi',
    version: (head?.sequence ?? 0) + 1,
    supersedes: head?.digest ?? null,
    sequence: (head?.sequence ?? 0) + 1,
    previous: head?.digest ?? null,
    figures: [...figures].map(([id, value]) => ({
      ...{ id, value, read: value, probability: 0.999, by: 'machine' as const, officer: null },
    })),
    verdicts: judge(definition, figures).map(({ rule, verdict }) => ({
      rule: rule.id,
      verdict,
      severity: rule.severity,
    })),
    pages: [{ page: 1, sha256: put.picture.sha256, bytes: PICTURE_BYTES }],
  });
  const kept = await store.confirm(record, await signRecord(record, signer), (evening) => evening);
  if (!kept.ok) throw new Error(kept.reason);
}

async function open(): Promise<Store<null>> {
  const owner = { kit: KIT, tps: TPS, mode: 'resmi' } as const;
  const opened = await openStore({
    ...{ disk: nodeDisk, folder: join(folder, 'store'), ...owner },
    ...{ evening: z.null(), fresh: null },
  });
  if (!opened.ok) throw new Error(opened.reason);
  return opened.store;
}

async function heldByCentral(): Promise<{ readonly versions: number; readonly alarms: number }> {
  const asked = async (path: string) => (await fetch(`${page}api/${path}`)).json();
  const detail = z.object({ history: z.array(z.unknown()) }).parse(await asked(`documents/resmi/${TPS}/${FORM}`));
  const alarms = z.array(z.unknown()).parse(await asked('alarms'));
  return { versions: detail.history.length, alarms: alarms.length };
}

function kitFiles() {
  return { certificate: read(`kits/${KIT}/kit.crt`), key: read(`kits/${KIT}/kit.key`) };
}

function read(name: string): string {
  return readFileSync(join(folder, 'authority', name), 'utf8');
}
