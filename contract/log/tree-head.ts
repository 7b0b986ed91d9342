import type { X509Certificate } from 'node:crypto';
import { z } from 'zod';
import { type Signer, sign, type VerificationFault, verify } from '#contract/wire/signature.ts';

/** sha256, lower-case hex. */
export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/**
 * What the centre signs about its log: how many records it holds, and the root of the tree over them
 * (merkle-tree.ts). The entry of a record is the 32 bytes of its digest: who has a receipt needs nothing else to look for it.
 */
export const TreeHead = z
  .strictObject({ schema: z.literal(1), size: z.int().nonnegative(), root: Sha256, at: z.iso.datetime() })
  .readonly();
export type TreeHead = z.infer<typeof TreeHead>;

/** Answers the compact JWS. */
export async function signHead(head: TreeHead, signer: Signer): Promise<string> {
  return (await sign('tps-tree-head', head, signer)).jws;
}

export type OpenedHead =
  | { readonly ok: true; readonly head: TreeHead }
  | { readonly ok: false; readonly code: VerificationFault; readonly reason: string };

/** Signed by one of these certificates of the centre. */
export async function openHead(jws: string, certificates: readonly X509Certificate[]): Promise<OpenedHead> {
  const verified = await verify('tps-tree-head', jws, { by: 'certificates', certificates });
  if (!verified.ok) return verified;
  const parsed = TreeHead.safeParse(verified.payload);
  if (!parsed.success) return { ok: false, code: 'malformed', reason: parsed.error.message };
  return { ok: true, head: parsed.data };
}
