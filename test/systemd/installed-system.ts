import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CleanRoot, openCleanRoot } from '#test/package/clean-root.ts';
import { packageOf } from '#test/package/packages.ts';
import { type Scene, setScene } from '#test/scene.ts';
import { type BootedRoot, boot } from './booted-root.ts';

/** The kit's package in a Debian of its own, provisioned and booted, with a real broker beside it. */
export interface InstalledSystem {
  readonly root: CleanRoot;
  /** What is booted, as this machine sees it. */
  readonly folder: string;
  readonly scene: Scene;
  readonly system: BootedRoot;
  close(): Promise<void>;
}

export const KIT_UNIT = 'tps-kit.service';
export const PANEL = 'http://127.0.0.1:8080/';

export function panelAnswers(): Promise<boolean> {
  return fetch(PANEL).then(
    ({ ok }) => ok,
    () => false,
  );
}

/** `prepare` is done before the boot. The system may lie on a disk of its own, with /var elsewhere, as on a kit. */
export async function openInstalledSystem(
  prepare: (root: CleanRoot) => void,
  onOwnDisk = false,
): Promise<InstalledSystem> {
  const root = openCleanRoot('amd64');
  root.install(packageOf('amd64'));
  root.run('apt-get', 'install', '-y', '-qq', '--no-install-recommends', 'systemd-sysv', 'dbus', 'procps', 'iproute2');
  const scene = await provision(root);
  root.run('systemctl', 'disable', 'tps-kit-kiosk.service');
  root.unmount();
  prepare(root);
  await scene.broker.start();
  const disk = onOwnDisk ? ownDisk(root.folder) : null;
  const folder = disk?.folder ?? root.folder;
  const system = await boot(folder, ...(disk ? [`--bind=${disk.data}:/var`] : []));
  return {
    ...{ root, folder, scene, system },
    async close() {
      await system.shutDown();
      await scene.stop();
      disk?.remove();
      root.remove();
    },
  };
}

/** The same system on a disk that can be opened and closed for writing; what lies in /var stays outside of it. */
function ownDisk(root: string): { readonly folder: string; readonly data: string; remove(): void } {
  const [folder, data, image] = [`${root}.disk`, `${root}.data`, `${root}.image`];
  renameSync(join(root, 'var'), data);
  for (const made of [folder, join(root, 'var')]) mkdirSync(made);
  execFileSync('truncate', ['--size=3G', image]);
  execFileSync('mkfs.ext4', ['-q', '-F', '-d', root, image]);
  execFileSync('mount', ['-o', 'loop', image, folder]);
  return {
    ...{ folder, data },
    remove() {
      execFileSync('umount', ['--lazy', folder]);
      for (const made of [folder, data, image]) rmSync(made, { recursive: true, force: true });
    },
  };
}

/** Configuration, keys and a folder of photos, as provisioning would leave them. */
async function provision(root: CleanRoot): Promise<Scene> {
  const etc = join(root.folder, 'etc/tps-kit');
  mkdirSync(join(root.folder, 'srv/photos'), { recursive: true });
  const setting = { kit: 'palembang-0001', tps: '1671010001001', forms: ['c-hasil-kwk-gubernur'], port: 8080 };
  const scene = await setScene({ folder: etc, photos: '/srv/photos', ...setting });
  const file = join(etc, 'kit.json');
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), data: '/var/lib/tps-kit' }));
  root.run('chown', '-R', 'root:tps-kit', '/etc/tps-kit');
  root.run('chmod', '-R', 'g+rX', '/etc/tps-kit');
  return scene;
}
