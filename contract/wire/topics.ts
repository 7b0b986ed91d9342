/** MQTT topics of fixed depth. The kit id is the certificate's common name, so a broker ACL with %u holds each kit to its own. */

const ROOT = 'tps/v1';

/**
 * Bytes of one picture chunk on the wire, except the last. At 16 kbit/s one takes 8 s: a link that slow
 * still shows, chunk by chunk, that somebody is at the other end.
 */
export const CHUNK_BYTES = 16 * 1024;

export function recordTopic(kit: string): string {
  return `${ROOT}/${kit}/record`;
}

/** Chunk n (from 0) of a picture; the payload is the raw bytes. Central knows the length from the record that names the picture. */
export function pictureTopic(kit: string, sha256: string, chunk: number): string {
  return `${ROOT}/${kit}/picture/${sha256}/${chunk}`;
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
  | { readonly kind: 'record' | 'status' | 'health'; readonly kit: string }
  | { readonly kind: 'picture'; readonly kit: string; readonly sha256: string; readonly chunk: number };

/** What a kit's message speaks of; null for a topic that is not part of the contract. */
export function parseTopic(topic: string): KitTopic | null {
  const match = /^tps\/v1\/([a-z0-9-]+)\/(?:(record|status|health)|picture\/([0-9a-f]{64})\/([0-9]{1,6}))$/.exec(topic);
  if (!match) return null;
  const [, kit = '', kind, sha256, chunk] = match;
  if (kind === 'record' || kind === 'status' || kind === 'health') return { kind, kit };
  return { kind: 'picture', kit, sha256: sha256 ?? '', chunk: Number(chunk) };
}

/** What central subscribes to. */
export const CENTRAL_SUBSCRIPTIONS = [
  `${ROOT}/+/record`,
  `${ROOT}/+/picture/+/+`,
  `${ROOT}/+/status`,
  `${ROOT}/+/health`,
] as const;
