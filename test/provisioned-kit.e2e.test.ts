import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { SessionView } from '#agent/session/session.ts';
import { shippedForms } from '#contract/forms.ts';
import { unlockAuthority } from '#provisioning/authority/authority.ts';
import { issueKit } from '#provisioning/authority/issue-kit.ts';
import { type Technician, technician } from '#provisioning/command/testing/technician.ts';
import { csvOf, lineWith } from '#provisioning/register/testing/sample-register.ts';
import { kppsAt } from './kpps.ts';
import { freePort } from './mosquitto.ts';
import { type PhotoTray, photoTray } from './photo-tray.ts';
import { command, type Program, program } from './program.ts';

/**
 * From a spreadsheet in the warehouse to a result at the centre: everything that kit, broker and centre have was made by
 * `tps-provision`, and the kit took it from a stick. Only the camera is a folder of photos.
 */
const FORM = 'c-hasil-kwk-gubernur';
const TPS = '9801011001001';
const OTHER_TPS = '9801011001002';
const ROOT = fileURLToPath(new URL('..', import.meta.url));
const PASSPHRASES = { akar: 'lima kata sandi akar di brankas', penerbit: 'lima kata sandi penerbit gudang' };
const ISSUING = ['--passphrase-file', 'penerbit.txt'] as const;
const PATIENCE = { timeout: 30_000, interval: 50 };

let gudang: Technician;
let tray: PhotoTray;
let broker: Program;
let central: Program;
let centralPage: string;
const kits: Program[] = [];
const at = (...path: readonly string[]) => join(gudang.folder, ...path);
const authority = () => at('provisioning-data/authority');

async function done(...args: readonly string[]): Promise<string> {
  const { code, out, err } = await gudang.provision(...args);
  expect([args[0], code, err]).toEqual([args[0], 0, '']);
  return out;
}

/** A machine without a TPS, and the stick that makes it a kit; answers its folder. */
async function enrolled(name: string, tps: string, ...more: readonly string[]): Promise<string> {
  const [stick, folder] = [at(`stik-${name}`), at(`alat-${name}`)];
  for (const one of [stick, folder]) mkdirSync(one);
  await done('load', '--tps', tps, '--to', stick, ...more);
  const enrol = command('agent/tps-kit', 'enrol', stick, '--folder', folder, '--confirm', tps);
  await enrol.start(/Alat ini sekarang TPS/);
  await expect.poll(() => existsSync(join(stick, 'bekal-tps/kunci-rahasia.pem'))).toBe(false);
  return folder;
}

async function startKit(folder: string, ready = /panel at http/): Promise<string> {
  const kit = program('agent/start', join(folder, 'kit.json'));
  kits.push(kit);
  return addressIn(await kit.start(ready));
}

function addressIn(line: string): string {
  return /http:\S+/.exec(line)?.[0] ?? '';
}

const link = (view: SessionView) => view.uplink?.link;

beforeAll(async () => {
  const form = shippedForms().byId(FORM);
  if (!form) throw new Error(`there is no form ${FORM}`);
  tray = await photoTray(join(ROOT, '.cache/demo-photos'), form, 'demo');
  gudang = technician();
  gudang.written('akar.txt', PASSPHRASES.akar);
  gudang.written('penerbit.txt', PASSPHRASES.penerbit);
  gudang.written('daftar.csv', csvOf(lineWith({}), lineWith({ tps: '2' })));
  const places = { data: 'data', copy: 'salinan', panel: { port: 0 } };
  gudang.written('alat.json', JSON.stringify({ camera: { kind: 'folder', folder: tray.folder }, ...places }));
  const port = await freePort();
  await done('import', 'daftar.csv');
  await done(
    ...[
      'init',
      '--broker',
      `mqtts://127.0.0.1:${port}`,
      '--port',
      String(port),
      '--central-port',
      String(await freePort()),
    ],
    ...['--mode', 'resmi', '--forms', FORM, '--devices', 'alat.json', '--root-passphrase-file', 'akar.txt', ...ISSUING],
  );
  await done('issue', '--all', ...ISSUING);
  process.env['PATH'] = `${process.env['PATH']}:/usr/sbin`;
  broker = command('mosquitto', '-v', '-c', at('provisioning-data/mosquitto/mosquitto.conf'));
  await broker.start(/mosquitto version .* running/);
  central = program('central/main.ts', at('provisioning-data/pusat.json'));
  centralPage = addressIn(await central.start(/page at http/));
}, 180_000);
afterAll(async () => {
  for (const one of [...kits, central, broker]) await one?.stop();
  gudang?.leave();
}, 30_000);

describe('a kit that was provisioned', () => {
  let panel: string;

  it('does its evening: an officer logs in with the PIN of the letter, and the centre has the result', async () => {
    const folder = await enrolled('satu', TPS);
    panel = await startKit(folder);
    const Pins = z.object({ pins: z.array(z.object({ code: z.string(), pin: z.string() })) });
    const letter = Pins.parse(JSON.parse(readFileSync(join(authority(), `kits/kit-${TPS}-1/pins.json`), 'utf8')));
    const pin = letter.pins.find(({ code }) => code === 'kpps-1')?.pin ?? '';
    const body = JSON.stringify({ officer: 'kpps-1', pin, as: 'log-in' });
    const headers = { 'content-type': 'application/json', origin: new URL(panel).origin };
    const answer = await fetch(`${panel}pin`, { method: 'POST', headers, body });
    expect(await answer.json()).toMatchObject({ outcome: 'done' });
    const kpps = kppsAt(panel, tray.written);
    for (let page = 0; page < 3; page += 1) expect((await kpps.scan()).notice).toBe(null);
    await kpps.settle();
    await kpps.proofread();
    await kpps.confirm();
    await kpps.until('the receipt', ({ record }) => record?.stage === 'diterima-pusat');
    const results = await fetch(`${centralPage}api/results?mode=resmi`).then((found) => found.json());
    expect(results).toMatchObject({ documents: [{ tps: TPS, form: FORM }] });
  }, 120_000);

  it('answers at the dress rehearsal, where the kit that was never switched on is missed', async () => {
    const { code, out } = await gudang.provision('rehearse', '--all', '--seconds', '2', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out).kits).toMatchObject([
      { kit: `kit-${TPS}-1`, tps: TPS, presence: 'online' },
      { kit: `kit-${OTHER_TPS}-1`, tps: OTHER_TPS, presence: 'silent' },
    ]);
    const told = await gudang.provision('rehearse', '--tps', OTHER_TPS, '--seconds', '1');
    expect(told.out).toContain(`kit-${OTHER_TPS}-1 (TPS 002 Melati Timur): belum pernah / has never called in`);
  }, 30_000);

  it('says of itself that it works, and the warehouse takes that down', async () => {
    const accept = command('agent/tps-kit', 'accept', at('stik-satu'), '--config', at('alat-satu/kit.json'));
    await accept.start(/semua berfungsi/);
    await expect.poll(() => accept.running()).toBe(false);
    expect(await done('accept', at('stik-satu'))).toBe(`kit-${TPS}-1: lulus\n`);
    const status = JSON.parse(await done('status', '--json'));
    expect(status).toMatchObject({ all: { tps: 2, kits: { issued: 1, loaded: 0, accepted: 1, failed: 0 } } });
    const none = await gudang.provision('accept', gudang.folder);
    expect([none.code, none.out]).toEqual([2, expect.stringContaining('tidak ada hasil uji di stik')]);
  }, 60_000);

  it('is kept out once it is revoked: broker, kit and centre each say so, and its result stays', async () => {
    await done('revoke', `kit-${TPS}-1`, '--reason', 'layar pecah', ...ISSUING);
    await broker.stop();
    await broker.start(/mosquitto version .* running/);
    const { view } = kppsAt(panel, {});
    await expect
      .poll(async () => link(await view()), PATIENCE)
      .toMatchObject({ kind: 'waiting', fault: 'certificate-revoked' });
    expect(broker.log()).toMatch(/certificate revoked|certificate verify failed/);
    await central.stop();
    centralPage = addressIn(await central.start(/page at http/));
    const results = await fetch(`${centralPage}api/results?mode=resmi`).then((found) => found.json());
    expect(results).toMatchObject({ documents: [{ tps: TPS }] });
  }, 60_000);

  it('is replaced by another kit for the same TPS', async () => {
    await done('issue', '--tps', TPS, ...ISSUING);
    await central.stop();
    centralPage = addressIn(await central.start(/page at http/));
    const view = kppsAt(await startKit(await enrolled('dua', TPS)), {}).view;
    await expect.poll(async () => link(await view()), PATIENCE).toMatchObject({ kind: 'connected' });
    expect((await view()).kit).toBe(`kit-${TPS}-2`);
  }, 60_000);

  it('does not begin with the certificate of another kit, and says whose it is', async () => {
    const folder = await enrolled('tiga', OTHER_TPS);
    const file = join(folder, 'kit.json');
    const foreign = readFileSync(file, 'utf8').replace(`"kit-${OTHER_TPS}-1"`, `"kit-${TPS}-2"`);
    gudang.written('alat-tiga/kit.json', foreign);
    await startKit(folder, /cannot begin, see http/);
    expect(kits.at(-1)?.log()).toContain(`this is the certificate of "kit-${OTHER_TPS}-1"`);
  }, 60_000);

  it('is kept out once its certificate has run out, and says so', async () => {
    const unlocked = unlockAuthority(authority(), PASSPHRASES.penerbit);
    if (!unlocked.ok) throw new Error(unlocked.code);
    const now = Date.now();
    const validity = { from: new Date(now - 20_000), until: new Date(now - 10_000) };
    const order = { kit: 'kit-kedaluwarsa', tps: OTHER_TPS, validity, at: new Date(now) };
    expect(await issueKit(unlocked.authority, order)).toMatchObject({ ok: true });
    const folder = await enrolled('empat', OTHER_TPS, '--again');
    for (const name of ['kit.crt', 'kit.key']) {
      gudang.written(`alat-empat/${name}`, readFileSync(join(authority(), 'kits/kit-kedaluwarsa', name)));
    }
    const file = join(folder, 'kit.json');
    const renamed = readFileSync(file, 'utf8').replace(`"kit-${OTHER_TPS}-1"`, '"kit-kedaluwarsa"');
    gudang.written('alat-empat/kit.json', renamed);
    const { view } = kppsAt(await startKit(folder), {});
    await expect
      .poll(async () => link(await view()), PATIENCE)
      .toMatchObject({ kind: 'waiting', fault: 'certificate-expired' });
    expect(broker.log()).toMatch(/certificate has expired|certificate verify failed/);
  }, 60_000);
});
