import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { nodeDisk } from '#agent/store/disk.ts';
import { openStore, type Store } from '#agent/store/store.ts';
import { judge } from '#contract/form/rules.ts';
import { shippedForms } from '#contract/forms.ts';
import { drawFigures } from '#synthesis/figures.ts';
import { randomOf } from '#synthesis/random.ts';
import { confirmDocument, correcting } from '#test/confirm-document.ts';
import { kitSigner, kitUplink } from '#test/kit-uplink.ts';
import { sampleRecord } from '#test/sample-record.ts';
import { setScene } from '#test/scene.ts';
import { inUseMb, residentMb } from './resident.ts';
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
const recorded = [...figures].map(([id, value]) => ({
  ...{ id, value, read: value, probability: 0.999, by: 'machine' as const, officer: null },
}));
const verdicts = judge(definition, figures).map(({ rule, verdict }) => ({
  ...{ rule: rule.id, verdict, severity: rule.severity },
}));
const base = resolve('out');
mkdirSync(base, { recursive: true });
const folder = mkdtempSync(`${base}/soak-bench-`);
const scene = await setScene({ folder, photos: folder, kit: KIT, tps: TPS, forms: [FORM] });
await scene.broker.start();
const page = await scene.startCentral();
const files = { authority: join(folder, 'authority'), kit: KIT };
const signer = kitSigner(files);
const store = await open();
const uplink = kitUplink(files, store, scene.broker.url);

const rows: (readonly (string | number)[])[] = [];
for (let part = 1; part <= ROWS; part += 1) rows.push(await documents((part * DOCUMENTS) / ROWS));
printTable(
  `${DOCUMENTS} documents of one kit, each with a picture of ${PICTURE_BYTES / 1000} kB, to central's receipts`,
  ['documents', 'a second', 'ms to keep one', 'MB in use', 'MB of the kit', 'MB of central', 'kB of the store'],
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
    inUseMb(),
    residentMb(process.pid),
    residentMb(scene.central.pid() ?? 0),
    (statSync(join(folder, 'store', `store.0.json`)).size / 1_000).toFixed(0),
  ];
}

function confirmOne(): Promise<string> {
  return confirmDocument(store, signer, PICTURE_BYTES, (placed) =>
    sampleRecord({ ...placed, ...correcting(placed), mode: 'resmi', figures: recorded, verdicts }),
  );
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
