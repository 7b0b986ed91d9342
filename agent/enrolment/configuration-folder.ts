import type { Enrolment } from '#contract/wire/enrolment.ts';
import { certificatesOf } from '#contract/wire/signature.ts';

/** The configuration is written last: a folder that has it has everything it names. */
export const CONFIGURATION_FILE = 'kit.json';
export const ROOT_FILE = 'root.crt';

/** Files of an installed kit, by name, in the order in which they are put in place. */
export type KitFiles = readonly (readonly [name: string, text: string])[];

/** Where an installed kit keeps what it stores, and finds its second copy. */
const PLACES = { data: '/var/lib/tps-kit', copy: '/media/tpskit', panel: { port: 8080 } };

/** What a kit's folder of configuration holds after it has taken an enrolment. */
export function kitFiles(enrolment: Enrolment, key: string): KitFiles {
  const own = { certificate: 'kit.crt', key: 'kit.key' };
  const [central] = certificatesOf(enrolment.central.certificate);
  const configuration = {
    ...PLACES,
    ...enrolment.devices,
    kit: enrolment.kit,
    tps: enrolment.tps,
    mode: enrolment.mode,
    forms: enrolment.forms.map(({ id }) => id),
    officers: 'officers.json',
    broker: { url: enrolment.broker.url, ca: ROOT_FILE, ...own },
    signing: own,
    central: { certificate: 'central-signing.crt', sealing: 'central-sealing.pub' },
  };
  return [
    ['kit.crt', enrolment.certificate],
    ['kit.key', key],
    [ROOT_FILE, enrolment.broker.root],
    ['central-signing.crt', central?.toString() ?? ''],
    ['central-sealing.pub', enrolment.central.sealing],
    ['officers.json', `${JSON.stringify(enrolment.officers, null, 1)}\n`],
    [CONFIGURATION_FILE, `${JSON.stringify(configuration, null, 2)}\n`],
  ];
}
