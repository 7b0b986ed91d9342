import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { isPin } from '#contract/officers/pin.ts';
import { openEnrolment } from '#contract/wire/enrolment.ts';
import { KitRegister } from '#contract/wire/register.ts';
import { certificatesOf, signerOf, thumbprintOf } from '#contract/wire/signature.ts';
import { keptKits } from '#provisioning/authority/kit-files.ts';
import { csvOf, lineWith, SAMPLE_CSV } from '#provisioning/register/testing/sample-register.ts';
import { EXIT } from './exit-code.ts';
import { type Technician, technician } from './testing/technician.ts';

const ROOT = ['--root-passphrase-file', 'akar.txt'] as const;
const ISSUING = ['--passphrase-file', 'penerbit.txt'] as const;
const INIT = ['init', '--broker', 'mqtts://broker.example:8883', ...ROOT, ...ISSUING] as const;
const KIT = 'kit-9801011001001-1';

/** A warehouse with a register and an authority. */
async function warehouse(csv: string): Promise<Technician> {
  const one = technician();
  one.written('akar.txt', 'lima kata sandi akar di brankas\n');
  one.written('penerbit.txt', 'lima kata sandi penerbit gudang\n');
  one.written('daftar.csv', csv);
  expect(await one.provision('import', 'daftar.csv')).toMatchObject({ code: EXIT.ok });
  expect(await one.provision(...INIT)).toMatchObject({ code: EXIT.ok });
  return one;
}

const authorityOf = ({ folder }: Technician) => join(folder, 'provisioning-data/authority');
const registerOf = (one: Technician) =>
  KitRegister.parse(JSON.parse(readFileSync(join(authorityOf(one), 'register.json'), 'utf8')));

describe('tps-provision init', () => {
  const one = technician();
  afterAll(() => one.leave());

  test('asks for two long passphrases that differ, and makes nothing without them', async () => {
    one.written('akar.txt', 'lima kata sandi akar di brankas\n');
    one.written('penerbit.txt', 'pendek\n');
    const weak = await one.provision(...INIT);
    expect([weak.code, weak.err]).toEqual([EXIT.refused, expect.stringContaining('paling sedikit 20 tanda')]);
    one.written('penerbit.txt', 'lima kata sandi akar di brankas\n');
    const same = await one.provision(...INIT);
    expect([same.code, same.err]).toEqual([EXIT.refused, expect.stringContaining('harus berbeda')]);
    expect(existsSync(join(one.folder, 'provisioning-data'))).toBe(false);
  });

  test('says what is wrong with what all kits shall share', async () => {
    one.written('penerbit.txt', 'lima kata sandi penerbit gudang\n');
    const plain = await one.provision('init', '--broker', 'mqtt://broker:1883', ...ROOT, ...ISSUING);
    expect([plain.code, plain.err]).toEqual([EXIT.refused, expect.stringContaining('brokers.0: mqtts://host:port')]);
    const form = await one.provision(...INIT, '--forms', 'tidak-ada', '--dry-run');
    expect([form.code, form.err]).toEqual([EXIT.refused, expect.stringContaining('tidak-ada')]);
  });

  test('changes nothing in a dry run, and nothing where there is an authority', async () => {
    expect(await one.provision(...INIT, '--dry-run')).toMatchObject({ code: EXIT.ok });
    expect(existsSync(join(one.folder, 'provisioning-data'))).toBe(false);
    expect(await one.provision(...INIT)).toMatchObject({ code: EXIT.ok });
    const root = readFileSync(join(authorityOf(one), 'root.crt'), 'utf8');
    const again = await one.provision(...INIT);
    expect([again.code, again.err]).toEqual([EXIT.refused, expect.stringContaining('otoritas sudah ada')]);
    expect(readFileSync(join(authorityOf(one), 'root.crt'), 'utf8')).toBe(root);
  });
});

describe('tps-provision issue', () => {
  let one: Technician;
  beforeAll(async () => {
    one = await warehouse(SAMPLE_CSV);
  });
  afterAll(() => one.leave());

  test('needs to be told which TPS, and knows the right passphrase from a wrong one', async () => {
    expect((await one.provision('issue', ...ISSUING)).code).toBe(EXIT.usage);
    const wrong = await one.provision('issue', '--all', '--passphrase-file', 'akar.txt');
    expect([wrong.code, wrong.err]).toEqual([EXIT.refused, expect.stringContaining('kata sandi salah')]);
    expect(registerOf(one).kits).toEqual([]);
  });

  test('issues one, one region, and then what is left, and nothing twice', async () => {
    const issue = (...which: readonly string[]) => one.provision('issue', ...which, ...ISSUING, '--json');
    const told = async (...which: readonly string[]) => JSON.parse((await issue(...which)).out);
    expect(await told('--all', '--dry-run')).toMatchObject({ outcome: 'dry-run', issued: 0, left: 6 });
    expect(await told('--tps', '9801011001001')).toMatchObject({ issued: 1, before: 0 });
    expect(await told('--kecamatan', '98.01.01')).toMatchObject({ issued: 2, before: 1 });
    expect(await told('--all')).toMatchObject({ issued: 3, before: 3 });
    expect(await told('--all')).toMatchObject({ outcome: 'done', issued: 0, before: 6, left: 0 });
    expect(new Set(registerOf(one).kits.map(({ tps }) => tps)).size).toBe(6);
    expect(JSON.parse((await one.provision('status', '--json')).out)).toMatchObject({
      all: { tps: 6, kits: { issued: 6 } },
    });
  });

  test('gives each kit all it needs, signed, and its officers the PINs in the letters', async () => {
    const at = (name: string) => readFileSync(join(authorityOf(one), 'kits', KIT, name), 'utf8');
    const roots = certificatesOf(readFileSync(join(authorityOf(one), 'root.crt'), 'utf8'));
    const opened = await openEnrolment(at('enrolment.jws'), roots, new Date());
    if (!opened.ok) throw new Error(opened.reason);
    const { enrolment } = opened;
    expect(enrolment).toMatchObject({
      ...{ kit: KIT, tps: '9801011001001', mode: 'latihan' },
      place: { kota: 'Kota Contoh', kecamatan: 'Melati', kelurahan: 'Melati Timur', number: 1 },
      broker: { url: ['mqtts://broker.example:8883'] },
      devices: { camera: { kind: 'csi' } },
    });
    expect(() => signerOf(enrolment.certificate, at('kit.key'))).not.toThrow();
    const Pins = z.object({ pins: z.array(z.object({ code: z.string(), pin: z.string().regex(/^\d{6}$/) })) });
    const { pins } = Pins.parse(JSON.parse(at('pins.json')));
    expect(pins.map(({ code }) => code)).toEqual(enrolment.officers.officers.map(({ code }) => code));
    for (const [n, { pin }] of enrolment.officers.officers.entries()) {
      expect(await isPin(pin, pins[n]?.pin ?? '')).toBe(true);
    }
    expect(new Set(pins.map(({ pin }) => pin)).size).toBe(pins.length);
    expect(at('enrolment.jws')).not.toContain(at('kit.key').split('\n')[1]);
  });

  test('replaces a kit that is revoked with another one for the same TPS', async () => {
    const unknown = await one.provision('revoke', 'kit-0', '--reason', 'hilang', ...ISSUING);
    expect([unknown.code, unknown.err]).toEqual([EXIT.refused, expect.stringContaining('tidak pernah terbit')]);
    const looked = await one.provision('revoke', KIT, '--reason', 'layar pecah', '--dry-run', ...ISSUING);
    expect([looked.code, registerOf(one).kits.length]).toEqual([EXIT.ok, 6]);
    expect((await one.provision('revoke', KIT, '--reason', 'layar pecah', ...ISSUING)).code).toBe(EXIT.ok);
    expect((await one.provision('revoke', KIT, '--reason', 'layar pecah', ...ISSUING)).code).toBe(EXIT.refused);
    expect(registerOf(one).kits.some(({ kit }) => kit === KIT)).toBe(false);
    expect((await one.provision('issue', '--all', ...ISSUING)).out).toContain('Terbit: 1 alat');
    const { kits, revoked } = registerOf(one);
    expect(kits.filter(({ tps }) => tps === '9801011001001').map(({ kit }) => kit)).toEqual(['kit-9801011001001-2']);
    expect(revoked).toMatchObject([{ kit: KIT, reason: 'layar pecah' }]);
  });
});

describe('tps-provision load', () => {
  test('fills a stick once, and again only when it is told, for no two machines may be the same kit', async () => {
    const one = await warehouse(SAMPLE_CSV);
    await one.provision('issue', '--tps', '9801011001001', ...ISSUING);
    const load = (stick: string, ...more: readonly string[]) => {
      mkdirSync(join(one.folder, stick), { recursive: true });
      return one.provision('load', '--tps', '9801011001001', '--to', stick, ...more);
    };
    expect((await load('stik')).code).toBe(EXIT.ok);
    const twice = await load('lain');
    expect([twice.code, twice.err]).toEqual([EXIT.refused, expect.stringContaining('--again')]);
    expect(readdirSync(join(one.folder, 'lain'))).toEqual([]);
    expect((await load('lain', '--again')).code).toBe(EXIT.ok);
    one.leave();
  });
});

describe('tps-provision issue, killed', () => {
  const LINES = Array.from({ length: 40 }, (_, n) => lineWith({ tps: String(n + 1) }));
  let one: Technician;
  beforeAll(async () => {
    one = await warehouse(csvOf(...LINES));
  });
  afterAll(() => one.leave());

  /** Kills it when it has so many kits more than at its start, in the middle of the next ones. */
  async function killedAfter(more: number): Promise<void> {
    const kits = join(authorityOf(one), 'kits');
    const count = () => (existsSync(kits) ? readdirSync(kits).filter((name) => !name.startsWith('.')).length : 0);
    const before = count();
    const { process, ended } = one.begin('issue', '--all', '--jobs', '3', ...ISSUING);
    while (process.exitCode === null && count() < before + more) await new Promise((go) => setTimeout(go, 5));
    process.kill('SIGKILL');
    await ended;
  }

  test('again and again at any moment, and run again, leaves no gap and issues nothing twice', async () => {
    const thumbprints = new Map<string, string>();
    for (const more of [0, 1, 3, 2, 7, 1, 5]) {
      await killedAfter(more);
      for (const { issued } of await keptKits(authorityOf(one))) {
        expect(thumbprints.get(issued.kit) ?? issued.thumbprint).toBe(issued.thumbprint);
        thumbprints.set(issued.kit, issued.thumbprint);
      }
    }
    expect(thumbprints.size).toBeGreaterThan(10);
    expect(await one.provision('issue', '--all', ...ISSUING)).toMatchObject({ code: EXIT.ok });
    const kept = await keptKits(authorityOf(one));
    expect(kept.map(({ issued }) => issued.kit)).toEqual(
      LINES.map((_, n) => `kit-9801011001${String(n + 1).padStart(3, '0')}-1`),
    );
    expect(registerOf(one).kits).toHaveLength(LINES.length);
    for (const { issued } of kept) {
      const at = (name: string) => readFileSync(join(authorityOf(one), 'kits', issued.kit, name), 'utf8');
      const [own] = certificatesOf(at('kit.crt'));
      expect(own && thumbprintOf(own)).toBe(issued.thumbprint);
      expect(() => signerOf(at('kit.crt'), at('kit.key'))).not.toThrow();
    }
    expect(readdirSync(join(authorityOf(one), 'kits')).filter((name) => name.startsWith('.'))).toEqual([]);
  }, 120_000);

  test('ends well when it is asked to stop, and says how to go on', async () => {
    const other = await warehouse(csvOf(...LINES));
    const { process, ended } = other.begin('issue', '--all', '--jobs', '1', ...ISSUING);
    while (!existsSync(join(authorityOf(other), 'kits'))) await new Promise((go) => setTimeout(go, 5));
    process.kill('SIGINT');
    const { code, out } = await ended;
    expect([code, out]).toEqual([EXIT.look, expect.stringContaining('Jalankan lagi untuk melanjutkan')]);
    expect(registerOf(other).kits.length).toBe((await keptKits(authorityOf(other))).length);
    other.leave();
  });

  test('lets one command at a time write', async () => {
    const other = await warehouse(SAMPLE_CSV);
    other.written('provisioning-data/sedang-dipakai', String(process.pid));
    const { code, err } = await other.provision('issue', '--all', ...ISSUING);
    expect([code, err]).toEqual([EXIT.refused, expect.stringContaining(`proses ${process.pid}`)]);
    other.written('provisioning-data/sedang-dipakai', '999999999');
    expect((await other.provision('issue', '--all', ...ISSUING)).code).toBe(EXIT.ok);
    other.leave();
  });
});
