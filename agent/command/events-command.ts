import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { configurationFile, storeFolder } from '#agent/configuration.ts';
import { CATALOGUE, type Level } from '#agent/event-log/catalogue.ts';
import { EVENTS_FILE, eventsIn, type LoggedEvent } from '#agent/event-log/event-log.ts';
import { loadInCurrentMode } from '#agent/mode.ts';
import { EXIT } from './exit-code.ts';

/** `tps-kit events`: what the kit wrote down. */
export function eventsCommand(): Command {
  return new Command('events')
    .description('Menampilkan catatan peristiwa alat.\nShows what the kit wrote down.')
    .option('--config <file>', "konfigurasi alat / the kit's configuration", configurationFile())
    .option('--json', 'baris JSON apa adanya / the lines of JSON as they are', false)
    .option('--least <level>', 'hanya dari tingkat ini / from this level on: info, warning, error', 'info')
    .addHelpText('after', HELP)
    .action(async (options: { readonly config: string; readonly json: boolean; readonly least: string }) => {
      process.exitCode = await show(options);
    });
}

const HELP = `
Arti setiap peristiwa / what each event means: docs/events.md

Kode keluar / exit codes:
  0   semua terbaca / everything was read
  1   ada baris yang rusak, atau nomor yang hilang / some lines are damaged, or numbers are missing
  64  tingkat tidak dikenal / no such level
  66  konfigurasi atau catatan tidak dapat dibaca / configuration or log cannot be read`;

const LEVELS: readonly string[] = ['info', 'warning', 'error'] satisfies readonly Level[];

async function show({ config, json, least }: { config: string; json: boolean; least: string }): Promise<number> {
  const from = LEVELS.indexOf(least);
  if (from < 0) return tell(EXIT.usage, `"${least}" bukan tingkat / is no level: ${LEVELS.join(', ')}`);
  const loaded = await loadInCurrentMode(config);
  if (!loaded.ok) return tell(EXIT.noInput, loaded.reason);
  const file = join(storeFolder(loaded.configuration), EVENTS_FILE);
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) return tell(EXIT.noInput, `${file} tidak ada / is not there: the kit has not run yet`);
  const { events, unreadable } = eventsIn(text);
  for (const event of events.filter(({ id }) => LEVELS.indexOf(CATALOGUE[id].level) >= from)) {
    console.log(json ? JSON.stringify(event) : lineOf(event));
  }
  const gaps = events.filter(({ n }, at) => at > 0 && n !== (events[at - 1]?.n ?? 0) + 1).length;
  if (unreadable === 0 && gaps === 0) return EXIT.ok;
  return tell(EXIT.look, `${unreadable} baris rusak, ${gaps} nomor hilang / damaged lines, missing numbers`);
}

/** Number, time (marked where the clock was not set), level, id, and what it is about. */
function lineOf({ n, wallClock, clockSynchronised, id, details }: LoggedEvent): string {
  const about = Object.entries(details).map(([name, value]) => `${name}=${value}`);
  const time = `${wallClock.slice(0, 19)}Z${clockSynchronised ? ' ' : '?'}`;
  return [String(n).padStart(5), time, CATALOGUE[id].level.padEnd(7), id, ...about].join(' ');
}

function tell(exit: number, line: string): number {
  console.error(`tps-kit events: ${line}`);
  return exit;
}
