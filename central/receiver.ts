import { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { connect, type IPublishPacket, type MqttClient } from 'mqtt';
import type { Receipt } from '#contract/wire/receipt.ts';
import { type Signer, sign } from '#contract/wire/signature.ts';
import { ALL_SUBSCRIPTIONS, receiptTopic, SHARED_SUBSCRIPTIONS } from '#contract/wire/topics.ts';
import type { Office } from './office.ts';
import { receiveMessage } from './receive-message.ts';

/** The way to the broker; PEM text. */
export interface BrokerAccess {
  readonly url: string;
  readonly ca: string;
  readonly certificate: string;
  readonly key: string;
  /** The certificate's name, by which the broker calls us. */
  readonly clientId: string;
  /** Other receivers take part of the messages. */
  readonly shared: boolean;
}

export interface ReceiverSetting {
  readonly broker: BrokerAccess;
  /** Signs the receipts. */
  readonly signer: Signer;
  readonly log: (line: string) => void;
}

export interface Receiver {
  /** Takes no further message, lets the present one finish and leaves the broker. */
  close(): Promise<void>;
}

/** For ever: how long the broker keeps what comes while we are away (MQTT 5, 3.1.2.11.2). */
const SESSION_S = 0xffff_ffff;
/** Messages that the broker hands over before the first of them is acknowledged. */
const AT_ONCE = 20;
const DELAYS = { reconnectMs: 1_000, retryFirstMs: 250, retryLongestMs: 10_000, farewellMs: 2_000 };

/**
 * Receives what kits send and answers. A message is acknowledged to the broker only after its work is
 * committed and its receipts are handed over; until then the broker holds it and sends it again. While
 * the database fails, the message is tried again and again and the ones behind it wait at the broker.
 */
export function openReceiver(office: Office, setting: ReceiverSetting): Receiver {
  const { broker, log } = setting;
  const client = connect(broker.url, {
    ca: broker.ca,
    cert: broker.certificate,
    key: broker.key,
    clientId: broker.clientId,
    // Alone, the broker keeps for us what comes while we are away. Of several, the others take it at once, and kits send
    // again what got no answer; a kept session would hold back its share, and Mosquitto 2.0.11 gives it nothing more once
    // the broker itself was restarted.
    clean: broker.shared,
    protocolVersion: 5,
    properties: { receiveMaximum: AT_ONCE, ...(broker.shared ? {} : { sessionExpiryInterval: SESSION_S }) },
    reconnectPeriod: DELAYS.reconnectMs,
    // Receipts are made again from the database; a queue in memory would only repeat old ones.
    queueQoSZero: false,
  });
  const closing = new AbortController();
  const say = onlyNews(log);
  let working: Promise<void> = Promise.resolve();

  client.on('connect', () => {
    // A receipt is a small message: it must not wait until the broker has acknowledged the one before.
    if (client.stream instanceof Socket) client.stream.setNoDelay(true);
    client.subscribe([...(broker.shared ? SHARED_SUBSCRIPTIONS : ALL_SUBSCRIPTIONS)], { qos: 1 }, (error) => {
      say(error ? `the broker refuses the subscriptions: ${error.message}` : `receiving from ${broker.url}`);
    });
  });
  client.on('error', (error) => say(`no connection to the broker, trying again: ${error.message}`));
  client.on('close', () => {
    if (!closing.signal.aborted) say('no connection to the broker, trying again');
  });
  client.handleMessage = (packet, acknowledge) => {
    working = untilDone(packet).then(
      (done) => (done ? acknowledge() : undefined),
      (error: unknown) => log(`not acknowledged: ${String(error)}`),
    );
  };

  /** False where we are closing down before it succeeded: then it stays unacknowledged. */
  async function untilDone(packet: IPublishPacket): Promise<boolean> {
    for (let wait = DELAYS.retryFirstMs; !closing.signal.aborted; wait = Math.min(wait * 2, DELAYS.retryLongestMs)) {
      try {
        const receipts = await receiveMessage(office, packet.topic, bytesOf(packet), packet.retain);
        for (const receipt of receipts) await publish(client, setting.signer, receipt);
        return true;
      } catch (error) {
        log(`message under ${packet.topic} waits: ${String(error)}`);
        await pause(wait, undefined, { signal: closing.signal }).catch(() => undefined);
      }
    }
    return false;
  }

  return {
    async close() {
      closing.abort();
      await working;
      await Promise.race([client.endAsync(), pause(DELAYS.farewellMs)]);
      client.end(true);
    },
  };
}

/** Says a thing once and not again before another one: a broker that is away all evening fills no log. */
function onlyNews(log: (line: string) => void): (line: string) => void {
  let last = '';
  return (line) => {
    const isNew = line !== last && !last.startsWith(line);
    if (isNew) log(line);
    if (isNew) last = line;
  };
}

function bytesOf(packet: IPublishPacket): Uint8Array {
  return typeof packet.payload === 'string' ? Buffer.from(packet.payload) : packet.payload;
}

/** Handed to the connection, not confirmed: a kit that does not get it sends its record again and is answered again. */
async function publish(client: MqttClient, signer: Signer, receipt: Receipt): Promise<void> {
  if (!client.connected) return;
  const { jws } = await sign('tps-receipt', receipt, signer);
  client.publish(receiptTopic(receipt.kit), jws, { qos: 1 });
}
