import { createHash, scrypt, timingSafeEqual } from 'node:crypto';
import type { Officer } from './officer-register.ts';

/** PINs and badges as they are kept: neither can be read back from a lost card, but a PIN of six digits can be tried out. */

const KEY_BYTES = 32;
/** A tenth of a second on the kit: ten PINs a second for who holds the card, and no wait a person feels. */
export const PIN_COST: PinCost = { cost: 16_384, blockSize: 8 };

/** What trying out one PIN takes: RFC 7914, N and r. */
export interface PinCost {
  readonly cost: number;
  readonly blockSize: number;
}

export async function hashPin(pin: string, salt: Uint8Array, costs: PinCost = PIN_COST): Promise<Officer['pin']> {
  const hash = await derive(pin, salt, costs);
  return { ...costs, salt: Buffer.from(salt).toString('hex'), hash: hash.toString('hex') };
}

export async function isPin(kept: Officer['pin'], pin: string): Promise<boolean> {
  const { cost, blockSize, salt, hash } = kept;
  return timingSafeEqual(await derive(pin, Buffer.from(salt, 'hex'), { cost, blockSize }), Buffer.from(hash, 'hex'));
}

/** sha256 of a badge's text, as the register has it. */
export function badgeHash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function derive(pin: string, salt: Uint8Array, { cost, blockSize }: PinCost) {
  const limit = 256 * cost * blockSize;
  return new Promise<Buffer>((resolve, reject) => {
    scrypt(pin, salt, KEY_BYTES, { N: cost, r: blockSize, p: 1, maxmem: limit }, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });
}
