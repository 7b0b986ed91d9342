import type { Receipt } from '#contract/wire/receipt.ts';
import { KitStatus } from '#contract/wire/status.ts';
import type { Office } from './office.ts';
import { answerReturn } from './receive-picture.ts';
import { findKit } from './record-store.ts';

/** We have come back, and a kit is on the line: it learns that we listen, and what is missing of its pictures. */
export async function answerOwnReturn(office: Office, kit: string, payload: Uint8Array): Promise<readonly Receipt[]> {
  const isThere = parse(payload)?.state === 'online' && (await findKit(office.database, kit));
  return [...(isThere ? [{ kind: 'listening', kit } as const] : []), ...(await answerReturn(office, kit))];
}

function parse(payload: Uint8Array): KitStatus | null {
  try {
    return KitStatus.safeParse(JSON.parse(new TextDecoder().decode(payload))).data ?? null;
  } catch {
    return null;
  }
}
