import type { Receipt } from '#contract/wire/receipt.ts';
import { KitHealth } from '#contract/wire/status.ts';
import type { Office } from './office.ts';
import { findKit, missingRecords } from './record-store.ts';

/**
 * What a kit tells of itself. Where it counts more records as received than are held here, the database
 * was brought back from a copy: what is missing is asked for. Nothing in this message is signed, so it
 * can make the centre ask, and no more; one that is not understood says nothing.
 */
export async function receiveHealth(office: Office, kit: string, payload: Uint8Array): Promise<readonly Receipt[]> {
  const health = parse(payload);
  if (!health || !(await findKit(office.database, kit))) return [];
  const { mode, records } = health;
  const onTheirWay = records.waiting + records.refused;
  const sequences = await missingRecords(office.database, { kit, mode }, onTheirWay + records.received);
  return sequences.length > onTheirWay ? [{ kind: 'record-wants', kit, mode, sequences }] : [];
}

function parse(payload: Uint8Array): KitHealth | null {
  try {
    return KitHealth.safeParse(JSON.parse(new TextDecoder().decode(payload))).data ?? null;
  } catch {
    return null;
  }
}
