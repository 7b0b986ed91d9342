import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

/** What a technician or the updater runs: the real program, by its name. */
async function selfTest(...args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  try {
    const { stdout, stderr } = await promisify(execFile)('agent/tps-kit', ['self-test', ...args]);
    return { code: 0, out: stdout, err: stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, out: stdout, err: stderr };
  }
}

describe('tps-kit self-test', () => {
  it('says of each part that it works', async () => {
    const { code, out } = await selfTest();
    expect(code).toBe(0);
    expect(out).toContain('✓ pembaca angka / reader');
    expect(out).not.toContain('✗');
  });

  it('names what does not, and ends with 72', async () => {
    const { code, out } = await selfTest('--json', '--config', '/no/such/kit.json');
    expect(code).toBe(72);
    const { outcomes } = JSON.parse(out);
    expect(outcomes.filter(({ ok }: { ok: boolean }) => !ok)).toEqual([
      { part: 'konfigurasi / configuration', ok: false, says: expect.stringContaining('/no/such/kit.json') },
    ]);
  });

  it('fails where the test page is not read in the time it is given', async () => {
    const { code, out } = await selfTest('--limit', '0.01');
    expect([code, out]).toEqual([72, expect.stringContaining('✗ pembaca angka / reader')]);
  });

  it('refuses a limit that is no time', async () => {
    expect((await selfTest('--limit', 'soon')).code).toBe(64);
  });
});
