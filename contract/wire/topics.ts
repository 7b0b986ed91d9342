import type { Mode } from './record.ts';

/** MQTT topics of fixed depth. The kit id is the certificate's common name, so a broker ACL with %u holds each kit to its own. */

const ROOT = 'tps/v1';

/**
 * Bytes of one picture chunk on the wire, except the last. At 16 kbit/s one takes 8 s: a link that slow
 * still shows, chunk by chunk, that somebody is at the other end.
 */
export const CHUNK_BYTES = 16 * 1024;

/** Practice has a way of its own, so that the office can leave it out, and a record can only arrive as what it is. */
export function recordTopic(kit: string, mode: Mode): string {
  return `${ROOT}/${kit}/${BEFORE[mode]}record`;
}

const BEFORE: Readonly<Record<Mode, string>> = { resmi: '', latihan: 'latihan-' };

/** Chunk n (from 0) of a picture; the payload is the raw bytes. Central knows the length from the record that names the picture. */
export function pictureTopic(kit: string, mode: Mode, sha256: string, chunk: number): string {
  return `${ROOT}/${kit}/${BEFORE[mode]}picture/${sha256}/${chunk}`;
}

/** Retained: birth, and the will that carries the session number. */
export function statusTopic(kit: string): string {
  return `${ROOT}/${kit}/status`;
}

/** Retained, every five minutes. */
export function healthTopic(kit: string): string {
  return `${ROOT}/${kit}/health`;
}

/** Chunks of a picture of that many bytes. */
export function chunkCount(bytes: number): number {
  return Math.ceil(bytes / CHUNK_BYTES);
}

export function receiptTopic(kit: string): string {
  return `${ROOT}/${kit}/receipt`;
}

export type KitTopic =
  | { readonly kind: 'status' | 'health'; readonly kit: string }
  | { readonly kind: 'record'; readonly kit: string; readonly mode: Mode }
  | { readonly kind: 'picture'; readonly kit: string; readonly sha256: string; readonly chunk: number };

const TOPIC =
  /^tps\/v1\/([a-z0-9-]+)\/(?:(status|health)|(latihan-)?(?:record|picture\/([0-9a-f]{64})\/([0-9]{1,6})))$/;

/** What a kit's message speaks of; null for a topic that is not part of the contract. */
export function parseTopic(topic: string): KitTopic | null {
  const match = TOPIC.exec(topic);
  if (!match) return null;
  const [, kit = '', told, before, sha256, chunk] = match;
  if (told === 'status' || told === 'health') return { kind: told, kit };
  if (sha256 !== undefined) return { kind: 'picture', kit, sha256, chunk: Number(chunk) };
  return { kind: 'record', kit, mode: before === undefined ? 'resmi' : 'latihan' };
}

/** What kits send once: of several receivers, each message is for one. */
const WORK_TOPICS = [
  `${ROOT}/+/record`,
  `${ROOT}/+/picture/+/+`,
  `${ROOT}/+/latihan-record`,
  `${ROOT}/+/latihan-picture/+/+`,
  `${ROOT}/+/health`,
] as const;

/** Every receiver hears who is there: what the broker retains is not given to a shared subscription (MQTT 5, 4.8.2). */
const STATUS_TOPICS = `${ROOT}/+/status`;

/** What a receiver subscribes to that is alone. */
export const ALL_SUBSCRIPTIONS = [...WORK_TOPICS, STATUS_TOPICS] as const;

/** What each of several receivers subscribes to. */
export const SHARED_SUBSCRIPTIONS = [...WORK_TOPICS.map((topic) => `$share/central/${topic}`), STATUS_TOPICS] as const;
