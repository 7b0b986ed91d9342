import { execFileSync } from 'node:child_process';
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { existsSync, linkSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { sealPicture, unsealPicture } from '#contract/wire/sealed-picture.ts';
import { certificatesOf, signerOf, thumbprintOf } from '#contract/wire/signature.ts';
import { issueKit, openAuthority, readRegister } from './authority.ts';

const folder = mkdtempSync(join(tmpdir(), 'tps-kit-authority-'));
const validity = { from: new Date(Date.now() - 1_000), until: new Date(Date.now() + 86_400_000) };
const setting = { folder, brokerHosts: ['localhost', '127.0.0.1'], validity };
const read = (name: string) => readFileSync(join(folder, name), 'utf8');

afterAll(() => rmSync(folder, { recursive: true }));

describe('an authority', () => {
  it('issues a kit’s key and certificate once, and enters the kit in the register', async () => {
    await openAuthority(setting);
    const issued = await issueKit(setting, 'palembang-0001', '1671010001001');
    const [certificate] = certificatesOf(read('kits/palembang-0001/kit.crt'));
    if (!issued.ok || !certificate) throw new Error('not issued');
    const entry = { kit: 'palembang-0001', tps: '1671010001001', thumbprint: thumbprintOf(certificate) };
    expect(issued.registered).toEqual(entry);
    expect(readRegister(folder)).toEqual([entry]);
    expect(await issueKit(setting, 'palembang-0001', '1671010001001')).toMatchObject({ code: 'kit-exists' });
  });

  it('refuses ids that could pass for central’s or for a topic of another kit, and bad TPS codes', async () => {
    for (const id of ['central', 'central-2', 'a/b', 'a+b', '#', 'ab', 'KIT-1', '']) {
      expect(await issueKit(setting, id, '1671010001001')).toMatchObject({ ok: false, code: 'bad-kit-id' });
    }
    expect(await issueKit(setting, 'palembang-0009', '16710')).toMatchObject({ ok: false, code: 'bad-tps' });
  });

  it('leaves the old register whole until the new one is on the disk', async () => {
    const before = read('register.json');
    linkSync(join(folder, 'register.json'), join(folder, 'register.before'));
    await issueKit(setting, 'palembang-0002', '1671010001002');
    expect(read('register.before')).toBe(before);
    expect(readRegister(folder)).toHaveLength(2);
  });

  it('is left as it is when it is opened again', async () => {
    const before = read('root.crt');
    await openAuthority(setting);
    expect(read('root.crt')).toBe(before);
  });

  it('keeps every key for its owner’s eyes only, beside the certificate it belongs to', () => {
    const keys = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.key'));
    expect(keys).toHaveLength(7);
    for (const key of keys) expect(statSync(join(folder, key)).mode & 0o777).toBe(0o600);
    for (const key of keys.filter((name) => name !== 'central-sealing.key')) {
      expect(() => signerOf(read(key.replace('.key', '.crt')), read(key))).not.toThrow();
    }
  });

  it('seals pictures for who holds the private half, which no kit does', async () => {
    const jpeg = Uint8Array.of(0xff, 0xd8, 1, 2, 3);
    const sealed = await sealPicture(jpeg, createPublicKey(read('central-sealing.pub')));
    const opened = await unsealPicture(sealed, createPrivateKey(read('central-sealing.key')));
    expect(opened.ok && [...opened.jpeg]).toEqual([...jpeg]);
    expect(read('central-sealing.pub')).not.toContain('PRIVATE');
  });

  it('issues what OpenSSL accepts, each for its own purpose', () => {
    const verify = (purpose: string, certificate: string) =>
      execFileSync('openssl', [
        ...['verify', '-x509_strict', '-purpose', purpose],
        ...['-CAfile', join(folder, 'root.crt'), join(folder, certificate)],
      ]).toString();
    expect(verify('sslserver', 'broker.crt')).toContain('OK');
    expect(verify('sslclient', 'central.crt')).toContain('OK');
    expect(verify('sslclient', 'kits/palembang-0001/kit.crt')).toContain('OK');
    expect(() => verify('sslserver', 'kits/palembang-0001/kit.crt')).toThrow();
    expect(() => verify('sslclient', 'broker.crt')).toThrow();
  });

  describe('as a command', () => {
    const out = join(folder, 'by-command');
    const issue = (...more: readonly string[]) =>
      execFileSync(
        process.execPath,
        [
          fileURLToPath(new URL('issue.ts', import.meta.url)),
          ...['--out', out, '--kit', 'palembang-0001', '--tps', '1671010001001', ...more],
        ],
        { stdio: ['ignore', 'pipe', 'pipe'] },
      ).toString();

    it('makes nothing of a number that is none', () => {
      expect(() => issue('--days', 'many')).toThrow('"many" is no number from 1 to 36500');
      expect(() => issue('--port', '0')).toThrow('"0" is no number from 1 to 65535');
      expect(existsSync(out)).toBe(false);
    });

    it('says where the files are, and issues nothing twice', () => {
      expect(issue().trim().split('\n')).toEqual([
        join(out, 'kits/palembang-0001/kit.crt'),
        join(out, 'kits/palembang-0001/kit.key'),
        join(out, 'mosquitto/mosquitto.conf'),
      ]);
      expect(issue).toThrow('has a certificate already');
    });
  });
});
