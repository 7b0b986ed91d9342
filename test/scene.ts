import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Officer } from '#contract/officers/officer-register.ts';
import type { Mode } from '#contract/wire/record.ts';
import { addTestKit, type TestBroker, testBroker } from './mosquitto.ts';
import { type Program, program } from './program.ts';

/** One TPS with its kit, the broker and central: real processes over real TLS, in one folder. */
export interface Scene {
  readonly kit: Program;
  readonly central: Program;
  readonly broker: TestBroker;
  /** Starts a program and answers the address of its page. */
  startKit(): Promise<string>;
  startCentral(): Promise<string>;
  stop(): Promise<void>;
}

export interface SceneSetting {
  readonly folder: string;
  /** Folder of photos that is the kit's camera. */
  readonly photos: string;
  readonly kit: string;
  readonly tps: string;
  /** Forms this TPS fills. */
  readonly forms: readonly string[];
  /** All devices are simulated, and the kit's page shows them. */
  readonly onScreen?: boolean;
  /** Who may work with the kit; without any nobody is asked. */
  readonly officers?: readonly Officer[];
  /** Practice or official; official where it is not said. */
  readonly mode?: Mode;
  /** Seconds after which a reading is given up, where the machine is slow. */
  readonly readLimit?: number;
  /** Port of the panel; 0 or none takes a free one. */
  readonly port?: number;
  /** Port of the broker, where a kit knows it already; else a free one. */
  readonly brokerPort?: number;
  /** How the kit's program is run with its configuration; from this checkout where it is not said. */
  readonly agent?: (kitFile: string) => Program;
}

/** A folder that was a scene before goes on with its certificates and all that kit and central kept. */
export async function setScene(setting: SceneSetting): Promise<Scene> {
  const { folder, kit, tps } = setting;
  const authority = join(folder, 'authority');
  mkdirSync(folder, { recursive: true });
  if (!existsSync(join(authority, 'kits', kit))) await addTestKit(authority, kit, tps);
  const broker = await testBroker(authority, [], setting.brokerPort);
  const kitFile = write(join(folder, 'kit.json'), kitConfiguration(broker.url, setting));
  const centralFile = write(join(folder, 'central.json'), centralConfiguration(broker.url));
  const agent = setting.agent?.(kitFile) ?? program('agent/start', kitFile);
  const central = program('central/main.ts', centralFile);
  return {
    kit: agent,
    central,
    broker,
    startKit: async () => addressIn(await agent.start(/panel at http/)),
    startCentral: async () => addressIn(await central.start(/page at http/)),
    async stop() {
      await agent.stop();
      await central.stop();
      await broker.stop();
    },
  };
}

function kitConfiguration(url: string, setting: SceneSetting): unknown {
  const { folder, photos, kit, tps, forms, onScreen = false, officers, port = 0, mode = 'resmi' } = setting;
  if (officers) write(join(folder, 'officers.json'), { schema: 1, tps, officers });
  const own = { certificate: `authority/kits/${kit}/kit.crt`, key: `authority/kits/${kit}/kit.key` };
  return {
    kit,
    tps,
    mode,
    forms,
    data: 'kit',
    camera: { kind: onScreen ? 'tray' : 'folder', folder: photos },
    ...(officers ? { officers: 'officers.json' } : {}),
    panel: { port },
    ...(setting.readLimit ? { readLimit: setting.readLimit } : {}),
    broker: { url, ca: 'authority/root.crt', ...own },
    signing: own,
    central: { certificate: 'authority/central-signing.crt', sealing: 'authority/central-sealing.pub' },
  };
}

function centralConfiguration(url: string): unknown {
  return {
    broker: { url, ca: 'authority/root.crt', certificate: 'authority/central.crt', key: 'authority/central.key' },
    signing: { certificate: 'authority/central-signing.crt', key: 'authority/central-signing.key' },
    roots: 'authority/root.crt',
    register: 'authority/register.json',
    database: 'central/database',
    pictures: 'central/pictures',
    http: { port: 0 },
  };
}

function write(file: string, content: unknown): string {
  writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
  return file;
}

function addressIn(line: string): string {
  const address = /http:\S+/.exec(line)?.[0];
  if (!address) throw new Error(`no address in "${line}"`);
  return address;
}
