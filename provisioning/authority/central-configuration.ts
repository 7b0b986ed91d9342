/** Central's configuration file (docs/central.md), in the working folder; its paths are relative to that. */
export const CENTRAL_FILE = 'pusat.json';

export interface CentralSetting {
  /** mqtts://host:port */
  readonly broker: string;
  /** Folder of the authority, from where the file is. */
  readonly authority: string;
  /** Port of its page; 0 takes a free one. */
  readonly port: number;
}

export function centralConfiguration({ broker, authority, port }: CentralSetting): string {
  const at = (name: string) => `${authority}/${name}`;
  const configuration = {
    broker: { url: broker, ca: at('root.crt'), certificate: at('central.crt'), key: at('central.key') },
    signing: { certificate: at('central-signing.crt'), key: at('central-signing.key') },
    roots: at('root.crt'),
    register: at('register.json'),
    database: 'pusat/database',
    pictures: 'pusat/pictures',
    http: { port },
  };
  return `${JSON.stringify(configuration, null, 2)}\n`;
}
