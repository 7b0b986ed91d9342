import type { X509Certificate } from 'node:crypto';
import { z } from 'zod';
import type { EnvelopeFault } from './envelope.ts';
import { type Signer, sign, verify } from './signature.ts';

/** What a kit says of itself before it leaves the warehouse, signed with its own key. */
const Part = z
  .strictObject({
    part: z.string().min(1).max(80),
    ok: z.boolean(),
    /** How it is, in a few words. */
    says: z.string().max(2_000),
  })
  .readonly();

export const Acceptance = z
  .strictObject({
    schema: z.literal(1),
    kit: z.string(),
    tps: z.string(),
    /** Of the kit's own clock. */
    at: z.iso.datetime(),
    /** Of its program. */
    version: z.string().min(1).max(100),
    parts: z.array(Part).min(1).max(60).readonly(),
  })
  .readonly();
export type Acceptance = z.infer<typeof Acceptance>;

export type OpenedAcceptance =
  | { readonly ok: true; readonly acceptance: Acceptance; readonly thumbprint: string }
  | { readonly ok: false; readonly code: EnvelopeFault; readonly reason: string };

export async function signAcceptance(acceptance: Acceptance, kit: Signer): Promise<string> {
  return (await sign('tps-acceptance', acceptance, kit)).jws;
}

/** Opens one in the warehouse: signed by the very kit it names. */
export async function openAcceptance(
  jws: string,
  roots: readonly X509Certificate[],
  at: Date,
): Promise<OpenedAcceptance> {
  const verified = await verify('tps-acceptance', jws.trim(), { by: 'roots', roots, role: 'kit', at });
  if (!verified.ok) return verified;
  const parsed = Acceptance.safeParse(verified.payload);
  if (!parsed.success) return { ok: false, code: 'bad-schema', reason: z.prettifyError(parsed.error) };
  if (parsed.data.kit !== verified.signer) {
    return { ok: false, code: 'foreign', reason: `${verified.signer} signed it for ${parsed.data.kit}` };
  }
  return { ok: true, acceptance: parsed.data, thumbprint: verified.thumbprint };
}
