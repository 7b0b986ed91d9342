import 'reflect-metadata';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  cryptoProvider,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  type Extension,
  type JsonGeneralNames,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
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
  | { readonly role: 'kit'; readonly name: string };

/** Ed25519 throughout: TLS 1.3 of Mosquitto, OpenSSL and Node takes it, and a kit needs one key only. */
const ALGORITHM = { name: 'Ed25519' } as const;
const ORGANISATION = 'tps-kit';

cryptoProvider.set(crypto);

export async function createRoot(name: string, validity: Validity): Promise<Issued> {
  const keys = await generateKeys();
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: [{ CN: [name] }, { OU: ['root'] }, { O: [ORGANISATION] }],
    notBefore: validity.from,
    notAfter: validity.until,
    signingAlgorithm: ALGORITHM,
    keys,
    extensions: [
      new BasicConstraintsExtension(true, 1, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificate: pemOf(certificate), key: await keyPem(keys.privateKey) };
}

export async function issueCertificate(root: Issued, holder: Holder, validity: Validity): Promise<Issued> {
  const issuer = new X509Certificate(root.certificate);
  const keys = await generateKeys();
  const certificate = await X509CertificateGenerator.create({
    subject: [{ CN: [holder.name] }, { OU: [holder.role] }, { O: [ORGANISATION] }],
    issuer: issuer.subjectName,
    notBefore: validity.from,
    notAfter: validity.until,
    signingAlgorithm: ALGORITHM,
    publicKey: keys.publicKey,
    signingKey: await importKey(root.key),
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      ...purposeOf(holder),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
      await AuthorityKeyIdentifierExtension.create(issuer.publicKey),
    ],
  });
  return { certificate: pemOf(certificate), key: await keyPem(keys.privateKey) };
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
