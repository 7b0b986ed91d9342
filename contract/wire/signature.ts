import { createHash, createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { CompactSign, compactVerify, decodeProtectedHeader } from 'jose';
import { z } from 'zod';

/**
 * Signed envelopes: compact JWS, EdDSA over Ed25519. The header carries the signer's certificates
 * (x5c, leaf first, without the root), so that a record can be verified years later with nothing
 * but the root in hand; `kid` is the leaf's sha256 thumbprint in hex, `typ` keeps a receipt from
 * ever passing for a record. Signed bytes are never re-encoded: who stores one stores the string.
 */

/** What an envelope holds. */
export type EnvelopeType =
  | 'tps-record'
  | 'tps-receipt'
  | 'tps-bundle'
  | 'tps-update'
  | 'tps-enrolment'
  | 'tps-acceptance'
  | 'tps-tree-head';

/** Who a certificate speaks for: its subject's organizational unit. */
export type SignerRole = 'kit' | 'central' | 'provisioning';

/** A key that signs and the certificates that vouch for it: its own first, issuers after, no root. */
export interface Signer {
  readonly key: KeyObject;
  readonly certificates: readonly X509Certificate[];
}

/** An envelope and its digest, by which receipts and the next record name it. */
export interface Signed {
  readonly jws: string;
  readonly digest: string;
}

/**
 * malformed: not an envelope of this type at all. untrusted: no chain of certificates from the
 * signer to a root we hold, or a signer in another role. out-of-date: a certificate of the chain
 * is not valid at that time. bad-signature: the bytes are not what the certificate's key signed.
 */
export type VerificationFault = 'malformed' | 'untrusted' | 'out-of-date' | 'bad-signature';

export type Verification =
  | {
      readonly ok: true;
      readonly payload: unknown;
      readonly digest: string;
      /** Common name of the signer's certificate: the kit id of a kit. */
      readonly signer: string;
      /** sha256 of the signer's certificate, hex; a register can revoke by it. */
      readonly thumbprint: string;
    }
  | { readonly ok: false; readonly code: VerificationFault; readonly reason: string };

/** Longest envelope looked at, characters: a record of eight pages takes about 30,000. */
export const ENVELOPE_LIMIT = 512 * 1024;
/** Leaf, issuing key, and one to spare; the root is not among them. */
const CHAIN_LIMIT = 3;

const Header = z.object({
  alg: z.literal('EdDSA'),
  typ: z.string(),
  kid: z.string(),
  x5c: z.array(z.string()).min(1).max(CHAIN_LIMIT),
});

/** Reads a signer from PEM text: one or more certificates, the signer's own first, and its key. Throws on bad PEM or a key that is not the certificate's. */
export function signerOf(certificatesPem: string, keyPem: string): Signer {
  const key = createPrivateKey(keyPem);
  const certificates = certificatesOf(certificatesPem);
  if (!certificates[0]?.checkPrivateKey(key)) throw new Error('the key does not belong to the certificate');
  return { key, certificates };
}

/** Every certificate in a PEM text, in its order, one at least. Throws on bad PEM: who trusts nobody refuses everybody. */
export function certificatesOf(pem: string): readonly X509Certificate[] {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g);
  if (!blocks) throw new Error('there is no certificate in it (PEM)');
  return blocks.map((block) => new X509Certificate(block));
}

/** Whom a certificate names, and in which role; each empty where it does not say, or says more than one. */
export function holderOf(certificate: X509Certificate): { readonly name: string; readonly role: string } {
  return { name: subjectOf(certificate, 'CN'), role: subjectOf(certificate, 'OU') };
}

/** sha256 of an envelope, as sent, in lower-case hex. */
export function digestOf(jws: string): string {
  return createHash('sha256').update(jws, 'ascii').digest('hex');
}

/** sha256 of a certificate, lower-case hex. */
export function thumbprintOf(certificate: X509Certificate): string {
  return createHash('sha256').update(certificate.raw).digest('hex');
}

export async function sign(type: EnvelopeType, payload: unknown, signer: Signer): Promise<Signed> {
  const [leaf] = signer.certificates;
  if (!leaf) throw new Error('a signer needs its certificate');
  const jws = await new CompactSign(new TextEncoder().encode(JSON.stringify(payload)))
    .setProtectedHeader({
      alg: 'EdDSA',
      typ: type,
      kid: thumbprintOf(leaf),
      x5c: signer.certificates.map((certificate) => certificate.raw.toString('base64')),
    })
    .sign(signer.key);
  return { jws, digest: digestOf(jws) };
}

/** What a verifier holds to be true. */
export type Trust =
  /** Any signer of that role whose certificates lead to one of the roots, all valid at that time. */
  | { readonly by: 'roots'; readonly roots: readonly X509Certificate[]; readonly role: SignerRole; readonly at: Date }
  /**
   * These signers and no other; no dates are looked at, since a kit without a clock of its own
   * must not refuse a true receipt.
   */
  | { readonly by: 'certificates'; readonly certificates: readonly X509Certificate[] };

/** Verifies an envelope from outside. The payload is still unknown: parse it before use. */
export async function verify(type: EnvelopeType, jws: string, trust: Trust): Promise<Verification> {
  const chain = chainIn(type, jws);
  const [leaf] = chain ?? [];
  if (!chain || !leaf) return refuse('malformed', `this is not a signed ${type}`);
  const fault = trust.by === 'roots' ? faultOfChain(chain, trust) : faultOfPin(leaf, trust.certificates);
  if (fault) return fault;
  const bytes = await signedBytes(jws, leaf);
  if (!bytes) return refuse('bad-signature', 'the signature does not match the content');
  const payload = jsonIn(bytes);
  if (payload === undefined) return refuse('malformed', 'the content is not JSON');
  return {
    ok: true,
    payload,
    digest: digestOf(jws),
    signer: subjectOf(leaf, 'CN'),
    thumbprint: thumbprintOf(leaf),
  };
}

function refuse(code: VerificationFault, reason: string): Extract<Verification, { ok: false }> {
  return { ok: false, code, reason };
}

function chainIn(type: EnvelopeType, jws: string): readonly X509Certificate[] | null {
  if (jws.length > ENVELOPE_LIMIT || !jws.split('.').every(isCanonical)) return null;
  try {
    const header = Header.parse(decodeProtectedHeader(jws));
    const chain = header.x5c.map((der) => new X509Certificate(Buffer.from(der, 'base64')));
    const [leaf] = chain;
    return header.typ === type && leaf && thumbprintOf(leaf) === header.kid ? chain : null;
  } catch {
    return null;
  }
}

/** Two spellings of the same bytes would be two digests of one record. */
function isCanonical(part: string): boolean {
  return Buffer.from(part, 'base64url').toString('base64url') === part;
}

type Fault = Extract<Verification, { ok: false }>;

function faultOfPin(leaf: X509Certificate, pinned: readonly X509Certificate[]): Fault | null {
  if (pinned.some((certificate) => certificate.raw.equals(leaf.raw))) return null;
  return refuse('untrusted', `signed by "${subjectOf(leaf, 'CN')}", whom this verifier does not know`);
}

function faultOfChain(chain: readonly X509Certificate[], trust: Extract<Trust, { by: 'roots' }>): Fault | null {
  const [leaf] = chain;
  const last = chain.at(-1);
  if (!leaf || !last) return refuse('malformed', 'no certificate');
  const links = chain.every((certificate, n) => {
    const issuer = chain[n + 1];
    return issuer === undefined || isIssuedBy(certificate, issuer);
  });
  const root = trust.roots.find((candidate) => isIssuedBy(last, candidate));
  if (!links || !root) return refuse('untrusted', `nothing we trust vouches for "${subjectOf(leaf, 'CN')}"`);
  if (leaf.ca || subjectOf(leaf, 'OU') !== trust.role) {
    return refuse('untrusted', `"${subjectOf(leaf, 'CN')}" holds no certificate of a ${trust.role}`);
  }
  if ([...chain, root].every((certificate) => isValidAt(certificate, trust.at))) return null;
  return refuse('out-of-date', `a certificate of "${subjectOf(leaf, 'CN')}" is not valid on ${trust.at.toISOString()}`);
}

function isIssuedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  return issuer.ca && certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
}

function isValidAt(certificate: X509Certificate, at: Date): boolean {
  return certificate.validFromDate <= at && at <= certificate.validToDate;
}

/** One field of a certificate's subject; empty where it has none or several. */
function subjectOf(certificate: X509Certificate, field: 'CN' | 'OU'): string {
  const values = certificate.subject.split('\n').filter((line) => line.startsWith(`${field}=`));
  return values.length === 1 ? (values[0] ?? '').slice(field.length + 1) : '';
}

async function signedBytes(jws: string, leaf: X509Certificate): Promise<Uint8Array | null> {
  try {
    return (await compactVerify(jws, leaf.publicKey, { algorithms: ['EdDSA'] })).payload;
  } catch {
    return null;
  }
}

function jsonIn(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}
