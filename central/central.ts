import type { X509Certificate } from 'node:crypto';
import { shippedForms } from '#contract/forms.ts';
import type { KitRegister } from '#contract/wire/register.ts';
import type { Configuration } from './configuration.ts';
import { readCredentials } from './credentials.ts';
import { openDatabase } from './database.ts';
import type { Office } from './office.ts';
import { pictureFiles } from './picture-files.ts';
import { openReceiver } from './receiver.ts';
import { openRecordLog } from './record-log.ts';
import { takeOverRegister } from './record-store.ts';
import { openServer } from './server.ts';

/** A head is signed when somebody asks and the log has grown, and no oftener. */
const HEAD_EVERY_MS = 1_000;

export interface Central {
  readonly office: Office;
  /** Of its page; null where it shows none. */
  readonly url: string | null;
  close(): Promise<void>;
}

/** Wires the central office together: database, page, receiver. Throws where a file or the database cannot be had. */
export async function openCentral(configuration: Configuration, log: (line: string) => void): Promise<Central> {
  const { broker, signer, roots, register } = readCredentials(configuration);
  const office = await openOffice(configuration, roots, register);
  const { database, now } = office;
  const recordLog = openRecordLog({ database, signer, now, headEveryMs: HEAD_EVERY_MS });
  const server = configuration.http && (await openServer(office, recordLog, configuration.http));
  const receiver = openReceiver(office, { broker, signer, log });
  return {
    office,
    url: server?.url ?? null,
    async close() {
      await receiver.close();
      await server?.close();
      await office.database.close();
    },
  };
}

/** Database, pictures and register, without page or receiver. */
export async function openOffice(
  { database: place, pictures }: Configuration,
  roots: readonly X509Certificate[],
  register: KitRegister,
): Promise<Office> {
  const database = await openDatabase(place);
  await takeOverRegister(database, register, new Date());
  return {
    database,
    pictures: pictureFiles(pictures),
    forms: shippedForms(),
    roots,
    now: () => new Date(),
  };
}
