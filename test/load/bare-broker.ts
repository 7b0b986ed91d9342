import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connectAsync, type MqttClient } from 'mqtt';
import { pictureTopic, recordTopic } from '#contract/wire/topics.ts';

/** What the broker carries on this machine with nothing behind it: one kit that publishes, one centre that only listens. */
export interface BareThroughput {
  readonly what: string;
  readonly bytes: number;
  readonly messages: number;
  /** a second */
  readonly rate: number;
}

const IN_FLIGHT = 20;

export async function measureBareBroker(
  url: string,
  authority: string,
  kit: string,
): Promise<readonly BareThroughput[]> {
  const pem = (name: string) => readFileSync(join(authority, name));
  const linked = (name: string, clientId: string) =>
    connectAsync(url, {
      ...{ ca: pem('root.crt'), cert: pem(`${name}.crt`), key: pem(`${name}.key`), clientId },
      ...{ clean: true, reconnectPeriod: 0, protocolVersion: 4 },
    });
  const listener = await linked('central', 'central');
  const publisher = await linked(`kits/${kit}/kit`, kit);
  await listener.subscribeAsync(['tps/v1/+/record', 'tps/v1/+/picture/+/+'], { qos: 1 });
  const chunk = pictureTopic(kit, 'resmi', 'a'.repeat(64), 0);
  const measured = [
    await carry(publisher, listener, { what: 'chunk', topic: chunk, bytes: 16 * 1024, messages: 4_000 }),
    await carry(publisher, listener, {
      ...{ what: 'record', topic: recordTopic(kit, 'resmi') },
      ...{ bytes: 8 * 1024, messages: 6_000 },
    }),
  ];
  await Promise.all([publisher.endAsync(), listener.endAsync()]);
  return measured;
}

interface Load {
  readonly what: string;
  readonly topic: string;
  readonly bytes: number;
  readonly messages: number;
}

async function carry(publisher: MqttClient, listener: MqttClient, load: Load): Promise<BareThroughput> {
  const { what, topic, bytes, messages } = load;
  const payload = Buffer.alloc(bytes, 7);
  let heard = 0;
  const all = new Promise<void>((resolve) => {
    listener.on('message', () => {
      heard += 1;
      if (heard === messages) resolve();
    });
  });
  const begun = performance.now();
  let left = messages;
  const publishSome = async () => {
    for (; left > 0; ) {
      left -= 1;
      await publisher.publishAsync(topic, payload, { qos: 1 });
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, publishSome));
  await all;
  listener.removeAllListeners('message');
  return { what, bytes, messages, rate: (messages * 1_000) / (performance.now() - begun) };
}
