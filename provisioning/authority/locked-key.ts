import { createPrivateKey } from 'node:crypto';

/**
 * Keys under a passphrase: PKCS #8 with PBES2 (RFC 8018), as OpenSSL writes and reads it. Its key derivation is quick
 * to try out, so a passphrase must be long: `isStrongPassphrase`.
 */

export type UnlockedKey = { readonly ok: true; readonly key: string } | { readonly ok: false };

/** Characters: five words of a list of 7,776 have as many, and 64 bits. */
const SHORTEST_PASSPHRASE = 20;

export function isStrongPassphrase(passphrase: string): boolean {
  return passphrase.length >= SHORTEST_PASSPHRASE && new Set(passphrase).size >= 8;
}

/** The same key (PEM) under a passphrase. */
export function lockKey(pem: string, passphrase: string): string {
  const options = { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase } as const;
  return createPrivateKey(pem).export(options).toString();
}

/** The key under the passphrase, as open PEM. Not ok: another passphrase, or no locked key at all. */
export function unlockKey(pem: string, passphrase: string): UnlockedKey {
  try {
    const key = createPrivateKey({ key: pem, passphrase });
    return { ok: true, key: key.export({ type: 'pkcs8', format: 'pem' }).toString() };
  } catch {
    return { ok: false };
  }
}
