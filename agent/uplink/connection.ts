import { X509Certificate } from 'node:crypto';
import { Socket } from 'node:net';
import { connect, type MqttClient } from 'mqtt';
import type { KitStatus } from '#contract/wire/status.ts';
import { receiptTopic, statusTopic } from '#contract/wire/topics.ts';
import type { Clock } from '#drivers/clock/clock.ts';
import { type BackOff, waitBefore } from './back-off.ts';
import { type CertificateDates, type LinkFault, linkFault } from './link-fault.ts';

/**
 * One MQTT link after another. Every attempt is a client of its own, without mqtt.js's reconnecting
 * and without a store: nothing outlives its link but what the outbox holds. (A client of mqtt.js that
 * reconnects replays what it kept, and what it publishes meanwhile is lost if the link drops.)
 */
export interface Connection {
  state(): LinkState;
  /** Hands a message to the link that is up; `taken` is called when the broker has it. Does nothing without a link. */
  publish(topic: string, payload: string | Uint8Array, retain: Retain, taken: () => void): void;
  /** Says goodbye, where there is a link, and stops for good. */
  close(): Promise<void>;
}

export type Retain = 'retained' | 'passing';

export type LinkState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'connected' }
  | {
      readonly kind: 'waiting';
      readonly fault: LinkFault;
      readonly reason: string;
      /** Milliseconds from then until the next attempt. */
      readonly retryInMs: number;
    }
  | { readonly kind: 'closed' };

export interface BrokerAddress {
  /** mqtts://host:port, of one broker or more: the next is tried when one does not answer or fell silent. */
  readonly urls: readonly [string, ...string[]];
  /** PEM texts: the root, the kit's certificate and its key. */
  readonly ca: string;
  readonly certificate: string;
  readonly key: string;
}

export interface ConnectionSetting {
  /** Asked before every attempt: certificate and key may have been renewed. */
  readonly broker: () => BrokerAddress;
  readonly kit: string;
  /** Number of this start of the agent. */
  readonly run: number;
  readonly clock: Clock;
  /** Even numbers from 0 to 1. */
  readonly chance: () => number;
  readonly backOff: BackOff;
  readonly keepAliveS: number;
}

export interface ConnectionListener {
  /** The link is up, receipts are subscribed, the birth is published. */
  up(): void;
  down(): void;
  /** A message on the kit's receipt topic; not verified yet. */
  message(payload: Buffer): void;
  changed(state: LinkState): void;
}

/**
 * A broker that is asked for a sign of life after this, and has not given one after half as long again,
 * is gone: half a minute after its last word. (mqtt.js counts every acknowledgement as such a word; a
 * chunk of a picture, `CHUNK_BYTES`, must reach it within this time on the slowest link that is of use.)
 */
export const KEEP_ALIVE_S = 20;
const CONNECT_MS = 20_000;
const GOODBYE_MS = 2_000;

export function openConnection(setting: ConnectionSetting, listener: ConnectionListener): Connection {
  let state: LinkState = { kind: 'connecting' };
  let client: MqttClient | null = null;
  let retry: NodeJS.Timeout | null = null;
  let link = 0;
  let attempt = 0;
  let address = 0;

  function become(next: LinkState): void {
    state = next;
    listener.changed(next);
  }

  function status(of: KitStatus['state']): string {
    const message: KitStatus = { schema: 1, state: of, run: setting.run, link };
    return JSON.stringify(message);
  }

  function begin(): void {
    link += 1;
    attempt += 1;
    become({ kind: 'connecting' });
    const broker = setting.broker();
    const opening = connect(broker.urls[address % broker.urls.length] ?? broker.urls[0], {
      ca: broker.ca,
      cert: broker.certificate,
      key: broker.key,
      protocolVersion: 4,
      clientId: setting.kit,
      clean: true,
      reconnectPeriod: 0,
      resubscribe: false,
      keepalive: setting.keepAliveS,
      connectTimeout: CONNECT_MS,
      will: { topic: statusTopic(setting.kit), payload: Buffer.from(status('offline')), qos: 1, retain: true },
    });
    client = opening;
    let fault: Error | null = null;
    let upSince: number | null = null;
    opening.on('error', (error) => {
      fault = error;
    });
    // Small messages must not wait for each other's acknowledgements: that costs 40 ms a record.
    if (opening.stream instanceof Socket) opening.stream.setNoDelay(true);
    opening.on('message', (_topic, payload) => listener.message(payload));
    opening.on('connect', () =>
      greet(opening, (error) => {
        if (error) {
          fault = error;
          opening.end(true);
          return;
        }
        upSince = setting.clock.monotonicMs();
        become({ kind: 'connected' });
        listener.up();
      }),
    );
    opening.once('close', () => {
      if (client !== opening) return;
      client = null;
      const stood = upSince === null ? 0 : setting.clock.monotonicMs() - upSince;
      if (stood >= setting.backOff.stableMs) attempt = 0;
      if (upSince !== null) listener.down();
      const kind = linkFault(fault, datesOf(broker), setting.clock.wall());
      if (upSince === null || kind === 'silent') address += 1;
      wait(kind, fault);
    });
  }

  /** Receipts first, so that none is missed; then the birth, which replaces what the last will said. */
  function greet(opening: MqttClient, done: (error: Error | null) => void): void {
    opening.subscribe(receiptTopic(setting.kit), { qos: 1 }, (error) => {
      if (error) return done(error);
      opening.publish(statusTopic(setting.kit), status('online'), { qos: 1, retain: true }, (failed) =>
        done(failed ?? null),
      );
    });
  }

  function wait(fault: LinkFault, error: Error | null): void {
    const retryInMs = waitBefore(Math.max(1, attempt), setting.chance(), setting.backOff);
    retry = setTimeout(begin, retryInMs);
    become({ kind: 'waiting', fault, reason: error?.message ?? 'the link broke off', retryInMs });
  }

  begin();
  return {
    state: () => state,
    publish(topic, payload, retain, taken) {
      if (state.kind !== 'connected' || !client) return;
      const message = typeof payload === 'string' ? payload : Buffer.from(payload);
      client.publish(topic, message, { qos: 1, retain: retain === 'retained' }, (error) => {
        if (!error) taken();
      });
    },
    async close() {
      if (retry) clearTimeout(retry);
      const closing = client;
      const wasUp = state.kind === 'connected';
      client = null;
      become({ kind: 'closed' });
      if (!closing) return;
      if (wasUp) await goodbye(closing, statusTopic(setting.kit), status('offline'));
      await closing.endAsync(true);
    },
  };
}

function datesOf({ certificate }: BrokerAddress): CertificateDates {
  const { validFromDate: from, validToDate: until } = new X509Certificate(certificate);
  return { from, until };
}

/** A broker that does not answer must not keep the kit from stopping: its will says the same. */
async function goodbye(client: MqttClient, topic: string, payload: string): Promise<void> {
  const said = client.publishAsync(topic, payload, { qos: 1, retain: true }).catch(() => undefined);
  const late = new Promise((resolve) => setTimeout(resolve, GOODBYE_MS));
  await Promise.race([said, late]);
}
