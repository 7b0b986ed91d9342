import { Client } from 'pg';

/**
 * A new, empty database on the server named by TPS_KIT_POSTGRES_URL, as a URL; null where there is no
 * server. It is named after the process and stays until the server's owner drops it or the next run of
 * the same name does.
 */
export async function emptyPostgres(): Promise<string | null> {
  const server = process.env['TPS_KIT_POSTGRES_URL'];
  if (server === undefined || server === '') return null;
  const name = `tps_kit_test_${process.pid}`;
  const client = new Client({ connectionString: server });
  await client.connect();
  await client.query(`drop database if exists ${name} with (force)`);
  await client.query(`create database ${name}`);
  await client.end();
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}
