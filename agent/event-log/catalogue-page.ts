import { CATALOGUE, EVENT_IDS } from './catalogue.ts';

/** The page docs/events.md: `node agent/event-log/catalogue-page.ts > docs/events.md`. */
export function cataloguePage(): string {
  const rows = EVENT_IDS.map((id) => {
    const { level, meaning, who } = CATALOGUE[id];
    return `| \`${id}\` | ${level} | ${meaning} | ${who} |`;
  });
  return [
    '# Events the kit writes down',
    '',
    'Each is a line of JSON in `events.jsonl` beside the kit’s store: its number, the run and the time of the kit, the id, and',
    'codes that say which (a form, a page, an officer’s code). Nothing in it is personal data: no name, no NIK, no PIN, no',
    'picture. The file is only ever added to. `tps-kit events` shows it; `--json` gives it as it is.',
    '',
    'This page is made from `agent/event-log/catalogue.ts`; a test holds it to that.',
    '',
    '| event | level | what happened | who can act |',
    '|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

if (import.meta.main) process.stdout.write(cataloguePage());
