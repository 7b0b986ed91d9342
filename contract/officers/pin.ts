import { createHash } from 'node:crypto';
import { hashSecret, isSecret, type SecretCost, type SecretHash } from '#contract/secret-hash.ts';

/** PINs and badges as they are kept: neither can be read back from a lost card, but a PIN of six digits can be tried out. */

/** A tenth of a second on the kit: ten PINs a second for who holds the card, and no wait a person feels. */
export const PIN_COST: SecretCost = { cost: 16_384, blockSize: 8 };

export function hashPin(pin: string, salt: Uint8Array, costs: SecretCost = PIN_COST): Promise<SecretHash> {
  return hashSecret(pin, salt, costs);
}

export function isPin(kept: SecretHash, pin: string): Promise<boolean> {
  return isSecret(kept, pin);
}

/** sha256 of a badge's text, as the register has it. */
export function badgeHash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
