import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

/** The tree is a house: a file uses only what stands on floors below its own, and no two files use each other. */
const ROOT = fileURLToPath(new URL('..', import.meta.url));

const FLOORS: readonly (readonly [room: string, floor: number])[] = [
  ['agent/command/', 7],
  ['agent/panel/', 6],
  ['agent/enrolment/', 5],
  ['agent/health/', 4],
  ['agent/diagnosis/', 4],
  ['agent/credentials.ts', 4],
  ['agent/mode.ts', 4],
  ['agent/configuration.ts', 3],
  ['agent/practice/', 4],
  ['agent/session/', 4],
  ['agent/read/', 3],
  ['agent/uplink/', 3],
  ['agent/record/', 3],
  ['agent/event-log/', 2],
  ['agent/slip/', 3],
  ['agent/service/', 2],
  ['agent/update/', 3],
  ['agent/version.ts', 1],
  ['agent/page/', 2],
  ['agent/tally/', 2],
  ['agent/store/', 2],
  ['agent/', 8],
  ['drivers/', 1],
  ['contract/', 1],
];

/** Rooms outside the agent, and the rooms each may use beside itself. */
const NEIGHBOURS: Readonly<Record<string, readonly string[]>> = {
  contract: [],
  drivers: [],
  agent: ['contract', 'drivers'],
  central: ['contract'],
  provisioning: ['contract'],
  synthesis: ['contract', 'provisioning'],
  models: ['contract', 'agent', 'synthesis', 'provisioning'],
  packaging: ['agent'],
};

interface Import {
  readonly from: string;
  readonly to: string;
}

const imports = ourImports();

describe('the floors', () => {
  test('every import of the agent goes to a lower floor, or stays in its room', () => {
    const upwards = imports.filter(({ from, to }) => {
      const own = placeOf(from);
      const used = placeOf(to);
      return own && used && own.room !== used.room && used.floor >= own.floor;
    });
    expect(upwards).toEqual([]);
  });

  test('contract, drivers, central, provisioning, synthesis, models and packaging use only the rooms they stand on', () => {
    const astray = imports.filter(({ from, to }) => {
      const [own = ''] = from.split('/');
      const [used = ''] = to.split('/');
      return own !== used && !NEIGHBOURS[own]?.includes(used);
    });
    expect(astray).toEqual([]);
  });

  test('no two files use each other, not even round a corner', () => {
    expect(cycles()).toEqual([]);
  });
});

/** Imports between files of the project; tests and what stands beside them for tests may use everything. */
function ourImports(): readonly Import[] {
  const files = execFileSync('git', ['ls-files', '*.ts'], { cwd: ROOT, encoding: 'utf8' }).trim().split('\n');
  return files
    .filter((file) => !/\.(test|contract|config)\.ts$|^test\/|\/testing\//.test(file))
    .flatMap((from) => {
      const text = readFileSync(join(ROOT, from), 'utf8');
      const named = [...text.matchAll(/from '([#.][^']+\.ts)'/g)].map(([, name = '']) => name);
      return named.map((name) => ({ from, to: resolved(from, name) }));
    });
}

function resolved(from: string, name: string): string {
  return name.startsWith('#') ? name.slice(1) : normalize(join(dirname(from), name));
}

function placeOf(file: string): { readonly room: string; readonly floor: number } | null {
  const found = FLOORS.find(([room]) => file.startsWith(room));
  return found ? { room: found[0], floor: found[1] } : null;
}

function cycles(): readonly string[] {
  const uses = Map.groupBy(imports, ({ from }) => from);
  const done = new Set<string>();
  const found: string[] = [];
  const walk = (file: string, way: readonly string[]): void => {
    if (way.includes(file)) found.push([...way.slice(way.indexOf(file)), file].join(' → '));
    if (way.includes(file) || done.has(file)) return;
    for (const { to } of uses.get(file) ?? []) walk(to, [...way, file]);
    done.add(file);
  };
  for (const file of uses.keys()) walk(file, []);
  return found;
}
