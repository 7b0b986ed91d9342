import { certificatesOf, thumbprintOf } from '#contract/wire/signature.ts';
import { type OpenAuthority, withIssuer } from './authority.ts';
import { type Issued, issueCertificate, type Validity } from './certificate.ts';
import { type IssuedKit, KIT_ID, placeKit } from './kit-files.ts';

export interface KitOrder {
  readonly kit: string;
  readonly tps: string;
  readonly validity: Validity;
  readonly at: Date;
}

export type KitResult =
  | { readonly ok: true; readonly issued: IssuedKit }
  | { readonly ok: false; readonly code: 'kit-exists' | 'bad-kit-id' | 'bad-tps'; readonly reason: string };

/** What else a kit is given, by file name, once its certificate is known. */
export type MoreFiles = (identity: Issued, issued: IssuedKit) => Promise<Readonly<Record<string, string>>>;

/** Issues a kit's key and certificate, whole or not at all, and never twice. The register is written apart (kit-register.ts). */
export async function issueKit(
  authority: OpenAuthority,
  { kit, tps, validity, at }: KitOrder,
  more: MoreFiles = async () => ({}),
): Promise<KitResult> {
  if (!KIT_ID.test(kit) || kit.startsWith('central')) {
    return {
      ok: false,
      code: 'bad-kit-id',
      reason: `"${kit}" is no kit id: 3 to 40 lower-case letters, digits, dashes`,
    };
  }
  if (!/^[0-9]{13}$/.test(tps)) return { ok: false, code: 'bad-tps', reason: `"${tps}" is no TPS code of 13 digits` };
  const own = await issueCertificate(authority.issuing, { role: 'kit', name: kit }, validity);
  const [certificate] = certificatesOf(own.certificate);
  if (!certificate) throw new Error('a certificate was issued that cannot be read');
  const issued: IssuedKit = {
    schema: 1,
    kit,
    tps,
    thumbprint: thumbprintOf(certificate),
    serial: certificate.serialNumber.toLowerCase(),
    issuedAt: at.toISOString(),
    validUntil: validity.until.toISOString(),
  };
  const identity = withIssuer(own, authority.issuing);
  const files = { 'kit.crt': identity.certificate, 'kit.key': identity.key, ...(await more(identity, issued)) };
  const placed = await placeKit(authority.folder, issued, files);
  return placed === 'placed'
    ? { ok: true, issued }
    : { ok: false, code: 'kit-exists', reason: `${kit} is issued already` };
}
