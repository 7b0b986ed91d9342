import { readFileSync } from 'node:fs';
import { StationRegister, stationRegisterOf } from '#contract/station-register.ts';
import type { KitRegister } from '#contract/wire/register.ts';

/**
 * Every TPS of the election, from the file that provisioning wrote. Without one, the TPS that have a kit, and codes in place of
 * names. Throws where the file is not what it should be.
 */
export function readStations(file: string | null, kits: KitRegister): StationRegister {
  if (file === null) return stationRegisterOf(kits.kits.map(({ tps }) => tps));
  const parsed = StationRegister.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (parsed.success) return parsed.data;
  const [fault] = parsed.error.issues;
  throw new Error(`"stations" names ${file}, which is no register: ${fault?.path.join('.')}: ${fault?.message}`);
}
