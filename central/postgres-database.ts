import { Client, Pool, type PoolClient } from 'pg';
import type { DatabaseDriver, SqlDriver, SqlValue } from './database-driver.ts';

/** A PostgreSQL server by its URL. */
export async function openPostgres(url: string): Promise<DatabaseDriver> {
  const pool = new Pool({ connectionString: url, max: 8 });
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => undefined);
  const [setting] = (await pool.query("select current_setting('fsync') as fsync")).rows;
  if (setting?.fsync !== 'on') {
    await pool.end();
    throw new Error(
      'this PostgreSQL runs with fsync = off: a receipt would promise what it cannot keep. Switch it on.',
    );
  }
  return {
    ...driverOn(pool),
    async transaction(work) {
      const client = await pool.connect();
      try {
        await client.query('begin');
        const result = await work(driverOn(client));
        await client.query('commit');
        client.release();
        return result;
      } catch (error) {
        // A connection whose transaction failed half-way is not used again.
        client.release(true);
        throw error;
      }
    },
    listen: (channel, hear) => listenOn(url, channel, hear),
    close: () => pool.end(),
  };
}

/** Listening takes a connection of its own; one that breaks is made again, and what came meanwhile was missed. */
async function listenOn(
  url: string,
  channel: string,
  hear: (text: string | null) => void,
): Promise<() => Promise<void>> {
  let client: Client | null = null;
  let again: NodeJS.Timeout | undefined;
  let isClosed = false;

  async function connect(): Promise<void> {
    const made = new Client({ connectionString: url });
    made.on('notification', ({ payload }) => hear(payload ?? ''));
    made.on('error', () => undefined);
    made.on('end', reconnectSoon);
    client = made;
    await made.connect();
    await made.query(`listen ${made.escapeIdentifier(channel)}`);
  }

  /** One attempt at a time, whether the driver tells of a failure once or twice. */
  function reconnectSoon(): void {
    clearTimeout(again);
    if (!isClosed) again = setTimeout(() => void connect().then(() => hear(null), reconnectSoon), RECONNECT_MS);
  }

  await connect();
  return async () => {
    isClosed = true;
    clearTimeout(again);
    await client?.end().catch(() => undefined);
  };
}

const RECONNECT_MS = 1_000;

function driverOn(connection: Pool | PoolClient): SqlDriver {
  return {
    async query(text: string, values: readonly SqlValue[]) {
      const answer = await connection.query(text, [...values]);
      return { rows: answer.rows, written: answer.rowCount ?? 0 };
    },
    async script(text: string) {
      await connection.query(text);
    },
  };
}
