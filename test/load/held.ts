import { z } from 'zod';
import type { Database } from '#central/database.ts';
import { recapitulationOf } from '#central/results.ts';
import { readStations } from '#central/stations.ts';
import { KitRegister } from '#contract/wire/register.ts';
import type { Held } from './report.ts';

const Row = z.object({
  records: z.coerce.number(),
  digests: z.coerce.number(),
  inLog: z.coerce.number(),
  pictures: z.coerce.number(),
  alarms: z.coerce.number(),
});

/** What the centre's database holds, and what its recapitulation makes of it. */
export async function heldIn(database: Database, register: unknown): Promise<Held> {
  const [row] = await database.rows(
    Row,
    `select (select count(*) from records) as records, (select count(distinct digest) from records) as digests,
       (select count(*) from log) as "inLog", (select count(*) from pictures where complete_at is not null) as pictures,
       (select count(*) from alarms) as alarms`,
  );
  const stations = readStations(null, KitRegister.parse(register));
  const { areas } = await recapitulationOf(database, stations, 'c-hasil-kwk-gubernur');
  const votes = areas.find(({ level }) => level === 'provinsi')?.figures['paslon-1'] ?? 0;
  return { ...(row ?? { records: 0, digests: 0, inLog: 0, pictures: 0, alarms: 0 }), votes };
}
