import type { X509Certificate } from 'node:crypto';
import type { z } from 'zod';
import { Receipt } from './receipt.ts';
import { ResultRecord } from './record.ts';
import { type Signed, type Signer, sign, type Verification, type VerificationFault, verify } from './signature.ts';

/** Records and receipts in their envelopes: verified first, then parsed, then held against who signed. */

/** bad-schema: signed, but not what this version understands. foreign: signed by another than it speaks of. */
export type EnvelopeFault = VerificationFault | 'bad-schema' | 'foreign';

export type OpenedRecord =
  | { readonly ok: true; readonly record: ResultRecord; readonly digest: string; readonly thumbprint: string }
  | { readonly ok: false; readonly code: EnvelopeFault; readonly reason: string };

export type OpenedReceipt =
  | { readonly ok: true; readonly receipt: Receipt }
  | { readonly ok: false; readonly code: EnvelopeFault; readonly reason: string };

export function signRecord(record: ResultRecord, kit: Signer): Promise<Signed> {
  return sign('tps-record', record, kit);
}

/** Opens a record at central: signed by the very kit it names, with a certificate our roots vouch for at that time. */
export async function openRecord(jws: string, roots: readonly X509Certificate[], at: Date): Promise<OpenedRecord> {
  const verified = await verify('tps-record', jws, { by: 'roots', roots, role: 'kit', at });
  const parsed = parse(verified, ResultRecord);
  if (!parsed.ok) return parsed;
  const { value: record, verified: by } = parsed;
  if (record.kit !== by.signer) {
    return { ok: false, code: 'foreign', reason: `${by.signer} signed a record of ${record.kit}` };
  }
  return { ok: true, record, digest: by.digest, thumbprint: by.thumbprint };
}

export function signReceipt(receipt: Receipt, central: Signer): Promise<Signed> {
  return sign('tps-receipt', receipt, central);
}

/** Opens a receipt on a kit: signed with one of the certificates of central it was given, and meant for this kit. */
export async function openReceipt(
  jws: string,
  central: readonly X509Certificate[],
  kit: string,
): Promise<OpenedReceipt> {
  const verified = await verify('tps-receipt', jws, { by: 'certificates', certificates: central });
  const parsed = parse(verified, Receipt);
  if (!parsed.ok) return parsed;
  if (parsed.value.kit !== kit) {
    return { ok: false, code: 'foreign', reason: `a receipt for ${parsed.value.kit}, not for ${kit}` };
  }
  return { ok: true, receipt: parsed.value };
}

type Parsed<T> =
  | { readonly ok: true; readonly value: T; readonly verified: Extract<Verification, { ok: true }> }
  | { readonly ok: false; readonly code: EnvelopeFault; readonly reason: string };

function parse<T>(verified: Verification, schema: z.ZodType<T>): Parsed<T> {
  if (!verified.ok) return verified;
  const parsed = schema.safeParse(verified.payload);
  if (parsed.success) return { ok: true, value: parsed.data, verified };
  const [issue] = parsed.error.issues;
  return { ok: false, code: 'bad-schema', reason: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}` };
}
