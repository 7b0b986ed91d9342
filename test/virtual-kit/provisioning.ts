import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { VIRTUAL_GATEWAY } from '#test/mosquitto.ts';
import type { CommandLine } from './command-line.ts';
import { FRAME } from './paper.ts';
import { GPIO } from './pins.ts';
import { SERIAL_DEVICES, type SerialDevice, serialPath } from './serial-plug.ts';
import { KIT } from './table.ts';

/** Seconds after which a reading is given up, in emulation. */
const READ_LIMIT = 600;

const SceneFile = z.looseObject({ broker: z.looseObject({ url: z.url() }), panel: z.object({ port: z.number() }) });

/** Lays into a machine what a technician lays into a kit: configuration, certificates, officers. `folder` is that of the scene. */
export async function provision(machine: CommandLine, folder: string): Promise<void> {
  const root = join(folder, 'provisioned');
  const etc = join(root, 'etc/tps-kit');
  const scene = SceneFile.parse(JSON.parse(readFileSync(join(folder, 'kit.json'), 'utf8')));
  mkdirSync(join(root, 'etc/virtual-kit'), { recursive: true });
  for (const file of ['root.crt', 'central-signing.crt', 'central-sealing.pub', `kits/${KIT}`]) {
    cpSync(join(folder, 'authority', file), join(etc, 'authority', file), { recursive: true });
  }
  cpSync(join(folder, 'officers.json'), join(etc, 'officers.json'));
  writeFileSync(join(etc, 'kit.json'), JSON.stringify(configurationOf(scene)));
  // Its own port: the panel answers nobody who asks for another.
  writeFileSync(join(root, 'etc/virtual-kit/panel'), `PORT=${scene.panel.port}\n`);
  const archive = execFileSync('tar', ['-czf', '-', '--owner=0', '--group=0', '--mode=u=rwX,go=rX', '-C', root, 'etc']);
  await machine.run(`base64 -d <<'END' | tar -xzf - -C /
${archive.toString('base64')}
END
chgrp -R tps-kit /etc/tps-kit && chmod -R o= /etc/tps-kit && systemctl restart virtual-kit-panel.socket`);
}

function configurationOf(scene: z.infer<typeof SceneFile>): unknown {
  const url = new URL(scene.broker.url);
  const serial = (device: SerialDevice) => ({ path: serialPath(device) });
  return {
    ...scene,
    data: '/var/lib/tps-kit',
    readLimit: READ_LIMIT,
    camera: { kind: 'uvc', device: '/dev/v4l/by-path/platform-vivid.0-video-index0', size: FRAME },
    gpio: GPIO,
    ...Object.fromEntries(SERIAL_DEVICES.map((device) => [device, serial(device)])),
    broker: { ...scene.broker, url: `mqtts://${VIRTUAL_GATEWAY}:${url.port}` },
  };
}
