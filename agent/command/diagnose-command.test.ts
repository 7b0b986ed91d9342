import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Configuration } from '#agent/configuration.ts';
import { type Scene, setScene } from '#test/scene.ts';

const folder = mkdtempSync(join(tmpdir(), 'tps-kit-diagnose-'));
const at = (...names: readonly string[]) => join(folder, ...names);
let scene: Scene;

beforeAll(async () => {
  const forms = ['c-hasil-kwk-gubernur'];
  scene = await setScene({ folder, photos: at('photos'), kit: 'palembang-0001', tps: '1671010001001', forms });
}, 60_000);
afterAll(async () => {
  await scene.stop();
  rmSync(folder, { recursive: true });
});

/** What a technician runs: the real program, by its name. */
async function diagnose(...args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  try {
    const { stdout, stderr } = await promisify(execFile)('agent/tps-kit', ['diagnose', ...args]);
    return { code: 0, out: stdout, err: stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, out: stdout, err: stderr };
  }
}

function madeIn(place: string) {
  const [name = ''] = readdirSync(at(place));
  return { name, diagnosis: JSON.parse(readFileSync(at(place, name), 'utf8')) };
}

describe('tps-kit diagnose', () => {
  it('puts one file into the folder and says what to do with it', async () => {
    const { code, out } = await diagnose('--config', at('kit.json'), '--to', at('one'));
    const { name, diagnosis } = madeIn('one');
    expect([code, out]).toEqual([
      0,
      `${at('one', name)}: selesai, serahkan ke teknisi. / done, hand it to the technician.\n`,
    ]);
    const { kit, health } = diagnosis as { kit: Configuration; health: { now: { part: string; says: string }[] } };
    expect(kit.kit).toBe('palembang-0001');
    expect(health.now).toContainEqual({
      ...{ part: 'pembaca angka / reader', says: expect.stringMatching(/^✓ halaman uji benar/) },
    });
  });

  it('tells of the machine where the configuration cannot be read, and ends with 1', async () => {
    const { code, err } = await diagnose('--config', at('no-such.json'), '--to', at('two'));
    expect([code, err]).toEqual([1, expect.stringContaining('no-such.json')]);
    expect(madeIn('two')).toMatchObject({
      name: expect.stringMatching(/^diagnosa-tanpa-konfigurasi-/),
      diagnosis: { kit: null, why: expect.stringContaining('no-such.json') },
    });
  });

  it('ends with 73 where the file cannot be written', async () => {
    const { code, err } = await diagnose('--config', at('kit.json'), '--to', at('kit.json', 'folder'));
    expect([code, err]).toEqual([73, expect.stringContaining('tidak dapat menulis')]);
  });
});
