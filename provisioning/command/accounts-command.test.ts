import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { AccountsRegister } from '#contract/accounts-register.ts';
import { isSecret } from '#contract/secret-hash.ts';
import { csvOf, lineWith, SAMPLE_CSV } from '#provisioning/register/testing/sample-register.ts';
import { EXIT } from './exit-code.ts';
import { type Technician, technician } from './testing/technician.ts';

let one: Technician;
beforeAll(async () => {
  one = technician();
  one.written('daftar.csv', SAMPLE_CSV);
  await one.provision('import', 'daftar.csv');
});
afterAll(() => one.leave());

const kept = (name: string) => join(one.folder, 'provisioning-data', name);
const register = () => AccountsRegister.parse(JSON.parse(readFileSync(kept('akun.json'), 'utf8')));
const first = () => {
  const First = z.object({ passwords: z.record(z.string(), z.string()) });
  return First.parse(JSON.parse(readFileSync(kept('sandi-awal.json'), 'utf8'))).passwords;
};
const PASSWORD = /[a-hjkmnp-z2-9]{4}(-[a-hjkmnp-z2-9]{4}){3}/g;

describe('tps-provision accounts', () => {
  test('writes nothing in a dry run', async () => {
    const { out } = await one.provision('accounts', '--dry-run', '--json');
    expect(JSON.parse(out)).toMatchObject({ outcome: 'dry-run', made: 14, before: 0 });
    expect(existsSync(kept('akun.json'))).toBe(false);
  });

  test('makes two of each role for a kecamatan and two operators for a kelurahan, who must change their password', async () => {
    expect((await one.provision('accounts')).out).toBe('Akun dibuat: 14; sudah ada: 0.\n');
    const { accounts } = register();
    const of = (region: string) => accounts.filter((account) => account.region === region).map(({ user }) => user);
    expect(of('98.01.01')).toEqual(['admin-980101-1', 'admin-980101-2', 'operator-980101-1', 'operator-980101-2']);
    expect(of('98.01.01.1001')).toEqual(['operator-9801011001-1', 'operator-9801011001-2']);
    expect(accounts.every(({ mustChange }) => mustChange)).toBe(true);
    const passwords = first();
    expect(new Set(Object.values(passwords)).size).toBe(14);
    for (const { user, password } of accounts.slice(0, 3)) {
      expect(passwords[user]).toMatch(PASSWORD);
      expect(await isSecret(password, passwords[user] ?? '')).toBe(true);
    }
    expect(readFileSync(kept('akun.json'), 'utf8')).not.toMatch(PASSWORD);
    expect(statSync(kept('sandi-awal.json')).mode & 0o777).toBe(0o600);
  });

  test('adds what a larger register needs, and gives nobody a second password', async () => {
    const before = register().accounts;
    one.written(
      'baru.csv',
      SAMPLE_CSV.trimEnd() +
        csvOf(lineWith({ kode_kelurahan: '98.01.01.1009', kelurahan: 'Melati Baru' })).slice(csvOf().trimEnd().length),
    );
    expect((await one.provision('import', 'baru.csv')).code).toBe(EXIT.ok);
    expect((await one.provision('accounts')).out).toBe('Akun dibuat: 2; sudah ada: 14.\n');
    expect(register().accounts.slice(0, 14)).toEqual(before);
    expect((await one.provision('accounts')).out).toBe('Akun dibuat: 0; sudah ada: 16.\n');
  });

  test('prints a letter for each, and forgets the first passwords only when it is told', async () => {
    const { out } = await one.provision('accounts', '--letters', 'surat.pdf');
    expect(out).toBe('Akun dibuat: 0; sudah ada: 16. surat.pdf: 16 surat.\n');
    const text = execFileSync('pdftotext', ['-layout', join(one.folder, 'surat.pdf'), '-'], { encoding: 'utf8' });
    const pages = text.split('\f').filter((page) => page.trim() !== '');
    expect(pages).toHaveLength(16);
    for (const [user, password] of Object.entries(first())) {
      expect(pages.filter((page) => page.includes(user) && page.includes(password))).toHaveLength(1);
    }
    expect(pages[0]).toContain('Administrator, Kecamatan Melati');
    expect((await one.provision('accounts', '--forget')).out).toContain('16 kata sandi pertama dihapus');
    expect(existsSync(kept('sandi-awal.json'))).toBe(false);
    const late = await one.provision('accounts', '--letters', 'lagi.pdf');
    expect([late.code, late.err]).toEqual([EXIT.refused, expect.stringContaining('sudah dihapus')]);
    expect(register().accounts).toHaveLength(16);
  });

  test('changes nothing where the file is damaged, and says to restore the copy', async () => {
    one.written('provisioning-data/akun.json', '{"schema": 1, "accoun');
    const { code, err } = await one.provision('accounts');
    expect([code, err]).toEqual([EXIT.damaged, expect.stringContaining('akun.json')]);
    expect(readFileSync(kept('akun.json'), 'utf8')).toBe('{"schema": 1, "accoun');
  });
});
