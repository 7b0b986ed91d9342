import { readdir, readFile } from 'node:fs/promises';
import type { z } from 'zod';
import type { DatabaseDriver, SqlDriver, SqlValue } from './database-driver.ts';
import { openEmbedded } from './embedded-database.ts';
import { openPostgres } from './postgres-database.ts';

/** Statements within one transaction, or each on its own. Rows come from outside: they are parsed, never cast. */
export interface Sql {
  rows<Row>(row: z.ZodType<Row>, text: string, values?: readonly SqlValue[]): Promise<readonly Row[]>;
  /** Answers how many rows were written. */
  write(text: string, values?: readonly SqlValue[]): Promise<number>;
}

export interface Database extends Sql, Pick<DatabaseDriver, 'listen'> {
  /** When this resolves, the work is committed and on the disk; when it throws, nothing of it is. */
  transaction<Result>(work: (sql: Sql) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

/**
 * Opens the database and brings its tables up to date. A postgres:// URL is a server; anything else is
 * a folder for the embedded one.
 */
export async function openDatabase(urlOrFolder: string): Promise<Database> {
  const driver = await (/^postgres(ql)?:\/\//.test(urlOrFolder)
    ? openPostgres(urlOrFolder)
    : openEmbedded(urlOrFolder));
  try {
    await migrate(driver);
  } catch (error) {
    await driver.close();
    throw error;
  }
  return {
    ...sqlOn(driver),
    listen: driver.listen,
    transaction: (work) => driver.transaction((inner) => work(sqlOn(inner))),
    close: () => driver.close(),
  };
}

function sqlOn(driver: SqlDriver): Sql {
  return {
    async rows(row, text, values = []) {
      const answer = await driver.query(text, values);
      return answer.rows.map((found) => row.parse(found));
    },
    async write(text, values = []) {
      return (await driver.query(text, values)).written;
    },
  };
}

const MIGRATIONS = new URL('./migrations/', import.meta.url);
/** Any number, the same for every receiver: two that start together migrate one after the other. */
const MIGRATION_LOCK = 7_165_001;

async function migrate(driver: DatabaseDriver): Promise<void> {
  const files = (await readdir(MIGRATIONS)).filter((name) => name.endsWith('.sql')).sort();
  await driver.transaction(async (inside) => {
    await inside.query('select pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
    await inside.script(
      'create table if not exists migrations (name text primary key, applied_at timestamptz not null)',
    );
    for (const name of files) {
      const { written } = await inside.query(
        'insert into migrations values ($1, now()) on conflict (name) do nothing',
        [name],
      );
      if (written === 1) await inside.script(await readFile(new URL(name, MIGRATIONS), 'utf8'));
    }
  });
}
