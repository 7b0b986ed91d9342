import { readFileSync } from 'node:fs';
import { connect, type MqttClient } from 'mqtt';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { healthTopic, pictureTopic, receiptTopic, recordTopic, statusTopic } from '#contract/wire/topics.ts';
import { addTestKit, type TestBroker, testAuthority, testBroker } from '#test/mosquitto.ts';

const [ONE, TWO] = ['palembang-0001', 'palembang-0002'];
const SHA256 = 'a'.repeat(64);

describe('the broker as we set it up', () => {
  let authority: { folder: string; remove(): void };
  let broker: TestBroker;
  const clients: MqttClient[] = [];

  beforeAll(async () => {
    authority = await testAuthority(ONE, '1671010001001');
    await addTestKit(authority.folder, TWO, '1671010001002');
    broker = await testBroker(authority.folder);
    await broker.start();
  });
  afterAll(async () => {
    for (const client of clients) await client.endAsync(true);
    await broker.stop();
    authority.remove();
  });

  async function join(certificate: string, root = authority.folder): Promise<{ client: MqttClient; heard: string[] }> {
    const client = connect(broker.url, {
      ca: readFileSync(`${authority.folder}/root.crt`),
      cert: readFileSync(`${root}/${certificate}.crt`),
      key: readFileSync(`${root}/${certificate}.key`),
      clientId: 'central',
      reconnectPeriod: 0,
    });
    clients.push(client);
    const heard: string[] = [];
    client.on('message', (topic) => heard.push(topic));
    await new Promise<void>((resolve, reject) => {
      client.once('connect', () => resolve());
      client.once('error', reject);
      client.once('close', () => reject(new Error('closed')));
    });
    await client.subscribeAsync('#', { qos: 1 });
    return { client, heard };
  }

  /** One message over a link of its own: a broker may answer a forbidden one by closing the link. */
  async function publish(certificate: string, topic: string): Promise<void> {
    const { client } = await join(certificate);
    const closed = new Promise<void>((resolve) => client.once('close', () => resolve()));
    await Promise.race([client.publishAsync(topic, 'x', { qos: 1 }), closed]);
    await client.endAsync(true);
  }

  const topicsOf = (kit: string) => [
    recordTopic(kit, 'resmi'),
    recordTopic(kit, 'latihan'),
    pictureTopic(kit, 'resmi', SHA256, 0),
    pictureTopic(kit, 'latihan', SHA256, 0),
    statusTopic(kit),
    healthTopic(kit),
    receiptTopic(kit),
    `tps/v1/${kit}/other`,
  ];

  it('lets a kit write its own topics and nothing else', async () => {
    const central = await join('central');
    const two = await join(`kits/${TWO}/kit`);
    for (const topic of [...topicsOf(TWO), ...topicsOf(ONE)]) await publish(`kits/${ONE}/kit`, topic);
    await vi.waitFor(() => expect(central.heard).toHaveLength(6));
    expect(central.heard).toEqual(topicsOf(ONE).slice(0, 6));
    expect(two.heard).toEqual([]);
  });

  it('lets central write receipts and nothing else, and each kit read its own', async () => {
    const one = await join(`kits/${ONE}/kit`);
    const two = await join(`kits/${TWO}/kit`);
    for (const topic of [...topicsOf(TWO), ...topicsOf(ONE)]) await publish('central', topic);
    await vi.waitFor(() => expect(one.heard).toHaveLength(1));
    expect(one.heard).toEqual([receiptTopic(ONE)]);
    expect(two.heard).toEqual([receiptTopic(TWO)]);
  });

  it('lets nobody take another’s place by taking its client id', async () => {
    const central = await join('central');
    await join(`kits/${ONE}/kit`);
    expect(central.client.connected).toBe(true);
  });

  it('turns away whom another authority vouches for', async () => {
    const stranger = await testAuthority(ONE, '1671010001001');
    await expect(join(`kits/${ONE}/kit`, stranger.folder)).rejects.toThrow();
    stranger.remove();
  });
});
