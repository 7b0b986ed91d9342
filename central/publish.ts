import { readFileSync } from 'node:fs';
import { openOffice } from './central.ts';
import { type Configuration, readConfiguration } from './configuration.ts';
import { readCredentials } from './credentials.ts';
import { gather } from './publish/gather.ts';
import { isOurs, writeSite } from './publish/write-site.ts';
import { openRecordLog } from './record-log.ts';
import { readStations } from './stations.ts';

/**
 * The public results as a folder that any web server can carry: `node central/publish.ts central.json FOLDER`. Run again it
 * brings the folder up to date. The embedded database belongs to one process: stop central before, where it has one.
 */
const [file, folder] = process.argv.slice(2);
if (file === undefined || folder === undefined) fail(64, 'usage: node central/publish.ts central.json FOLDER');
const read = readConfiguration(file);
if (!read.ok) fail(2, read.reason);
if (!(await isOurs(folder))) fail(2, `${folder} holds something else: name an empty folder, or one published before`);
await publish(read.configuration, folder).catch((error: unknown) => {
  fail(1, `not published: ${error instanceof Error ? error.message : error}`);
});

async function publish(configuration: Configuration, to: string): Promise<void> {
  const { signer, roots, register } = readCredentials(configuration);
  const { database, pictures, forms, now } = await openOffice(configuration, roots, register);
  try {
    const stations = readStations(configuration.stations, register);
    const log = openRecordLog({ database, signer, now, headEveryMs: 0 });
    const certificates = {
      'root.crt': readFileSync(configuration.roots, 'utf8'),
      'central-signing.crt': readFileSync(configuration.signing.certificate, 'utf8'),
    };
    const publication = await gather(database, forms, stations, now());
    const written = await writeSite(to, { publication, pictures, log, certificates });
    console.log(`${to}: ${written.changed} of ${written.files} files new, ${written.pictures} pictures`);
  } finally {
    await database.close();
  }
}

function fail(exit: number, reason: string): never {
  console.error(reason);
  process.exit(exit);
}
