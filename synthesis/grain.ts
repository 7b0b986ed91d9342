import { type Random, randomOf } from './random.ts';

/** Entries of the table: a prime, so that no pattern repeats along the lines of a picture. */
const LENGTH = 1_000_003;
/** Standard deviation of the table's entries. */
export const GRAIN_DEVIATION = 32;

let table: Int8Array | null = null;

/**
 * Near-normal noise, made once: where `count` entries of it are to be read, and the table. Entries
 * three apart are correlated, as the same colour of neighbouring pixels is in a phone's picture.
 */
export function grainFrom(count: number, random: Random): { readonly table: Int8Array; readonly start: number } {
  table ??= fill();
  return { table, start: Math.floor(random.unit() * (LENGTH - count)) };
}

function fill(): Int8Array {
  const random = randomOf('grain');
  const grain = new Int8Array(LENGTH);
  let recent: readonly [number, number, number] = [0, 0, 0];
  for (let i = 0; i < LENGTH; i++) {
    const fresh = (random.unit() + random.unit() + random.unit() + random.unit() - 2) * 1.73;
    const value = 0.87 * fresh + 0.5 * recent[0];
    recent = [recent[1], recent[2], fresh];
    grain[i] = Math.max(-127, Math.min(127, value * GRAIN_DEVIATION));
  }
  return grain;
}
