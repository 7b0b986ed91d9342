import { KitHealth, KitStatus } from '#contract/wire/status.ts';
import { parseTopic } from '#contract/wire/topics.ts';

/** What the broker holds of one kit. */
export interface Heard {
  readonly status: KitStatus | null;
  readonly health: KitHealth | null;
}

/** By kit id. */
export type RollCall = ReadonlyMap<string, Heard>;

/** online: it is there now. offline: it was there, and is not. silent: it has never called in. */
export type Presence = 'online' | 'offline' | 'silent';

export interface Present {
  readonly kit: string;
  readonly presence: Presence;
  /** What is not as it should be on election night, in words; empty where all is well. */
  readonly wanting: readonly string[];
}

/** The roll call after one more message of the broker; what cannot be read tells nothing. */
export function heard(call: RollCall, topic: string, payload: Uint8Array): RollCall {
  const from = parseTopic(topic);
  if (from?.kind !== 'status' && from?.kind !== 'health') return call;
  const before = call.get(from.kit) ?? { status: null, health: null };
  const json = jsonOf(payload);
  const status = from.kind === 'status' ? (KitStatus.safeParse(json).data ?? null) : before.status;
  const health = from.kind === 'health' ? (KitHealth.safeParse(json).data ?? null) : before.health;
  return new Map(call).set(from.kit, { status, health });
}

/** How a kit answers. */
export function presenceOf(call: RollCall, kit: string): Present {
  const of = call.get(kit);
  if (!of?.status) return { kit, presence: 'silent', wanting: [] };
  return { kit, presence: of.status.state, wanting: of.health ? wantingOf(of.health) : [] };
}

function wantingOf({ clockSynchronised, records, pictures }: KitHealth): readonly string[] {
  return [
    ...(clockSynchronised ? [] : ['jam belum disetel / clock not set']),
    ...(records.waiting > 0 ? [`${records.waiting} rekaman menunggu / records waiting`] : []),
    ...(records.refused > 0 ? [`${records.refused} rekaman ditolak / records refused`] : []),
    ...(pictures.waiting > 0 ? [`${pictures.waiting} gambar menunggu / pictures waiting`] : []),
  ];
}

function jsonOf(payload: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(payload).toString());
  } catch {
    return null;
  }
}
