import { afterAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { type Database, openDatabase } from './database.ts';
import { listen, type News, tell } from './news.ts';
import { type DatabasePlace, emptyPostgres, temporaryFolder } from './testing/database-place.ts';

const Count = z.object({ count: z.coerce.number() });

describe.each([
  ['embedded PGlite', temporaryFolder],
  ['a PostgreSQL server', emptyPostgres],
] as const)('%s', (_, place) => {
  let where: DatabasePlace | null = null;
  let database: Database | null = null;

  async function opened(): Promise<Database> {
    where ??= await place();
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

  test('says how many rows were written, none where one was there already', async () => {
    const sql = await opened();
    expect(await sql.write(insert, [new Date(), 'one'])).toBe(1);
    expect(await sql.write(insert, [new Date(), 'one'])).toBe(0);
  });

  test('a transaction that throws leaves nothing', async () => {
    const sql = await opened();
    const before = await alarms(sql);
    await expect(
      sql.transaction(async (inside) => {
        await inside.write(insert, [new Date(), 'two']);
        throw new Error('on the way');
      }),
    ).rejects.toThrow('on the way');
    expect(await alarms(sql)).toBe(before);
  });

  test('alarms and records cannot be changed or removed', async () => {
    const sql = await opened();
    await expect(sql.write('delete from alarms')).rejects.toThrow('append-only');
    await expect(sql.write("update records set tps = ''")).rejects.toThrow('append-only');
    await expect(sql.write('truncate records cascade')).rejects.toThrow('append-only');
  });

  test('what is told in a transaction is heard once it is committed, and never where it is not', async () => {
    const sql = await opened();
    const heard: News[] = [];
    const stop = await listen(sql, (news) => heard.push(news));
    const lost = sql.transaction(async (inside) => {
      await tell(inside, { kind: 'document', mode: 'resmi', tps: 'lost', form: 'f' });
      throw new Error('on the way');
    });
    await expect(lost).rejects.toThrow();
    await sql.transaction((inside) => tell(inside, { kind: 'alarm' }));
    await vi.waitFor(() => expect(heard).toEqual([{ kind: 'alarm' }]));
    await stop();
    await tell(sql, { kind: 'alarm' });
    expect(heard).toHaveLength(1);
  });

  test('opened again it holds what was committed, and migrates nothing twice', async () => {
    const before = await alarms(await opened());
    await database?.close();
    database = null;
    expect(await alarms(await opened())).toBe(before);
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
