import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A PostgreSQL server of a test's own, in a folder that goes with it; it syncs to the disk as a real one. */
export interface TestPostgres {
  /** Of its database; on a socket in its folder, so that no port is taken. */
  readonly url: string;
  stop(): void;
}

const DATABASE = 'pusat';
/** Debian's own package leaves its programs out of the path. */
const DEBIAN_PROGRAMS = '/usr/lib/postgresql';

export function testPostgres(): TestPostgres {
  const folder = mkdtempSync(join(tmpdir(), 'tps-kit-postgres-'));
  const data = join(folder, 'data');
  const account = accountFor(folder);
  const run = (program: string, ...parameters: readonly string[]) =>
    execFileSync(join(programs(), program), parameters, { ...account, cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  run('initdb', '--pgdata', data, '--username', 'pusat', '--auth', 'trust', '--encoding', 'UTF8', '--locale', 'C');
  const options = `-c listen_addresses='' -c unix_socket_directories='${folder}' -c max_connections=60`;
  const log = join(folder, 'log');
  run('pg_ctl', 'start', '--pgdata', data, '--log', log, '--wait', '--silent', '--options', options);
  run('createdb', '--host', folder, '--username', 'pusat', DATABASE);
  return {
    url: `postgres://pusat@${encodeURIComponent(folder)}/${DATABASE}`,
    stop() {
      run('pg_ctl', 'stop', '--pgdata', data, '--mode', 'immediate', '--silent');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** PostgreSQL refuses to run as root: then it runs as the account that its package made. */
function accountFor(folder: string): { readonly uid?: number; readonly gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const idOf = (which: '-u' | '-g') => Number(spawnSync('id', [which, 'postgres'], { encoding: 'utf8' }).stdout);
  const account = { uid: idOf('-u'), gid: idOf('-g') };
  chownSync(folder, account.uid, account.gid);
  chmodSync(folder, 0o755);
  return account;
}

function programs(): string {
  const [newest] = readdirSync(DEBIAN_PROGRAMS).toSorted((a, b) => Number(b) - Number(a));
  if (newest === undefined) throw new Error(`no PostgreSQL in ${DEBIAN_PROGRAMS}: run ./setup`);
  return join(DEBIAN_PROGRAMS, newest, 'bin');
}
