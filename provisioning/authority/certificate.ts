import 'reflect-metadata';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  cryptoProvider,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  type Extension,
  type JsonGeneralNames,
  type JsonName,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
  X509CrlGenerator,
  X509CrlReason,
} from '@peculiar/x509';

/** A certificate and the key it speaks for, both as PEM (the key PKCS #8). */
export interface Issued {
  readonly certificate: string;
  readonly key: string;
}

export interface Validity {
  readonly from: Date;
  readonly until: Date;
}

/**
 * Whom a certificate speaks for; also the organizational unit of its subject, by which records and
 * receipts tell a kit from central. The name becomes the common name, and at the broker the user.
 */
export type Holder =
  | { readonly role: 'broker'; readonly name: string; readonly hosts: readonly string[] }
  | { readonly role: 'central'; readonly name: string }
  | { readonly role: 'provisioning'; readonly name: string }
  | { readonly role: 'kit'; readonly name: string };

/** A certificate that counts no more, by the serial number in it (hex). */
export interface Revoked {
  readonly serial: string;
  readonly at: Date;
}

/** Ed25519 throughout: TLS 1.3 of Mosquitto, OpenSSL and Node takes it, and a kit needs one key only. */
const ALGORITHM = { name: 'Ed25519' } as const;
const ORGANISATION = 'tps-kit';

cryptoProvider.set(crypto);

/** The root: vouches for issuing keys only, and lies in a safe. */
export async function createRoot(name: string, validity: Validity): Promise<Issued> {
  const keys = await generateKeys();
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: subject(name, 'root'),
    notBefore: validity.from,
    notAfter: validity.until,
    signingAlgorithm: ALGORITHM,
    keys,
    extensions: [...vouching(1), await SubjectKeyIdentifierExtension.create(keys.publicKey)],
  });
  return { certificate: pemOf(certificate), key: await keyPem(keys.privateKey) };
}

/** A key that issues certificates in the root's name, and can itself make no further issuing key. */
export function createIssuing(root: Issued, name: string, validity: Validity): Promise<Issued> {
  return certify(root, subject(name, 'issuing'), validity, vouching(0));
}

export function issueCertificate(issuer: Issued, holder: Holder, validity: Validity): Promise<Issued> {
  return certify(issuer, subject(holder.name, holder.role), validity, [
    new BasicConstraintsExtension(false, undefined, true),
    new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
    ...purposeOf(holder),
  ]);
}

/** The list of what an issuer has taken back (RFC 5280 CRL), as PEM. It never runs out: a kit's night must not hang on a date. */
export async function revocationList(issuer: Issued, revoked: readonly Revoked[], at: Date): Promise<string> {
  const certificate = new X509Certificate(issuer.certificate);
  const list = await X509CrlGenerator.create({
    issuer: certificate.subjectName,
    thisUpdate: at,
    nextUpdate: certificate.notAfter,
    signingAlgorithm: ALGORITHM,
    signingKey: await importKey(issuer.key),
    extensions: [await AuthorityKeyIdentifierExtension.create(certificate.publicKey)],
    entries: revoked.map(({ serial, at: revocationDate }) => ({
      serialNumber: serial,
      revocationDate,
      reason: X509CrlReason.cessationOfOperation,
    })),
  });
  // The label of RFC 7468, which the library does not use.
  return `${PemConverter.encode(list.rawData, 'X509 CRL')}\n`;
}

async function certify(
  issuer: Issued,
  name: JsonName,
  validity: Validity,
  extensions: readonly Extension[],
): Promise<Issued> {
  const vouches = new X509Certificate(issuer.certificate);
  const keys = await generateKeys();
  const certificate = await X509CertificateGenerator.create({
    subject: name,
    issuer: vouches.subjectName,
    notBefore: validity.from,
    notAfter: validity.until,
    signingAlgorithm: ALGORITHM,
    publicKey: keys.publicKey,
    signingKey: await importKey(issuer.key),
    extensions: [
      ...extensions,
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
      await AuthorityKeyIdentifierExtension.create(vouches.publicKey),
    ],
  });
  return { certificate: pemOf(certificate), key: await keyPem(keys.privateKey) };
}

function subject(name: string, unit: string): JsonName {
  return [{ CN: [name] }, { OU: [unit] }, { O: [ORGANISATION] }];
}

/** A certificate that may vouch for others, with so many issuers between it and them. */
function vouching(between: number): readonly Extension[] {
  return [
    new BasicConstraintsExtension(true, between, true),
    new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
  ];
}

function purposeOf(holder: Holder): readonly Extension[] {
  switch (holder.role) {
    case 'broker':
      return [
        new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
        new SubjectAlternativeNameExtension(holder.hosts.map(generalNameOf)),
      ];
    case 'central':
    case 'kit':
      return [new ExtendedKeyUsageExtension([ExtendedKeyUsage.clientAuth])];
    case 'provisioning':
      return [];
  }
}

function generalNameOf(host: string): JsonGeneralNames[number] {
  return /^[0-9.]+$|:/.test(host) ? { type: 'ip', value: host } : { type: 'dns', value: host };
}

async function generateKeys(): Promise<CryptoKeyPair> {
  return (await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])) as CryptoKeyPair;
}

async function importKey(pem: string): Promise<CryptoKey> {
  return crypto.subtle.importKey('pkcs8', PemConverter.decodeFirst(pem), ALGORITHM, false, ['sign']);
}

async function keyPem(key: CryptoKey): Promise<string> {
  return `${PemConverter.encode(await crypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY')}\n`;
}

function pemOf(certificate: X509Certificate): string {
  return `${certificate.toString('pem')}\n`;
}
