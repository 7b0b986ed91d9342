import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';

/** Somewhere a database can be opened, empty at first. */
export interface DatabasePlace {
  readonly where: string;
  remove(): Promise<void>;
}

export async function temporaryFolder(): Promise<DatabasePlace> {
  const where = mkdtempSync(join(tmpdir(), 'tps-kit-central-'));
  return { where, remove: async () => rmSync(where, { recursive: true, force: true }) };
}

/** A new database on the server that the tests have (test/postgres-server.ts). */
export async function emptyPostgres(): Promise<DatabasePlace> {
  const server = process.env['TPS_KIT_POSTGRES_URL'];
  if (server === undefined) throw new Error('the tests have no PostgreSQL server');
  const name = `tps_kit_test_${randomBytes(6).toString('hex')}`;
  await command(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { where: url.href, remove: () => command(server, `drop database ${name} with (force)`) };
}

async function command(server: string, text: string): Promise<void> {
  const client = new Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}
