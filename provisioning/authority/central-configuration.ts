import { STATION_FILE } from '#provisioning/register/station-file.ts';
import { RECEIVERS } from './receivers.ts';

/** Configurations of central (docs/central.md), in the working folder; their paths are relative to that. */
export const CENTRAL_FILE = 'pusat.json';

export interface CentralSetting {
  /** mqtts://host:port */
  readonly broker: string;
  /** Folder of the authority, from where the file is. */
  readonly authority: string;
  /** Port of its page; 0 takes a free one. */
  readonly port: number;
  /** postgres:// URL, or a folder, which one process alone can use. */
  readonly database: string;
  readonly receivers: number;
}

/** One file for each receiver; the first one shows the page, too. */
export function centralConfigurations(setting: CentralSetting): readonly (readonly [file: string, text: string])[] {
  return RECEIVERS.slice(0, setting.receivers).map((name, n) => {
    const file = n === 0 ? CENTRAL_FILE : CENTRAL_FILE.replace('.json', `-${n + 1}.json`);
    return [file, configurationOf(name, n === 0 ? { port: setting.port } : null, setting)];
  });
}

function configurationOf(
  receiver: string,
  http: object | null,
  { broker, authority, database, receivers }: CentralSetting,
): string {
  const shared = receivers > 1;
  const at = (name: string) => `${authority}/${name}`;
  const configuration = {
    broker: { url: broker, ca: at('root.crt'), certificate: at(`${receiver}.crt`), key: at(`${receiver}.key`), shared },
    signing: { certificate: at('central-signing.crt'), key: at('central-signing.key') },
    roots: at('root.crt'),
    register: at('register.json'),
    stations: STATION_FILE,
    database,
    pictures: 'pusat/pictures',
    http,
  };
  return `${JSON.stringify(configuration, null, 2)}\n`;
}
