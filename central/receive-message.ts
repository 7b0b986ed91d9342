import type { Receipt } from '#contract/wire/receipt.ts';
import { parseTopic } from '#contract/wire/topics.ts';
import { raise } from './alarms.ts';
import type { Office } from './office.ts';
import { receiveHealth } from './receive-health.ts';
import { answerReturn, receiveChunk } from './receive-picture.ts';
import { receiveRecord } from './receive-record.ts';
import { answerOwnReturn } from './receive-status.ts';

/**
 * Takes one message of any topic; the answers are to be signed and sent. `isRetained`: the broker kept it and
 * gives it because we subscribed. Throws only where database or
 * disk fail: what throws is tried again while every other kit waits, so no content may.
 */
export async function receiveMessage(
  office: Office,
  topic: string,
  payload: Uint8Array,
  isRetained: boolean,
): Promise<readonly Receipt[]> {
  const parsed = parseTopic(topic);
  switch (parsed?.kind) {
    case 'record':
      return receiveRecord(office, parsed.kit, payload, parsed.mode);
    case 'picture':
      return receiveChunk(office, { ...parsed, bytes: payload });
    case 'status':
      return isRetained ? answerOwnReturn(office, parsed.kit, payload) : answerReturn(office, parsed.kit);
    case 'health':
      return receiveHealth(office, parsed.kit, payload);
    case undefined:
      await noteForeign(office, topic);
      return [];
  }
}

/** Once a kit, or one that makes up topics would fill the list of alarms. */
async function noteForeign(office: Office, topic: string): Promise<void> {
  const [, , kit = ''] = topic.split('/');
  const reason = 'Pesan pada topik yang tidak dikenal.';
  const alarm = { kit: kit.slice(0, 40), code: 'foreign-topic', reason, subject: '', sequence: null } as const;
  await raise(office.database, { ...alarm, excerpt: topic }, office.now());
}
