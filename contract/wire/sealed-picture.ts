import type { KeyObject } from 'node:crypto';
import { CompactEncrypt, compactDecrypt } from 'jose';

/**
 * Pictures that show personal data (NIK, signatures: UU 27/2022) leave the kit's memory for the central office
 * alone: compact JWE (RFC 7516), ECDH-ES over X25519 with AES-256-GCM. The kit holds the public half only, so
 * nobody can open what is on a lost card; a sealed picture is stored, named and sent as any other.
 */
const ALGORITHM = 'ECDH-ES';
const ENCRYPTION = 'A256GCM';
const TYPE = 'tps-picture';

/** Seals for whoever holds the private half of this X25519 key. Every call gives other bytes. */
export async function sealPicture(jpeg: Uint8Array, key: KeyObject): Promise<Uint8Array> {
  const sealed = await new CompactEncrypt(jpeg)
    .setProtectedHeader({ alg: ALGORITHM, enc: ENCRYPTION, typ: TYPE })
    .encrypt(key);
  return Buffer.from(sealed, 'ascii');
}

export type UnsealedPicture =
  | { readonly ok: true; readonly jpeg: Uint8Array }
  /** Not sealed at all, sealed for another key, or changed since. */
  | { readonly ok: false; readonly reason: string };

export async function unsealPicture(sealed: Uint8Array, key: KeyObject): Promise<UnsealedPicture> {
  try {
    const options = { keyManagementAlgorithms: [ALGORITHM], contentEncryptionAlgorithms: [ENCRYPTION] };
    const { plaintext, protectedHeader } = await compactDecrypt(sealed, key, options);
    if (protectedHeader.typ !== TYPE) return { ok: false, reason: `this is "${protectedHeader.typ}", no picture` };
    return { ok: true, jpeg: plaintext };
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) };
  }
}
