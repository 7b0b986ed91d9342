import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CleanRoot, openCleanRoot } from '#test/package/clean-root.ts';
import { packageOf } from '#test/package/packages.ts';
import { type Scene, setScene } from '#test/scene.ts';
import { type BootedRoot, boot } from './booted-root.ts';

/** The kit's package in a Debian of its own, provisioned and booted, with a real broker beside it. */
export interface InstalledSystem {
  readonly root: CleanRoot;
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

/** `prepare` is done before the boot. */
export async function openInstalledSystem(prepare: (root: CleanRoot) => void): Promise<InstalledSystem> {
  const root = openCleanRoot('amd64');
  root.install(packageOf('amd64'));
  root.run('apt-get', 'install', '-y', '-qq', '--no-install-recommends', 'systemd-sysv', 'dbus', 'procps', 'iproute2');
  const scene = await provision(root);
  root.run('systemctl', 'disable', 'tps-kit-kiosk.service');
  root.unmount();
  prepare(root);
  await scene.broker.start();
  const system = await boot(root.folder);
  return {
    ...{ root, scene, system },
    async close() {
      await system.shutDown();
      await scene.stop();
      root.remove();
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
