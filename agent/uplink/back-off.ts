/** How long to wait before the next attempt to connect; all in milliseconds. */
export interface BackOff {
  readonly firstMs: number;
  readonly longestMs: number;
  /** A link counts as stable, and the count of attempts begins anew, once it has stood this long. */
  readonly stableMs: number;
}

export const BACK_OFF: BackOff = { firstMs: 1_000, longestMs: 60_000, stableMs: 60_000 };

/**
 * Exponential with full jitter: anything from 0 to the doubled limit, so that kits which lost their
 * broker in the same second do not come back in the same second. `attempt` counts from 1; `chance`
 * is even between 0 and 1.
 */
export function waitBefore(attempt: number, chance: number, backOff: BackOff): number {
  return chance * Math.min(backOff.longestMs, backOff.firstMs * 2 ** (attempt - 1));
}
