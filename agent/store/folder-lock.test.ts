import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockFolder } from './folder-lock.ts';

describe('the lock of a folder', () => {
  let work: string;
  let folder: string;
  beforeEach(() => {
    work = mkdtempSync(join(tmpdir(), 'tps-kit-lock-'));
    folder = join(work, 'kit', 'resmi');
  });
  afterEach(() => rmSync(work, { recursive: true }));

  async function held() {
    const lock = await lockFolder(folder);
    if (!lock.ok) throw new Error(lock.reason);
    return lock;
  }

  it('lets one in and no second, until it is released', async () => {
    const first = await held();
    expect(await lockFolder(folder)).toMatchObject({ ok: false, code: 'in-use' });
    await first.release();
    await (await held()).release();
  });

  it('is one for all names of a folder, and another for another folder', async () => {
    const first = await held();
    symlinkSync(join(work, 'kit'), join(work, 'other-name'));
    expect(await lockFolder(join(work, 'other-name', 'resmi'))).toMatchObject({ ok: false, code: 'in-use' });
    const other = await lockFolder(join(work, 'kit', 'latihan'));
    expect(other.ok).toBe(true);
    if (other.ok) await other.release();
    await first.release();
  });

  it('ends with the process that holds it, also by kill -9', async () => {
    const source = fileURLToPath(new URL('./folder-lock.ts', import.meta.url));
    const hold = `const { lockFolder } = await import(process.argv[1]);
      console.log((await lockFolder(process.argv[2])).ok);
      setInterval(() => undefined, 1000);`;
    const holder = spawn(process.execPath, ['--input-type=module', '-e', hold, source, folder]);
    const [said] = await once(holder.stdout, 'data');
    expect(String(said).trim()).toBe('true');
    expect(await lockFolder(folder)).toMatchObject({ ok: false, code: 'in-use' });
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    await (await held()).release();
  });

  it('says so where the folder cannot be made', async () => {
    expect(await lockFolder('/dev/null/kit')).toMatchObject({ ok: false, code: 'disk-fault' });
  });
});
