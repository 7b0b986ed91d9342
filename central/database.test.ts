import { afterAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Database, openDatabase } from './database.ts';
import { type DatabasePlace, emptyPostgres, temporaryFolder } from './testing/database-place.ts';

const Count = z.object({ count: z.coerce.number() });

describe.each([
  ['embedded PGlite', temporaryFolder],
  ['a PostgreSQL server', emptyPostgres],
] as const)('%s', (_, place) => {
  let where: DatabasePlace | null = null;
  let database: Database | null = null;

  async function opened(skip: (note: string) => never): Promise<Database> {
    where ??= await place();
    if (where === null) return skip('set TPS_KIT_POSTGRES_URL to a database server to run this');
    database ??= await openDatabase(where.where);
    return database;
  }

  afterAll(async () => {
    await database?.close();
    await where?.remove();
  });

  async function alarms(sql: Database): Promise<number> {
    const [row] = await sql.rows(Count, 'select count(*) as count from alarms');
    return row?.count ?? -1;
  }

  const insert = `insert into alarms (at, kit, code, reason, subject, excerpt)
                  values ($1, 'kit-a', 'bad-schema', 'x', $2, '') on conflict do nothing`;

  test('says how many rows were written, none where one was there already', async ({ skip }) => {
    const sql = await opened(skip);
    expect(await sql.write(insert, [new Date(), 'one'])).toBe(1);
    expect(await sql.write(insert, [new Date(), 'one'])).toBe(0);
  });

  test('a transaction that throws leaves nothing', async ({ skip }) => {
    const sql = await opened(skip);
    const before = await alarms(sql);
    await expect(
      sql.transaction(async (inside) => {
        await inside.write(insert, [new Date(), 'two']);
        throw new Error('on the way');
      }),
    ).rejects.toThrow('on the way');
    expect(await alarms(sql)).toBe(before);
  });

  test('alarms and records cannot be changed or removed', async ({ skip }) => {
    const sql = await opened(skip);
    await expect(sql.write('delete from alarms')).rejects.toThrow('append-only');
    await expect(sql.write("update records set tps = ''")).rejects.toThrow('append-only');
    await expect(sql.write('truncate records')).rejects.toThrow('append-only');
  });

  test('opened again it holds what was committed, and migrates nothing twice', async ({ skip }) => {
    const before = await alarms(await opened(skip));
    await database?.close();
    database = null;
    expect(await alarms(await opened(skip))).toBe(before);
    expect(before).toBeGreaterThan(0);
  });
});

test('the folder of the embedded database belongs to one process at a time', async () => {
  const { where, remove } = await temporaryFolder();
  const database = await openDatabase(where);
  await expect(openDatabase(where)).rejects.toThrow('another process');
  await database.close();
  await (await openDatabase(where)).close();
  await remove();
});
