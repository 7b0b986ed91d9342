import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectAsync } from 'mqtt';
import { healthTopic, statusTopic } from '#contract/wire/topics.ts';
import { LISTENER } from '#provisioning/authority/listener.ts';
import { heard, type RollCall } from './roll-call.ts';

export interface ListenOrder {
  /** Folder of the authority. */
  readonly authority: string;
  /** mqtts://host:port */
  readonly broker: string;
  /** Listens so long, ms: a broker gives what it holds at once, and kits may still be calling in. */
  readonly forMs: number;
}

export type Listened = { readonly ok: true; readonly call: RollCall } | { readonly ok: false; readonly reason: string };

/** Hears what the broker holds of every kit, and who calls in meanwhile. */
export async function listen({ authority, broker, forMs }: ListenOrder): Promise<Listened> {
  const read = (name: string) => readFile(join(authority, name), 'utf8');
  const [ca, cert, key] = [await read('root.crt'), await read(`${LISTENER}.crt`), await read(`${LISTENER}.key`)];
  const options = { ca, cert, key, clientId: LISTENER, reconnectPeriod: 0, protocolVersion: 4 } as const;
  let call: RollCall = new Map();
  try {
    const client = await connectAsync(broker, options, false);
    client.on('message', (topic, payload) => {
      call = heard(call, topic, payload);
    });
    await client.subscribeAsync([statusTopic('+'), healthTopic('+')], { qos: 1 });
    await sleep(forMs);
    await client.endAsync();
    return { ok: true, call };
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) };
  }
}
