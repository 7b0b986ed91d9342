import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { addTestKit } from '#test/mosquitto.ts';
import { program } from '#test/program.ts';
import { AUTHORITY_FOLDER, issuedTps } from './issued-tps.ts';
import { loadRegister, REGISTER_FILE, saveRegister } from './register-file.ts';
import { anyRegister } from './testing/sample-register.ts';

const folder = mkdtempSync(join(tmpdir(), 'tps-kit-register-'));
const file = join(folder, 'data', REGISTER_FILE);
const data = join(folder, 'data');
const source = { file: 'daftar.csv', sha256: 'a'.repeat(64), importedAt: '2026-11-27T07:00:00.000Z' };

afterAll(() => rmSync(folder, { recursive: true }));

describe('the kept register', () => {
  it('is none before one was imported', async () => {
    expect(await loadRegister(data)).toEqual({ ok: true, stored: null });
  });

  it('is read back the same, whatever it holds, and for its owner’s eyes only', async () => {
    await fc.assert(
      fc.asyncProperty(anyRegister, async (register) => {
        expect(await saveRegister(data, { source, register })).toEqual({ ok: true });
        expect(await loadRegister(data)).toEqual({ ok: true, stored: { schema: 1, source, register } });
      }),
      { numRuns: 20 },
    );
    expect([statSync(data).mode & 0o777, statSync(file).mode & 0o777]).toEqual([0o700, 0o600]);
    expect(readdirSync(data)).toEqual([REGISTER_FILE]);
  });

  it('is told from one that another version of the program wrote, from a damaged one, and from none', async () => {
    const whole = readFileSync(file, 'utf8');
    writeFileSync(file, whole.replace('"schema": 1', '"schema": 2'));
    expect(await loadRegister(data)).toEqual({ ok: false, code: 'newer', reason: 'format 2, this program knows 1' });
    for (const torn of ['', whole.slice(0, -9), whole.replace('"places"', '"place"')]) {
      writeFileSync(file, torn);
      expect(await loadRegister(data)).toMatchObject({ ok: false, code: 'damaged' });
    }
    rmSync(file);
    mkdirSync(file);
    expect(await loadRegister(data)).toMatchObject({ ok: false, code: 'unreadable' });
  });

  it('stays as it was where the new one cannot be written, and nothing half is left', async () => {
    const [register] = fc.sample(anyRegister, 1);
    if (!register) throw new Error('no register');
    expect(await saveRegister(data, { source, register })).toMatchObject({ ok: false });
    expect(readdirSync(data)).toEqual([REGISTER_FILE]);
    rmSync(file, { recursive: true });
  });
});

describe('a save that is killed', () => {
  it('leaves the old register or the new one, whole, at whatever moment', async () => {
    const killed = join(folder, 'killed');
    const counts: (number | undefined)[] = [];
    for (let round = 0; round < 8; round++) {
      const saving = program('provisioning/register/testing/save-again.ts', killed);
      await saving.start(/^begun/);
      await setTimeout(Math.random() * 40);
      await saving.kill();
      const loaded = await loadRegister(killed);
      expect(loaded).toMatchObject({ ok: true });
      counts.push(loaded.ok ? loaded.stored?.register.places.length : undefined);
    }
    expect(counts.filter((count) => count !== 1 && count !== 400)).toEqual([]);
  });
});

describe('the TPS for which kits were issued', () => {
  it('are none without an authority, and then those in its register of kits', async () => {
    expect(await issuedTps(folder)).toEqual(new Set());
    await addTestKit(join(folder, AUTHORITY_FOLDER), 'contoh-0001', '9801011001001');
    expect(await issuedTps(folder)).toEqual(new Set(['9801011001001']));
  });
});
