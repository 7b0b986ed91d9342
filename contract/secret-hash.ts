import { scrypt, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/** A secret that a person types, as it is kept: scrypt (RFC 7914) with the costs it was made with. */
export const SecretHash = z
  .strictObject({
    cost: z.int().min(1024).max(1_048_576),
    blockSize: z.int().min(1).max(32),
    salt: z.string().regex(/^[0-9a-f]{32,128}$/),
    hash: z.string().regex(/^[0-9a-f]{64}$/),
  })
  .readonly();
export type SecretHash = z.infer<typeof SecretHash>;

const KEY_BYTES = 32;

/** What trying out one secret takes: RFC 7914, N and r. */
export interface SecretCost {
  readonly cost: number;
  readonly blockSize: number;
}

export async function hashSecret(secret: string, salt: Uint8Array, costs: SecretCost): Promise<SecretHash> {
  const hash = await derive(secret, salt, costs);
  return { ...costs, salt: Buffer.from(salt).toString('hex'), hash: hash.toString('hex') };
}

export async function isSecret(kept: SecretHash, secret: string): Promise<boolean> {
  const { cost, blockSize, salt, hash } = kept;
  return timingSafeEqual(await derive(secret, Buffer.from(salt, 'hex'), { cost, blockSize }), Buffer.from(hash, 'hex'));
}

function derive(secret: string, salt: Uint8Array, { cost, blockSize }: SecretCost) {
  const limit = 256 * cost * blockSize;
  return new Promise<Buffer>((resolve, reject) => {
    scrypt(secret, salt, KEY_BYTES, { N: cost, r: blockSize, p: 1, maxmem: limit }, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });
}
