import { createHash, type X509Certificate } from 'node:crypto';
import { z } from 'zod';
import type { FormDefinition } from '#contract/form/definition.ts';
import { OfficerRegister } from '#contract/officers/officer-register.ts';
import type { EnvelopeFault } from './envelope.ts';
import { Mode } from './record.ts';
import { certificatesOf, holderOf, type Signer, sign, verify } from './signature.ts';

/**
 * All that makes a machine the kit of one TPS, but for its private key, which travels beside it: written and signed
 * by provisioning, carried on a stick, taken once by the kit.
 */
const Pem = z.string().startsWith('-----BEGIN ').max(8_000);
const Name = z.string().min(1).max(80);

export const Enrolment = z
  .strictObject({
    schema: z.literal(1),
    kit: z.string().regex(/^[a-z0-9-]{3,40}$/, 'a kit id'),
    tps: z.string().regex(/^[0-9]{13}$/, 'a TPS code of 13 digits'),
    /** Where the TPS is, as a technician reads it on the screen. */
    place: z
      .strictObject({ provinsi: Name, kota: Name, kecamatan: Name, kelurahan: Name, number: z.int().min(1).max(999) })
      .readonly(),
    issuedAt: z.iso.datetime(),
    /** The certificates run out then, and nobody begins with it any more. */
    validUntil: z.iso.datetime(),
    mode: Mode,
    /** Forms of this TPS, each with the sha256 of its definition: the kit's program must hold the very same. */
    forms: z
      .array(z.strictObject({ id: z.string().min(1), sha256: z.string().regex(/^[0-9a-f]{64}$/) }).readonly())
      .min(1)
      .readonly(),
    /** The kit's certificate and that of its issuer. */
    certificate: Pem,
    broker: z
      .strictObject({ url: z.array(z.string().startsWith('mqtts://')).min(1).max(3).readonly(), root: Pem })
      .readonly(),
    central: z.strictObject({ certificate: Pem, sealing: Pem }).readonly(),
    officers: OfficerRegister,
    /** What else a kit's configuration says, by the names it has there: camera, gpio, barcode, printer, slip. The kit checks it. */
    devices: z.record(z.string(), z.unknown()).readonly(),
  })
  .superRefine(({ tps, officers }, context) => {
    if (officers.tps !== tps) context.addIssue({ code: 'custom', message: 'the officers are those of another TPS' });
  })
  .readonly();
export type Enrolment = z.infer<typeof Enrolment>;

export type OpenedEnrolment =
  | { readonly ok: true; readonly enrolment: Enrolment }
  | { readonly ok: false; readonly code: EnvelopeFault | 'expired'; readonly reason: string };

/** sha256 of a form's definition, lower-case hex. */
export function formDigest(form: FormDefinition): string {
  return createHash('sha256').update(JSON.stringify(form)).digest('hex');
}

/**
 * The root that an enrolment itself names, PEM, which proves nothing: a kit that trusts nobody yet shows its fingerprint
 * to a technician, who knows the right one. null where it names none.
 */
export function claimedRoot(jws: string): string | null {
  return claimed(jws, z.object({ broker: z.object({ root: Pem }) }))?.broker.root ?? null;
}

export async function signEnrolment(enrolment: Enrolment, provisioning: Signer): Promise<string> {
  return (await sign('tps-enrolment', enrolment, provisioning)).jws;
}

/**
 * Opens one on a kit that trusts these roots. A kit without a clock of its own may think it is years ago, so it is held
 * to be no earlier than the enrolment itself.
 */
export async function openEnrolment(
  jws: string,
  roots: readonly X509Certificate[],
  now: Date,
): Promise<OpenedEnrolment> {
  const at = new Date(Math.max(now.getTime(), claimedTime(jws)));
  const verified = await verify('tps-enrolment', jws, { by: 'roots', roots, role: 'provisioning', at });
  if (!verified.ok) return verified.code === 'out-of-date' ? { ...verified, code: 'expired' } : verified;
  const parsed = Enrolment.safeParse(verified.payload);
  if (!parsed.success) return { ok: false, code: 'bad-schema', reason: z.prettifyError(parsed.error) };
  const { data: enrolment } = parsed;
  if (at > new Date(enrolment.validUntil)) {
    return { ok: false, code: 'expired', reason: `it was valid until ${enrolment.validUntil}` };
  }
  const [own] = certificatesOf(enrolment.certificate);
  const holder = own && holderOf(own);
  if (holder?.role !== 'kit' || holder.name !== enrolment.kit) {
    return { ok: false, code: 'foreign', reason: `its certificate is that of "${holder?.name}", not ${enrolment.kit}` };
  }
  return { ok: true, enrolment };
}

/** When an envelope that is not yet verified says it was issued, ms since 1970; 0 where it does not say. */
function claimedTime(jws: string): number {
  const time = claimed(jws, z.object({ issuedAt: z.iso.datetime() }));
  return time ? Date.parse(time.issuedAt) : 0;
}

function claimed<T>(jws: string, schema: z.ZodType<T>): T | null {
  try {
    return schema.parse(JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString()));
  } catch {
    return null;
  }
}
