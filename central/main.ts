import { openCentral } from './central.ts';
import { readConfiguration } from './configuration.ts';

/** The central office in one process: `node central/main.ts central.json`. */

const [file = 'central.json'] = process.argv.slice(2);
const read = readConfiguration(file);
if (!read.ok) {
  console.error(read.reason);
  process.exit(2);
}

const central = await openCentral(read.configuration, log).catch((error: unknown) => {
  console.error(`central cannot start: ${error instanceof Error ? error.message : error}`);
  process.exit(1);
});
log(central.url === null ? 'no page, receiving only' : `page at ${central.url}`);

process.once('SIGTERM', close);
process.once('SIGINT', close);

async function close(): Promise<void> {
  log('closing');
  await central.close();
  process.exit(0);
}

function log(line: string): void {
  console.log(`central: ${line}`);
}
