import { describe, expect, it } from 'vitest';
import { healthTopic, receiptTopic, statusTopic } from '#contract/wire/topics.ts';
import { heard, presenceOf, type RollCall } from './roll-call.ts';

const KIT = 'kit-9801011001001-1';
const STATUS = { schema: 1, state: 'online', run: 3, link: 1 };
const HEALTH = {
  ...{ schema: 1, agent: 'tps-kit 0.1.0', mode: 'resmi', wallClock: '2026-11-27T13:00:00Z', clockSynchronised: true },
  ...{ records: { waiting: 0, received: 4, refused: 0 }, pictures: { waiting: 0, received: 12 } },
};

function after(...messages: readonly (readonly [topic: string, content: unknown])[]): RollCall {
  return messages.reduce<RollCall>(
    (call, [topic, content]) => heard(call, topic, Buffer.from(JSON.stringify(content))),
    new Map(),
  );
}

describe('the roll call', () => {
  it('knows a kit that is there, one that has left, and one that was never there', () => {
    expect(presenceOf(after([statusTopic(KIT), STATUS]), KIT).presence).toBe('online');
    const left = after([statusTopic(KIT), STATUS], [statusTopic(KIT), { ...STATUS, state: 'offline' }]);
    expect(presenceOf(left, KIT).presence).toBe('offline');
    expect(presenceOf(after([statusTopic('kit-9801011001002-1'), STATUS]), KIT).presence).toBe('silent');
  });

  it('says what a kit still wants', () => {
    const well = after([statusTopic(KIT), STATUS], [healthTopic(KIT), HEALTH]);
    expect(presenceOf(well, KIT)).toEqual({ kit: KIT, presence: 'online', wanting: [] });
    const unwell = after(
      [healthTopic(KIT), { ...HEALTH, clockSynchronised: false, records: { waiting: 2, received: 0, refused: 1 } }],
      [statusTopic(KIT), STATUS],
    );
    expect(presenceOf(unwell, KIT).wanting).toEqual([
      'jam belum disetel / clock not set',
      '2 rekaman menunggu / records waiting',
      '1 rekaman ditolak / records refused',
    ]);
  });

  it('takes nothing from other topics, nor from what it cannot read', () => {
    const call = after([receiptTopic(KIT), STATUS], ['tps/v1/x/status/y', STATUS], [statusTopic(KIT), 'hai']);
    expect(presenceOf(call, KIT).presence).toBe('silent');
    expect(presenceOf(heard(new Map(), statusTopic(KIT), Buffer.from('{')), KIT).presence).toBe('silent');
  });
});
