import { execFileSync } from 'node:child_process';
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { linkSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KitRegister } from '#contract/wire/register.ts';
import { sealPicture, unsealPicture } from '#contract/wire/sealed-picture.ts';
import { certificatesOf, sign, signerOf, thumbprintOf, verify } from '#contract/wire/signature.ts';
import { createAuthority, type OpenAuthority, unlockAuthority } from './authority.ts';
import { issueKit } from './issue-kit.ts';
import { keptKits } from './kit-files.ts';
import { writeKitRegister } from './kit-register.ts';
import { isStrongPassphrase } from './locked-key.ts';
import { revokeKit } from './revoke-kit.ts';

const folder = mkdtempSync(join(tmpdir(), 'tps-kit-authority-'));
const validity = { from: new Date(Date.now() - 1_000), until: new Date(Date.now() + 86_400_000) };
const setting = { folder, brokerHosts: ['localhost', '127.0.0.1'], validity, receivers: 1 };
const PASSPHRASES = { root: 'kunci akar di dalam brankas', issuing: 'kunci penerbit di gudang' };
const TPS = '1671010001001';
const read = (name: string) => readFileSync(join(folder, name), 'utf8');

function opened(): OpenAuthority {
  const unlocked = unlockAuthority(folder, PASSPHRASES.issuing);
  if (!unlocked.ok) throw new Error(unlocked.code);
  return unlocked.authority;
}

const registered = () => KitRegister.parse(JSON.parse(read('register.json'))).kits;
const order = (kit: string, tps = TPS) => ({ kit, tps, validity, at: new Date() });

beforeAll(() => createAuthority(setting, PASSPHRASES));
afterAll(() => rmSync(folder, { recursive: true }));

describe('an authority', () => {
  it('issues a kit’s key and certificate once, and enters the kit in the register', async () => {
    const result = await issueKit(opened(), order('palembang-0001'));
    const [certificate] = certificatesOf(read('kits/palembang-0001/kit.crt'));
    if (!result.ok || !certificate) throw new Error('not issued');
    const entry = { kit: 'palembang-0001', tps: TPS, thumbprint: thumbprintOf(certificate) };
    expect(result.issued).toMatchObject(entry);
    await writeKitRegister(folder, await keptKits(folder));
    expect(registered()).toEqual([entry]);
    expect(await issueKit(opened(), order('palembang-0001'))).toMatchObject({ code: 'kit-exists' });
    expect(thumbprintOf(certificatesOf(read('kits/palembang-0001/kit.crt'))[0] ?? certificate)).toBe(entry.thumbprint);
  });

  it('refuses ids that could pass for central’s or for a topic of another kit, and bad TPS codes', async () => {
    for (const id of ['central', 'central-2', 'a/b', 'a+b', '#', 'ab', 'KIT-1', '', '..']) {
      expect(await issueKit(opened(), order(id))).toMatchObject({ ok: false, code: 'bad-kit-id' });
    }
    expect(await issueKit(opened(), order('palembang-0009', '16710'))).toMatchObject({ ok: false, code: 'bad-tps' });
  });

  it('takes a kit that was half written when the power went for one that was never issued', async () => {
    mkdirSync(join(folder, 'kits/.palembang-0003.writing'), { recursive: true });
    writeFileSync(join(folder, 'kits/.palembang-0003.writing/kit.key'), 'half');
    expect((await keptKits(folder)).map(({ issued }) => issued.kit)).toEqual(['palembang-0001']);
    expect(await issueKit(opened(), order('palembang-0003', '1671010001003'))).toMatchObject({ ok: true });
    expect(() => signerOf(read('kits/palembang-0003/kit.crt'), read('kits/palembang-0003/kit.key'))).not.toThrow();
  });

  it('leaves the old register whole until the new one is on the disk', async () => {
    const before = read('register.json');
    linkSync(join(folder, 'register.json'), join(folder, 'register.before'));
    await writeKitRegister(folder, await keptKits(folder));
    expect(read('register.before')).toBe(before);
    expect(registered()).toHaveLength(2);
  });

  it('is left as it is when it is made again', async () => {
    const before = read('root.crt');
    await createAuthority(setting, PASSPHRASES);
    expect(read('root.crt')).toBe(before);
  });

  it('opens with the issuing key’s passphrase alone, though the root’s key is away', () => {
    const root = read('root.key');
    rmSync(join(folder, 'root.key'));
    expect(unlockAuthority(folder, PASSPHRASES.root)).toEqual({ ok: false, code: 'wrong-passphrase' });
    expect(unlockAuthority(folder, PASSPHRASES.issuing)).toMatchObject({ ok: true });
    expect(unlockAuthority(join(folder, 'kits'), PASSPHRASES.issuing)).toEqual({ ok: false, code: 'no-authority' });
    writeFileSync(join(folder, 'root.key'), root, { mode: 0o600 });
  });

  it('asks for a passphrase that is long enough to withstand trying', () => {
    expect(isStrongPassphrase(PASSPHRASES.issuing)).toBe(true);
    for (const weak of ['', 'rahasia', 'aaaaaaaaaaaaaaaaaaaaaaaaaa']) expect(isStrongPassphrase(weak)).toBe(false);
  });

  it('keeps every key for its owner’s eyes only, those that issue under a passphrase', () => {
    const keys = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.key'));
    expect(keys).toHaveLength(10);
    for (const key of keys) expect(statSync(join(folder, key)).mode & 0o777).toBe(0o600);
    const isLocked = (key: string) => read(key).includes('ENCRYPTED');
    expect(keys.filter(isLocked).toSorted()).toEqual(['issuing.key', 'provisioning.key', 'root.key']);
    for (const key of keys.filter((name) => name !== 'central-sealing.key' && !isLocked(name))) {
      expect(() => signerOf(read(key.replace('.key', '.crt')), read(key))).not.toThrow();
    }
  });

  it('signs what kits are given in a name that neither a kit nor central has', async () => {
    const { jws } = await sign('tps-enrolment', { schema: 1 }, opened().provisioning);
    const roots = certificatesOf(read('root.crt'));
    const trust = { by: 'roots', roots, at: new Date() } as const;
    expect(await verify('tps-enrolment', jws, { ...trust, role: 'provisioning' })).toMatchObject({ ok: true });
    for (const role of ['kit', 'central'] as const) {
      expect(await verify('tps-enrolment', jws, { ...trust, role })).toMatchObject({ code: 'untrusted' });
    }
  });

  it('seals pictures for who holds the private half, which no kit does', async () => {
    const jpeg = Uint8Array.of(0xff, 0xd8, 1, 2, 3);
    const sealed = await sealPicture(jpeg, createPublicKey(read('central-sealing.pub')));
    const opened = await unsealPicture(sealed, createPrivateKey(read('central-sealing.key')));
    expect(opened.ok && [...opened.jpeg]).toEqual([...jpeg]);
    expect(read('central-sealing.pub')).not.toContain('PRIVATE');
  });

  const openssl = (purpose: string, certificate: string, ...more: readonly string[]) =>
    execFileSync(
      'openssl',
      [
        ...['verify', '-x509_strict', '-purpose', purpose, ...more],
        ...['-CAfile', join(folder, 'root.crt'), '-untrusted', join(folder, 'issuing.crt'), join(folder, certificate)],
      ],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    ).toString();

  it('issues what OpenSSL accepts, each for its own purpose', () => {
    expect(openssl('sslserver', 'broker.crt')).toContain('OK');
    expect(openssl('sslclient', 'central.crt')).toContain('OK');
    expect(openssl('sslclient', 'kits/palembang-0001/kit.crt')).toContain('OK');
    expect(() => openssl('sslserver', 'kits/palembang-0001/kit.crt')).toThrow();
    expect(() => openssl('sslclient', 'broker.crt')).toThrow();
  });

  it('takes a kit out of service: the list for the broker names its certificate, the register says since when and why', async () => {
    const listed = ['-crl_check', '-CRLfile', join(folder, 'revoked.crl')];
    expect(openssl('sslclient', 'kits/palembang-0003/kit.crt', ...listed)).toContain('OK');
    const at = new Date();
    expect(await revokeKit(opened(), 'palembang-0003', { at, reason: 'layar pecah' })).toMatchObject({ ok: true });
    expect(() => openssl('sslclient', 'kits/palembang-0003/kit.crt', ...listed)).toThrow('certificate revoked');
    expect(openssl('sslclient', 'kits/palembang-0001/kit.crt', ...listed)).toContain('OK');
    const register = KitRegister.parse(JSON.parse(read('register.json')));
    expect(register.kits.map(({ kit }) => kit)).toEqual(['palembang-0001']);
    expect(register.revoked).toMatchObject([
      { kit: 'palembang-0003', tps: '1671010001003', at: at.toISOString(), reason: 'layar pecah' },
    ]);
  });

  it('takes nothing out of service twice, and says when it knows no such kit', async () => {
    const why = { at: new Date(), reason: 'hilang' };
    expect(await revokeKit(opened(), 'palembang-0003', why)).toEqual({ ok: false, code: 'revoked' });
    expect(await revokeKit(opened(), 'palembang-0077', why)).toEqual({ ok: false, code: 'unknown-kit' });
  });
});
