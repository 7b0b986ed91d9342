import { webcrypto } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createRoot, type Holder, type Issued, issueCertificate } from '#provisioning/authority/certificate.ts';
import { sampleRecord } from '#test/sample-record.ts';
import { openReceipt, openRecord, signReceipt, signRecord } from './envelope.ts';
import type { Receipt } from './receipt.ts';
import { certificatesOf, digestOf, sign, signerOf, verify } from './signature.ts';

const NOW = new Date('2024-11-27T12:00:00Z');
const VALIDITY = { from: new Date('2024-11-01T00:00:00Z'), until: new Date('2025-11-01T00:00:00Z') };
const KIT = 'palembang-0001';

const root = await createRoot('root', VALIDITY);
const roots = certificatesOf(root.certificate);
const signer = ({ certificate, key }: Issued) => signerOf(certificate, key);
const issued = (holder: Holder) => issueCertificate(root, holder, VALIDITY);
const kit = signer(await issued({ role: 'kit', name: KIT }));
const otherKit = signer(await issued({ role: 'kit', name: 'palembang-0002' }));
const central = signer(await issued({ role: 'central', name: 'central-signing' }));

const RECEIPT: Receipt = {
  kind: 'record',
  kit: KIT,
  sequence: 1,
  digest: 'd'.repeat(64),
  committedAt: '2024-11-27T12:00:00.000Z',
};

describe('a signed record', () => {
  it('is opened with nothing but the root, and its digest is that of the string as sent', async () => {
    const { jws, digest } = await signRecord(sampleRecord({}), kit);
    const opened = await openRecord(jws, roots, NOW);
    expect(opened).toMatchObject({ ok: true, record: sampleRecord({}), digest });
    expect(digestOf(jws)).toBe(digest);
  });

  it('names the model that read the words, or none where no words were read', async () => {
    for (const record of [sampleRecord({}), sampleRecord({ wordsModel: 'c'.repeat(64) })]) {
      const { jws } = await signRecord(record, kit);
      expect(await openRecord(jws, roots, NOW)).toMatchObject({ ok: true, record });
    }
    const { jws } = await signRecord(sampleRecord({}), kit);
    const opened = await openRecord(jws, roots, NOW);
    expect(opened.ok && 'wordsModel' in opened.record).toBe(false);
  });

  it('is no longer one when a single character of it changes', async () => {
    const { jws } = await signRecord(sampleRecord({}), kit);
    for (let n = 0; n < jws.length; n += 97) {
      const changed = `${jws.slice(0, n)}${jws[n] === 'A' ? 'B' : 'A'}${jws.slice(n + 1)}`;
      expect((await openRecord(changed, roots, NOW)).ok).toBe(false);
    }
  });

  it('has one spelling only: the same bytes written another way are refused', async () => {
    const { jws } = await signRecord(sampleRecord({}), kit);
    const spellings = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
      .split('')
      .map((last) => jws.slice(0, -1) + last);
    const opened = await Promise.all(spellings.map((spelling) => openRecord(spelling, roots, NOW)));
    expect(opened.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await openRecord(`${jws}=`, roots, NOW)).toMatchObject({ ok: false, code: 'malformed' });
  });

  it('counts only from the kit it names', async () => {
    const { jws } = await signRecord(sampleRecord({}), otherKit);
    expect(await openRecord(jws, roots, NOW)).toMatchObject({ ok: false, code: 'foreign' });
  });

  it('counts only with a certificate of a kit: central cannot sign one', async () => {
    const { jws } = await signRecord(sampleRecord({ kit: 'central-signing' }), central);
    expect(await openRecord(jws, roots, NOW)).toMatchObject({ ok: false, code: 'untrusted' });
  });

  it('does not count with a certificate another authority issued', async () => {
    const stranger = await createRoot('root', VALIDITY);
    const forger = signer(await issueCertificate(stranger, { role: 'kit', name: KIT }, VALIDITY));
    const { jws } = await signRecord(sampleRecord({}), forger);
    expect(await openRecord(jws, roots, NOW)).toMatchObject({ ok: false, code: 'untrusted' });
  });

  it('does not count with a certificate that a kit issued', async () => {
    const kitAsRoot = await issued({ role: 'kit', name: KIT });
    const forged = await issueCertificate(kitAsRoot, { role: 'kit', name: 'palembang-0003' }, VALIDITY);
    const forger = signerOf(`${forged.certificate}${kitAsRoot.certificate}`, forged.key);
    const { jws } = await signRecord(sampleRecord({ kit: 'palembang-0003' }), forger);
    expect(await openRecord(jws, roots, NOW)).toMatchObject({ ok: false, code: 'untrusted' });
  });

  it('does not count when somebody else’s certificate is put before another’s signature', async () => {
    const { jws } = await sign('tps-record', sampleRecord({}), { key: otherKit.key, certificates: kit.certificates });
    expect(await openRecord(jws, roots, NOW)).toMatchObject({ ok: false, code: 'bad-signature' });
  });

  it.each([new Date('2024-10-31T23:59:59Z'), new Date('2025-11-01T00:00:01Z')])(
    'does not count at a time its certificate does not cover: %s',
    async (at) => {
      const { jws } = await signRecord(sampleRecord({}), kit);
      expect(await openRecord(jws, roots, at)).toMatchObject({ ok: false, code: 'out-of-date' });
    },
  );

  it('is refused, with the field, when it is signed but not what this version understands', async () => {
    const { jws } = await sign('tps-record', { ...sampleRecord({}), version: 0 }, kit);
    const opened = await openRecord(jws, roots, NOW);
    expect(opened).toMatchObject({ ok: false, code: 'bad-schema', reason: expect.stringContaining('version') });
  });

  it.each(['', 'a.b.c', '{}', 'x'.repeat(600_000)])('is not any other text', async (text) => {
    expect(await openRecord(text, roots, NOW)).toMatchObject({ ok: false, code: 'malformed' });
  });

  it('is never taken for a receipt, nor a receipt for a record', async () => {
    const { jws } = await signRecord(sampleRecord({}), kit);
    expect(await openReceipt(jws, kit.certificates, KIT)).toMatchObject({ ok: false, code: 'malformed' });
    const receipt = await sign('tps-receipt', sampleRecord({}), kit);
    expect(await openRecord(receipt.jws, roots, NOW)).toMatchObject({ ok: false, code: 'malformed' });
  });
});

describe('a receipt', () => {
  it('is opened with central’s own certificate, whatever the clock says', async () => {
    const { jws } = await signReceipt(RECEIPT, central);
    expect(await openReceipt(jws, central.certificates, KIT)).toEqual({ ok: true, receipt: RECEIPT });
  });

  it('counts neither for another kit nor from another signer', async () => {
    const { jws } = await signReceipt(RECEIPT, central);
    expect(await openReceipt(jws, central.certificates, 'palembang-0002')).toMatchObject({ code: 'foreign' });
    const forged = await signReceipt(RECEIPT, kit);
    expect(await openReceipt(forged.jws, central.certificates, KIT)).toMatchObject({ code: 'untrusted' });
  });
});

describe('a signer', () => {
  it('needs the key of its own certificate', async () => {
    const [one, two] = [await issued({ role: 'kit', name: KIT }), await issued({ role: 'kit', name: KIT })];
    expect(() => signerOf(one.certificate, two.key)).toThrow('does not belong');
  });

  it('may rest on an issuing key between it and the root', async () => {
    const { certificate, key } = await issuingKey();
    const leaf = await issueCertificate({ certificate, key }, { role: 'kit', name: KIT }, VALIDITY);
    const { jws } = await signRecord(sampleRecord({}), signerOf(`${leaf.certificate}${certificate}`, leaf.key));
    expect(await openRecord(jws, roots, NOW)).toMatchObject({ ok: true });
    const alone = await signRecord(sampleRecord({}), signerOf(leaf.certificate, leaf.key));
    expect(await openRecord(alone.jws, roots, NOW)).toMatchObject({ ok: false, code: 'untrusted' });
  });

  it('is not asked for by algorithm: an envelope that names another is refused', async () => {
    const { jws } = await signRecord(sampleRecord({}), kit);
    const [head = '', body, signature] = jws.split('.');
    const header = JSON.parse(Buffer.from(head, 'base64url').toString());
    for (const alg of ['none', 'HS256']) {
      const other = Buffer.from(JSON.stringify({ ...header, alg })).toString('base64url');
      const trust = { by: 'roots', roots, role: 'kit', at: NOW } as const;
      expect(await verify('tps-record', `${other}.${body}.${signature}`, trust)).toMatchObject({ ok: false });
    }
  });
});

async function issuingKey(): Promise<Issued> {
  const { X509CertificateGenerator, X509Certificate, BasicConstraintsExtension, KeyUsagesExtension, PemConverter } =
    await import('@peculiar/x509');
  const keys = (await webcrypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])) as CryptoKeyPair;
  const rootKey = PemConverter.decodeFirst(root.key);
  const certificate = await X509CertificateGenerator.create({
    subject: 'CN=issuing',
    issuer: new X509Certificate(root.certificate).subjectName,
    notBefore: VALIDITY.from,
    notAfter: VALIDITY.until,
    signingAlgorithm: { name: 'Ed25519' },
    publicKey: keys.publicKey,
    signingKey: await crypto.subtle.importKey('pkcs8', rootKey, 'Ed25519', false, ['sign']),
    extensions: [new BasicConstraintsExtension(true, 0, true), new KeyUsagesExtension(32, true)],
  });
  const key = PemConverter.encode(await crypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY');
  return { certificate: `${certificate.toString('pem')}\n`, key };
}
