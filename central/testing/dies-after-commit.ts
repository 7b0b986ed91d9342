import { openCentral } from '../central.ts';
import { readConfiguration } from '../configuration.ts';

/** The central office, but it dies as if its power were cut once a record is committed and before anybody is told. */
const read = readConfiguration(process.argv[2] ?? '');
if (!read.ok) throw new Error(read.reason);
const central = await openCentral(read.configuration, (line) => console.log(line));
const { database } = central.office;
const commit = database.transaction;
const dieAfterwards: typeof commit = (work) =>
  commit(work).then((result) => {
    process.kill(process.pid, 'SIGKILL');
    return result;
  });
Object.assign(database, { transaction: dieAfterwards });
console.log(`page at ${central.url}`);
