import type { StationRegister } from '#contract/station-register.ts';
import type { Written } from '#provisioning/durable-file.ts';
import { writeJsonFile } from '#provisioning/json-file.ts';
import type { TpsRegister } from './tps-register.ts';

/** What central is given of the register. */
export const STATION_FILE = 'wilayah.json';

export function saveStations(folder: string, { regions, places }: TpsRegister): Promise<Written> {
  const stations = places.map(({ tps, dpt }) => ({ tps, dpt }));
  return writeJsonFile(folder, STATION_FILE, { schema: 1, regions, stations } satisfies StationRegister);
}
