import type { X509Certificate } from 'node:crypto';
import {
  type OutboxAction,
  type OutboxEvent,
  type OutboxLimits,
  outboxOf,
  step,
  waitingPictures,
  wakeAt,
} from '#agent/store/outbox.ts';
import type { OutboxRecord } from '#agent/store/outbox-record.ts';
import type { ReadPicture } from '#agent/store/pictures.ts';
import type { Store } from '#agent/store/store.ts';
import { type EnvelopeFault, openReceipt } from '#contract/wire/envelope.ts';
import type { KitHealth } from '#contract/wire/status.ts';
import { CHUNK_BYTES, healthTopic, pictureTopic, recordTopic } from '#contract/wire/topics.ts';
import type { Clock } from '#drivers/clock/clock.ts';
import type { BackOff } from './back-off.ts';
import { type BrokerAddress, type LinkState, openConnection } from './connection.ts';

/** Brings what the store holds to central, and central's receipts into the store. */
export interface Uplink {
  state(): UplinkState;
  /** Calls back whenever `state` may have changed; answers how to stop that. */
  onChange(listener: () => void): () => void;
  /** Resolves with the attempt to link that is being made; null where none is. Waits for what is being received. */
  working(): Promise<LinkState | null>;
  close(): Promise<void>;
}

export interface UplinkState {
  readonly link: LinkState;
  /** Sequence number of the record that was sent and has no receipt yet. */
  readonly sentRecord: number | null;
  readonly records: KitHealth['records'];
  readonly pictures: KitHealth['pictures'] & {
    /** Named by a received record, and not to be had from the disk; tried again with the next link. */
    readonly lost: number;
  };
}

export interface UplinkSetting {
  readonly store: Pick<
    Store<unknown>,
    'mode' | 'run' | 'pictures' | 'records' | 'receivedPictures' | 'keepReceipt' | 'onWritten'
  >;
  readonly kit: string;
  readonly broker: () => BrokerAddress;
  /** Central's certificates: no other signature makes a receipt. */
  readonly central: readonly X509Certificate[];
  /** Version of the agent, as health tells it. */
  readonly agent: string;
  readonly clock: Clock;
  /** Even numbers from 0 to 1. */
  readonly chance: () => number;
  readonly backOff: BackOff;
  /** Seconds after which a silent broker is asked for a sign of life. */
  readonly keepAliveS: number;
  readonly limits: OutboxLimits;
  readonly healthEveryMs: number;
  /** Told what a technician should find in the log. */
  readonly note: (note: UplinkNote) => void;
}

export type UplinkNote =
  | { readonly kind: 'link'; readonly state: LinkState }
  | { readonly kind: 'receipt-ignored'; readonly code: EnvelopeFault; readonly reason: string }
  | { readonly kind: 'receipt-not-kept'; readonly reason: string }
  | { readonly kind: 'picture-lost'; readonly sha256: string; readonly reason: string };

export const HEALTH_EVERY_MS = 300_000;

export function startUplink(setting: UplinkSetting): Uplink {
  const { store, kit, clock } = setting;
  const listeners = new Set<() => void>();
  const picture = rememberLast(store.pictures.read);
  let outbox = outboxOf(store.records(), store.receivedPictures());
  let link: LinkState = { kind: 'connecting' };
  let wake: NodeJS.Timeout | undefined;
  let receiving: Promise<void> = Promise.resolve();

  function hear(event: OutboxEvent): void {
    const stepped = step(outbox, event, clock.monotonicMs(), setting.limits);
    outbox = stepped.outbox;
    for (const action of stepped.actions) send(action);
    clearTimeout(wake);
    const due = wakeAt(outbox);
    if (due !== null) wake = setTimeout(() => hear({ kind: 'tick' }), Math.max(1, due - clock.monotonicMs()));
    for (const listener of listeners) listener();
  }

  function send(action: OutboxAction): void {
    switch (action.kind) {
      case 'send-record':
        // The broker's acknowledgement is no proof, so nobody waits for it.
        connection.publish(recordTopic(kit, store.mode), action.record.jws, 'passing', () => undefined);
        break;
      case 'send-chunk':
        void sendChunk(action.sha256, action.chunk);
        break;
    }
  }

  async function sendChunk(sha256: string, chunk: number): Promise<void> {
    const read = await picture(sha256);
    if (!read.ok) {
      setting.note({ kind: 'picture-lost', sha256, reason: read.reason });
      return hear({ kind: 'picture-lost', sha256 });
    }
    const bytes = read.bytes.subarray(chunk * CHUNK_BYTES, (chunk + 1) * CHUNK_BYTES);
    connection.publish(pictureTopic(kit, store.mode, sha256, chunk), bytes, 'passing', () =>
      hear({ kind: 'chunk-acknowledged', sha256, chunk }),
    );
  }

  /** A receipt counts once it is verified and on the disk; one that is not kept is given again by central. */
  async function receive(jws: string): Promise<void> {
    const opened = await openReceipt(jws, setting.central, kit);
    if (!opened.ok) return setting.note({ kind: 'receipt-ignored', code: opened.code, reason: opened.reason });
    // Practice and official records have numbers of their own.
    if (opened.receipt.kind === 'record-wants' && opened.receipt.mode !== store.mode) return;
    const kept = await store.keepReceipt(opened.receipt, jws);
    if (!kept.ok) return setting.note({ kind: 'receipt-not-kept', reason: kept.reason });
    hear({ kind: 'receipt', receipt: opened.receipt, jws });
  }

  function takeNewRecords(): void {
    const known = outbox.records.at(-1)?.sequence ?? 0;
    for (const record of store.records().slice(known)) hear({ kind: 'confirmed', record });
  }

  function sendHealth(): void {
    connection.publish(healthTopic(kit), JSON.stringify(healthOf(setting, state())), 'retained', () => undefined);
  }

  function state(): UplinkState {
    const count = (kind: OutboxRecord['answer']['kind']) =>
      outbox.records.filter(({ answer }) => answer.kind === kind).length;
    return {
      link,
      sentRecord: outbox.sending?.sequence ?? null,
      records: { waiting: count('waiting'), received: count('received'), refused: count('refused') },
      pictures: {
        waiting: waitingPictures(outbox).length,
        received: outbox.receivedPictures.size,
        lost: outbox.lostPictures.size,
      },
    };
  }

  const stopWatching = store.onWritten(takeNewRecords);
  const health = setInterval(sendHealth, setting.healthEveryMs);
  const connection = openConnection(
    { ...setting, run: store.run },
    {
      up() {
        hear({ kind: 'link-up' });
        sendHealth();
      },
      down: () => hear({ kind: 'link-down' }),
      message(payload) {
        receiving = receiving.then(() => receive(payload.toString()));
      },
      changed(next) {
        link = next;
        setting.note({ kind: 'link', state: next });
        for (const listener of listeners) listener();
      },
    },
  );

  return {
    state,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async working() {
      await receiving;
      return link.kind === 'connecting' ? link : null;
    },
    async close() {
      stopWatching();
      clearInterval(health);
      await connection.close();
      await receiving;
      outbox = step(outbox, { kind: 'link-down' }, clock.monotonicMs(), setting.limits).outbox;
      clearTimeout(wake);
    },
  };
}

/** Chunks of one picture are sent one after another: it is read once, and only one is held in memory. */
function rememberLast(read: (sha256: string) => Promise<ReadPicture>): (sha256: string) => Promise<ReadPicture> {
  let last: { readonly sha256: string; readonly picture: Promise<ReadPicture> } | null = null;
  return async (sha256) => {
    if (last?.sha256 !== sha256) last = { sha256, picture: read(sha256) };
    const picture = await last.picture;
    // What the disk could not give is read anew when it is asked for again.
    if (!picture.ok) last = null;
    return picture;
  };
}

function healthOf({ agent, clock, store }: UplinkSetting, { records, pictures }: UplinkState): KitHealth {
  return {
    schema: 1,
    agent,
    mode: store.mode,
    wallClock: clock.wall().toISOString(),
    clockSynchronised: clock.isSynchronised(),
    records,
    pictures: { waiting: pictures.waiting, received: pictures.received },
  };
}
