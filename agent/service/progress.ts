/**
 * Whether the kit's parts get on with their work. Pure. A part that answers has a sign of life; one that is busy
 * with the same work as at its last sign has none, however promptly it answers: it is stuck.
 */
export const PARTS = ['session', 'store', 'uplink'] as const;
export type Part = (typeof PARTS)[number];

export interface Sign {
  /** When it was given, monotonic ms. */
  readonly atMs: number;
  /** The work it was at then, by identity; null where it rested. */
  readonly work: unknown;
}
export type Progress = Readonly<Record<Part, Sign>>;

export function begunAt(nowMs: number): Progress {
  const sign: Sign = { atMs: nowMs, work: null };
  return { session: sign, store: sign, uplink: sign };
}

/** A part has answered, and said what it is at. */
export function answered(progress: Progress, part: Part, work: unknown, nowMs: number): Progress {
  if (work !== null && work === progress[part].work) return progress;
  return { ...progress, [part]: { atMs: nowMs, work } };
}

/** Parts without a sign of life for longer than the limit, ms. */
export function stuckParts(progress: Progress, nowMs: number, limitMs: number): readonly Part[] {
  return PARTS.filter((part) => nowMs - progress[part].atMs > limitMs);
}
