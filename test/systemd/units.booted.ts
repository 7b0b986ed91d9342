import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stuckAfterMs } from '#agent/service/watchdog.ts';
import { kppsAt } from '#test/kpps.ts';
import type { CleanRoot } from '#test/package/clean-root.ts';
import { type BootedRoot, waitFor } from './booted-root.ts';
import { type InstalledSystem, KIT_UNIT, openInstalledSystem, PANEL, panelAnswers } from './installed-system.ts';

/** The installed kit under a real systemd. */
const KIT = KIT_UNIT;
const KIOSK = 'tps-kit-kiosk.service';
const WATCHDOG_MS = 30_000;

let installed: InstalledSystem;
let system: BootedRoot;
/** The partition of the kit's data, as this machine sees it. */
let disk: string;

beforeAll(async () => {
  installed = await openInstalledSystem((root) => {
    layBrowser(root);
    disk = layDisk(root);
    execFileSync('mount', ['-o', 'loop', join(root.folder, 'data.img'), disk]);
  });
  system = installed.system;
});
afterAll(() => installed?.close());

/** A file system of its own for the data, that can be made to stand still. */
function layDisk(root: CleanRoot): string {
  const image = join(root.folder, 'data.img');
  const at = join(root.folder, 'var/lib/tps-kit');
  execFileSync('truncate', ['--size=200M', image]);
  execFileSync('mkfs.ext4', ['-q', '-F', image]);
  mkdirSync(at, { recursive: true });
  return at;
}

/** The browser needs a screen: one that notes whether the panel was there stands in for it, without the terminal. */
function layBrowser(root: CleanRoot): void {
  const cage = join(root.folder, 'usr/bin/cage');
  writeFileSync(
    cage,
    '#!/bin/bash\n(: </dev/tcp/127.0.0.1/8080) 2>/dev/null && echo panel >>/run/tps-kit-screen/seen\nexec sleep infinity\n',
  );
  writeFileSync(join(root.folder, 'usr/bin/chromium'), '');
  chmodSync(cage, 0o755);
  const dropIn = join(root.folder, 'etc/systemd/system', `${KIOSK}.d`);
  mkdirSync(dropIn, { recursive: true });
  writeFileSync(
    join(dropIn, 'no-screen.conf'),
    '[Unit]\nConflicts=\n[Service]\nPAMName=\nTTYPath=\nTTYReset=no\nTTYVHangup=no\nTTYVTDisallocate=no\nStandardInput=null\nUtmpIdentifier=\n',
  );
}

const killed = (signal: string) => system.run('systemctl', 'kill', '--kill-whom=main', `--signal=${signal}`, KIT);

describe('the units', () => {
  it('are understood by systemd without a word', () => {
    const units = system
      .run('sh', '-c', 'ls /lib/systemd/system/tps-kit* /lib/systemd/system/media-tpskit.mount')
      .trim();
    expect(system.run('systemd-analyze', 'verify', '--man=no', ...units.split('\n'))).toBe('');
  });

  it('leave the agent an exposure of 2.0 at most', () => {
    const table = system.run('systemd-analyze', 'security', '--threshold=20', '--no-pager', KIT);
    console.log(table.trim().split('\n').at(-1));
  });
});

describe('the agent under systemd', () => {
  it('is up by itself after the boot, as a user of its own, and ready only when its panel answers', async () => {
    await system.until(KIT, 'active');
    system.run('systemctl', 'stop', KIT);
    expect(await panelAnswers()).toBe(false);
    const begun = performance.now();
    system.run('systemctl', 'start', KIT);
    console.log(`start to ready ${Math.round(performance.now() - begun)} ms`);
    expect(await panelAnswers()).toBe(true);
    expect(system.run('ps', '-o', 'user=', '-p', system.property(KIT, 'MainPID')).trim()).toBe('tps-kit');
    expect(system.property(KIT, 'StatusText')).toContain('palembang-0001');
  });

  it('listens for its own panel on this machine alone, and speaks to the broker alone', async () => {
    await sleep(3_000);
    const sockets = system
      .run('ss', '-Htunap')
      .split('\n')
      .filter((line) => line.includes(`pid=${system.property(KIT, 'MainPID')},`));
    const places = sockets.map((line) => line.trim().split(/\s+/).slice(1, 6));
    const broker = new URL(installed.scene.broker.url).port;
    expect(places.length).toBeGreaterThan(1);
    for (const [state, , , local = '', peer = ''] of places) {
      if (state === 'LISTEN') expect(local).toBe('127.0.0.1:8080');
      else expect(local.endsWith(':8080') ? '8080' : peer.split(':').at(-1)).toMatch(new RegExp(`^(8080|${broker})$`));
    }
  });

  it('cannot write outside its data, nor read another’s home', () => {
    const pid = system.property(KIT, 'MainPID');
    const user = system.run('id', '-u', 'tps-kit').trim();
    const inService = (command: string) =>
      system.run('nsenter', '-t', pid, '-m', '-S', user, '--', 'sh', '-c', `${command} && echo yes || echo no`).trim();
    expect(inService('touch /usr/lib/tps-kit/x 2>/dev/null')).toBe('no');
    expect(inService('touch /var/lib/tps-kit/x && rm /var/lib/tps-kit/x')).toBe('yes');
    expect(inService('ls /root >/dev/null 2>&1 && [ -n "$(ls -A /root)" ]')).toBe('no');
  });

  it('is killed by the watchdog when it stands still, and goes on', async () => {
    const restarts = Number(system.property(KIT, 'NRestarts'));
    const begun = performance.now();
    killed('SIGSTOP');
    const again = () => Number(system.property(KIT, 'NRestarts')) > restarts;
    await waitFor('the watchdog', 2 * WATCHDOG_MS, again);
    await waitFor('the panel', 60_000, panelAnswers);
    console.log(`stood still to panel again ${Math.round((performance.now() - begun) / 1000)} s`);
    await system.until(KIT, 'active');
  });

  it('is killed by the watchdog when its disk stands still, and goes on with what it had', async () => {
    await waitFor('the panel', 60_000, panelAnswers);
    const restarts = Number(system.property(KIT, 'NRestarts'));
    execFileSync('fsfreeze', ['--freeze', disk]);
    try {
      // What is done now must be written, and is not.
      void kppsAt(PANEL, {})
        .act({ kind: 'press', button: 'PINDAI' })
        .catch(() => undefined);
      await waitFor(
        'the watchdog',
        stuckAfterMs(20_000) + 3 * WATCHDOG_MS,
        () => system.property(KIT, 'SubState') !== 'running',
      );
    } finally {
      execFileSync('fsfreeze', ['--unfreeze', disk]);
    }
    await waitFor('the restart', 60_000, () => Number(system.property(KIT, 'NRestarts')) > restarts);
    await waitFor('the panel', 60_000, panelAnswers);
  });

  it('is given up after ten deaths in ten minutes, and says so', async () => {
    system.run('systemctl', 'reset-failed', KIT);
    system.run('systemctl', 'restart', KIT);
    for (let death = 1; death <= 10; death += 1) {
      await waitFor('the agent', 30_000, () => system.property(KIT, 'ActiveState') === 'active');
      killed('SIGKILL');
      await waitFor('its death', 10_000, () => system.property(KIT, 'ActiveState') !== 'active');
    }
    await system.until(KIT, 'failed');
    expect(await panelAnswers()).toBe(false);
    system.run('systemctl', 'reset-failed', KIT);
  });
});

describe('the kiosk', () => {
  it('waits for the agent’s panel, and stays when the agent is started again', async () => {
    system.run('systemctl', 'stop', KIT);
    system.run('systemctl', 'start', '--no-block', KIOSK);
    await system.until(KIOSK, 'active');
    expect(system.run('cat', '/run/tps-kit-screen/seen').trim()).toBe('panel');
    const browser = system.property(KIOSK, 'MainPID');
    system.run('systemctl', 'restart', KIT);
    expect([system.property(KIOSK, 'MainPID'), await panelAnswers()]).toEqual([browser, true]);
  });

  it('comes back when it dies', async () => {
    const before = system.property(KIOSK, 'MainPID');
    system.run('systemctl', 'kill', '--signal=SIGKILL', KIOSK);
    await waitFor('the browser', 30_000, () => {
      const now = system.property(KIOSK, 'MainPID');
      return now !== '0' && now !== before && system.property(KIOSK, 'ActiveState') === 'active';
    });
  });
});
