import { readFileSync } from 'node:fs';
import { shippedForms } from '#contract/forms.ts';
import { KitRegister } from '#contract/wire/register.ts';
import { certificatesOf, signerOf } from '#contract/wire/signature.ts';
import type { Configuration } from './configuration.ts';
import { openDatabase } from './database.ts';
import { type Office, openFeed } from './office.ts';
import { pictureFiles } from './picture-files.ts';
import { openReceiver } from './receiver.ts';
import { takeOverRegister } from './record-store.ts';
import { openServer } from './server.ts';

export interface Central {
  readonly office: Office;
  /** Of its page. */
  readonly url: string;
  close(): Promise<void>;
}

/** Wires the central office together: database, page, receiver. Throws where a file or the database cannot be had. */
export async function openCentral(configuration: Configuration, log: (line: string) => void): Promise<Central> {
  const { broker, signing } = configuration;
  const access = {
    ...broker,
    ca: text(broker.ca),
    certificate: text(broker.certificate),
    key: text(broker.key),
  };
  const signer = signerOf(text(signing.certificate), text(signing.key));
  const office = await openOffice(configuration);
  const server = await openServer(office, configuration.http);
  const receiver = openReceiver(office, { broker: access, signer, log });
  return {
    office,
    url: server.url,
    async close() {
      await receiver.close();
      await server.close();
      await office.database.close();
    },
  };
}

async function openOffice(configuration: Configuration): Promise<Office> {
  const register = KitRegister.parse(JSON.parse(text(configuration.register)));
  const roots = certificatesOf(text(configuration.roots));
  const database = await openDatabase(configuration.database);
  await takeOverRegister(database, register.kits, new Date());
  return {
    database,
    pictures: pictureFiles(configuration.pictures),
    forms: shippedForms(),
    roots,
    feed: openFeed(),
    now: () => new Date(),
  };
}

function text(path: string): string {
  return readFileSync(path, 'utf8');
}
