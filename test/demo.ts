import { mkdirSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { shippedForms } from '#contract/forms.ts';
import { printTable } from './bench/table.ts';
import { kppsAt } from './kpps.ts';
import { photoTray } from './photo-tray.ts';
import { setScene } from './scene.ts';

/**
 * `make demo`: one TPS sends its Governor result. The kit, the broker and central are the real
 * programs; only the camera is a folder of simulated photos, and the KPPS member a script that uses
 * the panel. The broker is away when YA is pressed, and comes back later.
 */
const FORM = 'c-hasil-kwk-gubernur';
const KIT = 'palembang-0001';
const TPS = '1671010001001';
const folder = fileURLToPath(new URL('../out/demo', import.meta.url));

const started = performance.now();
const form = shippedForms().byId(FORM);
if (!form) throw new Error(`there is no form ${FORM}`);

say('1  printing, filling and photographing the form (kept for the next run)');
const tray = await photoTray(fileURLToPath(new URL('../.cache/demo-photos', import.meta.url)), form, 'demo');

say('2  starting broker (Mosquitto, mutual TLS), central and kit');
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const scene = await setScene({ folder, photos: tray.folder, kit: KIT, tps: TPS, forms: [FORM] });
await scene.broker.start();
const central = await scene.startCentral();
const panel = await scene.startKit();
const kpps = kppsAt(panel, tray.written);

say('3  scanning three pages');
const times: number[] = [];
for (const { number } of form.pages) {
  const pressed = performance.now();
  const { notice } = await kpps.scan();
  if (notice) throw new Error(`page ${number} was not read: ${JSON.stringify(notice)}`);
  times.push(Math.round(performance.now() - pressed));
}
const asked = await kpps.settle();
const { draft } = await kpps.view();
const rows = form.pages.map(({ number, figures }, index) => {
  const silent = figures.filter(({ id }) => draft?.figures[id]?.by === 'machine');
  const wrong = silent.filter(({ id }) => draft?.figures[id]?.value !== tray.written[id]);
  const questions = figures.filter(({ id }) => asked.includes(id));
  return [number, figures.length, questions.length, wrong.length, times[index] ?? 0];
});

say('4  the broker goes away; the KPPS member confirms with YA');
await scene.broker.stop();
const corrected = await kpps.proofread();
await kpps.confirm();
const stored = await kpps.until('the record to be stored', ({ record }) => record !== null);
const storedAt = performance.now();
say(
  `   stored: record ${stored.record?.sequence}, digest ${stored.record?.digest.slice(0, 16)}…; waiting for the network`,
);
await sleep(2_000);

say('5  the broker comes back');
await scene.broker.start();
const received = await kpps.until('the receipt', ({ record }) => record?.stage === 'diterima-pusat');
const receivedAt = performance.now();

printTable(`TPS ${TPS}, ${form.label}`, ['page', 'figures read', 'asked', 'wrong', 'ms from press to figures'], rows);
console.log(`corrected by the KPPS member before confirming: ${corrected.length}`);
console.log(
  `record stored, sent, received: ${received.record?.stage}, ${Math.round(receivedAt - storedAt)} ms after storing`,
);
const results = await fetch(`${central}api/results?mode=resmi`).then((answer) => answer.json() as Promise<unknown>);
console.log(`central holds ${Array.isArray(documentsOf(results)) ? documentsOf(results)?.length : 0} document(s)`);
console.log(`\ndone in ${Math.round((performance.now() - started) / 1000)} s`);

if (process.env['DEMO_EXIT'] === '1') {
  await scene.stop();
} else {
  console.log(`\npanel    ${panel}\ncentral  ${central}\nCtrl-C ends both.`);
  process.once('SIGINT', async () => {
    await scene.stop();
    process.exit(0);
  });
}

function documentsOf(results: unknown): readonly unknown[] | null {
  if (typeof results !== 'object' || results === null || !('documents' in results)) return null;
  return Array.isArray(results.documents) ? results.documents : null;
}

function say(line: string): void {
  console.log(`demo: ${line}`);
}
