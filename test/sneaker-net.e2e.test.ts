import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { firstState, State } from '#agent/session/state.ts';
import { nodeDisk } from '#agent/store/disk.ts';
import { openStore, type Store } from '#agent/store/store.ts';
import { recordOf } from '#central/testing/records.ts';
import { confirmDocument, correcting, type Placed } from './confirm-document.ts';
import { kitSigner } from './kit-uplink.ts';
import { type Scene, setScene } from './scene.ts';

/** No network came all night: what the kit holds goes to the centre on a stick, and the receipts come back on it. */
const OWNER = { kit: 'palembang-0001', tps: '1671010001001', mode: 'resmi' } as const;
const FORM = 'c-hasil-kwk-gubernur';
const SOON = { timeout: 60_000, interval: 100 };
const Detail = z.object({ picturesWhole: z.number(), history: z.array(z.unknown()) });
const Alarms = z.array(z.unknown());

const folder = mkdtempSync(join(tmpdir(), 'tps-kit-sneaker-'));
const at = (...names: readonly string[]) => join(folder, ...names);
const BUNDLE = at('stick', `${OWNER.kit}-resmi-2.bundel`);
let scene: Scene;

beforeAll(async () => {
  mkdirSync(at('stick'));
  mkdirSync(at('archive'));
  scene = await setScene({ folder, photos: folder, kit: OWNER.kit, tps: OWNER.tps, forms: [FORM] });
  const store = await openedStore();
  const signer = kitSigner({ authority: at('authority'), kit: OWNER.kit });
  const compose = (placed: Placed) => recordOf({ ...OWNER, ...placed, ...correcting(placed) });
  await confirmDocument(store, signer, 50_000, compose);
  await confirmDocument(store, signer, 50_000, compose);
});
afterAll(async () => {
  await scene.stop();
  rmSync(folder, { recursive: true });
});

test('everything undelivered is laid onto the stick while the kit runs', async () => {
  await scene.startKit();
  expect(run('agent/tps-kit.ts', 'export', '--config', at('kit.json'), '--to', at('stick'))).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('2 rekaman, 2 gambar. Selesai, stik aman dicabut.'),
  });
  const nowhere = run('agent/tps-kit.ts', 'export', '--config', at('kit.json'), '--to', at('none'));
  expect(nowhere).toMatchObject({ status: 73, stderr: expect.stringContaining('tidak dapat menulis') });
}, 60_000);

test('the centre takes it in, and once more without a change', () => {
  const first = run('central/import.ts', at('central.json'), BUNDLE);
  expect(first).toMatchObject({ status: 0 });
  expect(first.stdout.match(/record [12] is committed/g)).toHaveLength(2);
  expect(first.stdout.match(/picture \w+ is whole/g)).toHaveLength(2);
  const receipts = readFileSync(`${BUNDLE}.kuitansi`, 'utf8');
  expect(run('central/import.ts', at('central.json'), BUNDLE).stdout).toBe(first.stdout);
  expect(readFileSync(`${BUNDLE}.kuitansi`, 'utf8')).toBe(receipts);
}, 60_000);

test('a bundle that is torn or altered is refused as a whole', () => {
  const whole = readFileSync(BUNDLE);
  for (const bytes of [whole.subarray(0, whole.length - 1), whole.with(whole.length - 5, (whole.at(-5) ?? 0) ^ 1)]) {
    writeFileSync(at('stick', 'bad.bundel'), bytes);
    const refused = run('central/import.ts', at('central.json'), at('stick', 'bad.bundel'));
    expect(refused).toMatchObject({ status: 1, stderr: expect.stringContaining('refused as a whole') });
  }
}, 60_000);

test('the receipts go back into the kit, which then has nothing left to bring', async () => {
  const give = () => run('agent/tps-kit.ts', 'receipts', '--config', at('kit.json'), `${BUNDLE}.kuitansi`);
  expect(give()).toMatchObject({ status: 66, stderr: expect.stringContaining('matikan program alat') });
  await scene.kit.stop();
  expect(give()).toMatchObject({ status: 0, stdout: '4 tanda terima masuk; 0 rekaman masih menunggu pusat.\n' });
  const again = run('agent/tps-kit.ts', 'export', '--config', at('kit.json'), '--to', at('stick'));
  expect(again).toMatchObject({ status: 0, stdout: expect.stringContaining('Tidak ada yang tersisa') });
}, 60_000);

test('when the network comes at last, nothing comes twice', async () => {
  await scene.broker.start();
  const page = await scene.startCentral();
  const panel = await scene.startKit();
  const linked = async () => {
    const view = await (await fetch(`${panel}events`)).body?.getReader().read();
    return Buffer.from(view?.value ?? '').toString();
  };
  await vi.waitFor(async () => expect(await linked()).toContain('"connected"'), SOON);
  const detail = Detail.parse(await (await fetch(`${page}api/documents/resmi/${OWNER.tps}/${FORM}`)).json());
  expect(detail.history).toHaveLength(2);
  expect(detail.picturesWhole).toBe(1);
  expect(Alarms.parse(await (await fetch(`${page}api/alarms`)).json())).toEqual([]);
}, 120_000);

test('an auditor finds the chain whole, and any change of it', () => {
  const all = run('agent/tps-kit.ts', 'export', '--all', '--config', at('kit.json'), '--to', at('archive'));
  expect(all).toMatchObject({ status: 0 });
  const file = at('archive', `${OWNER.kit}-resmi-2.bundel`);
  const audit = () => run('agent/tps-kit.ts', 'audit', '--root', at('authority', 'root.crt'), file);
  expect(audit()).toMatchObject({ status: 0, stdout: expect.stringContaining(`UTUH, ${OWNER.kit}, 2 rekaman`) });
  const text = readFileSync(file, 'latin1');
  writeFileSync(file, text.replace('.eyJ', '.eyK'), 'latin1');
  expect(audit()).toMatchObject({ status: 1, stdout: expect.stringContaining('TIDAK UTUH') });
}, 60_000);

function run(script: string, ...parameters: readonly string[]) {
  const cwd = fileURLToPath(new URL('..', import.meta.url));
  return spawnSync(process.execPath, [script, ...parameters], { cwd, encoding: 'utf8' });
}

async function openedStore(): Promise<Store<State>> {
  const setting = { disk: nodeDisk, folder: at('kit', 'resmi'), ...OWNER, evening: State, fresh: firstState() };
  const opened = await openStore(setting);
  if (!opened.ok) throw new Error(opened.reason);
  return opened.store;
}
