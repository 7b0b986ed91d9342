import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageOf } from '#test/package/packages.ts';
import { waitFor } from './booted-root.ts';
import { type InstalledSystem, KIT_UNIT, openInstalledSystem, panelAnswers } from './installed-system.ts';

/** Updates of the real package by real dpkg and systemd: versions of it that differ in their number, and one that is broken. */
const SIGN = fileURLToPath(new URL('../../provisioning/update/sign-update.ts', import.meta.url));
const work = mkdtempSync(join(tmpdir(), 'tps-kit-versions-'));
let installed: InstalledSystem;
let stick: string;
let current: string;

beforeAll(async () => {
  installed = await openInstalledSystem((root) => {
    mkdirSync(join(root.folder, 'var/stick'));
  }, true);
  stick = join(`${installed.root.folder}.data`, 'stick');
  const deb = packageOf('amd64');
  current = execFileSync('dpkg-deb', ['--field', deb, 'Version'], { encoding: 'utf8' }).trim();
  lay(deb);
  await installed.system.until(KIT_UNIT, 'active');
});
afterAll(async () => {
  await installed?.close();
  rmSync(work, { recursive: true });
});

/** Signs a package as the centre does, and lays both onto the stick. */
function lay(deb: string): void {
  const at = join(stick, basename(deb));
  copyFileSync(deb, at);
  const key = (name: string) => join(installed.root.folder, 'etc/tps-kit/authority', name);
  execFileSync(process.execPath, [
    ...[SIGN, at, '--certificate', key('central-signing.crt'), '--key', key('central-signing.key')],
  ]);
}

/** The package again under another version; `spoil` may break what is in it. */
function version(number: string, spoil: (tree: string) => void = () => undefined): string {
  const tree = join(work, number);
  execFileSync('dpkg-deb', ['--raw-extract', packageOf('amd64'), tree]);
  const control = join(tree, 'DEBIAN/control');
  writeFileSync(control, readFileSync(control, 'utf8').replace(/^Version: .*$/m, `Version: ${number}`));
  spoil(tree);
  const deb = join(work, `tps-kit_${number}_amd64.deb`);
  execFileSync('dpkg-deb', ['--root-owner-group', '-Zgzip', '-z1', '--build', tree, deb]);
  rmSync(tree, { recursive: true });
  return deb;
}

const isInstalled = () => installed.system.run('dpkg-query', '--show', 'tps-kit').trim().split('\t')[1];
const breakModel = (tree: string) => truncateSync(join(tree, 'usr/lib/tps-kit/models/digits.onnx'), 1000);

describe('an update from a stick', () => {
  it('installs the newer version, and the kit is ready again with it', async () => {
    lay(version('9.1'));
    const begun = performance.now();
    expect(installed.system.run('tps-kit', 'update', '/var/stick')).toContain('Program 9.1 terpasang');
    console.log(`${current} to 9.1 in ${Math.round((performance.now() - begun) / 1000)} s`);
    expect([isInstalled(), installed.system.property(KIT_UNIT, 'ActiveState')]).toEqual(['9.1', 'active']);
    expect(await panelAnswers()).toBe(true);
  });

  it('is undone where the new version fails its test', async () => {
    lay(version('9.2', breakModel));
    expect(() => installed.system.run('tps-kit', 'update', '/var/stick')).toThrow(/9\.2 gagal, 9\.1 kembali/);
    expect([isInstalled(), installed.system.property(KIT_UNIT, 'ActiveState')]).toEqual(['9.1', 'active']);
    expect(await panelAnswers()).toBe(true);
  });

  it('opens a system that is mounted for reading alone, and leaves nothing that keeps it from being closed again', async () => {
    const { system } = installed;
    system.run('mount', '-o', 'remount,ro', '/');
    expect(() => system.run('touch', '/usr/x')).toThrow(/Read-only/);
    lay(version('9.3'));
    expect(system.run('tps-kit', 'update', '/var/stick')).toContain('Program 9.3 terpasang');
    system.run('mount', '-o', 'remount,ro', '/');
    expect(() => system.run('touch', '/usr/x')).toThrow(/Read-only/);
    expect(await panelAnswers()).toBe(true);
    system.run('mount', '-o', 'remount,rw', '/');
  });

  it('is undone at the next boot where the power went while it was installed', async () => {
    rmSync(stick, { recursive: true });
    mkdirSync(stick);
    lay(version('9.4'));
    const init = installed.system.command('tps-kit', 'update', '/var/stick');
    const updater = spawn(init[0], init.slice(1), { stdio: 'ignore' });
    const half = join(installed.folder, 'usr/lib/tps-kit/tps-kit.dpkg-new');
    await waitFor('dpkg to be in the middle of it', 60_000, () => {
      return execFileSync('sh', ['-c', `[ -e ${half} ] && echo yes || echo no`], { encoding: 'utf8' }).trim() === 'yes';
    });
    installed.system.run('pkill', '-KILL', 'dpkg');
    updater.kill('SIGKILL');
    await once(updater, 'exit');
    installed.system.run('pkill', '-KILL', '-f', 'tps-kit update').trim();
    installed.system.run('systemctl', 'start', 'tps-kit-update-resume.service');
    installed.system.run('systemctl', 'start', KIT_UNIT);
    expect(isInstalled()).toBe('9.3');
    expect(installed.system.run('dpkg', '--audit')).toBe('');
    expect(await panelAnswers()).toBe(true);
  });
});
