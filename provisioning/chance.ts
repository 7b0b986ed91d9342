import { randomBytes, randomInt } from 'node:crypto';

/** Where secrets come from; a test draws the same ones again. */
export interface Chance {
  /** A whole number from 0 to below the limit, each as likely. */
  below(limit: number): number;
  bytes(count: number): Uint8Array;
}

/** The system's own randomness. */
export const systemChance: Chance = { below: (limit) => randomInt(limit), bytes: (count) => randomBytes(count) };
