import { testPostgres } from './postgres.ts';

/** Tests of the centre run on a PostgreSQL server too: on the one that is named, or on one of their own. */
export function setup(): (() => void) | undefined {
  if (process.env['TPS_KIT_POSTGRES_URL']) return undefined;
  const server = testPostgres();
  process.env['TPS_KIT_POSTGRES_URL'] = server.url;
  return () => server.stop();
}
