import { createHash, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { createRoot, issueCertificate } from '#provisioning/authority/certificate.ts';
import { sampleRecord } from '#test/sample-record.ts';
import { type BundleManifest, bundleHead, openBundle } from './bundle.ts';
import { signRecord } from './envelope.ts';
import { certificatesOf, type Signer, signerOf, type Trust } from './signature.ts';

const NOW = new Date('2024-11-27T12:00:00Z');
const VALIDITY = { from: new Date('2024-11-01T00:00:00Z'), until: new Date('2025-11-01T00:00:00Z') };
const KIT = 'palembang-0001';

const sourceOf = (bytes: Uint8Array) => ({
  length: bytes.length,
  read: async (at: number, count: number) => bytes.subarray(at, at + count),
});

describe('a bundle', () => {
  let kit: Signer;
  let trust: Trust;
  let pictures: readonly Buffer[];
  let records: readonly string[];
  let manifest: BundleManifest;
  let bytes: Buffer;

  beforeAll(async () => {
    const root = await createRoot('root', VALIDITY);
    const issued = await issueCertificate(root, { role: 'kit', name: KIT }, VALIDITY);
    kit = signerOf(issued.certificate, issued.key);
    trust = { by: 'roots', roots: certificatesOf(root.certificate), role: 'kit', at: NOW };
    pictures = [randomBytes(300), randomBytes(1)];
    const signed = [await signRecord(sampleRecord({}), kit), await signRecord(sampleRecord({ sequence: 2 }), kit)];
    records = signed.map(({ jws }) => jws);
    manifest = {
      ...{ schema: 1, kit: KIT, tps: '1671010001001', mode: 'latihan' },
      records: signed.map(({ digest }) => digest),
      pictures: pictures.map((picture) => ({
        sha256: createHash('sha256').update(picture).digest('hex'),
        bytes: picture.length,
      })),
    };
    bytes = Buffer.concat([Buffer.from(await bundleHead(manifest, records, kit)), ...pictures]);
  });

  it('gives back the records and the pictures it was made of', async () => {
    const opened = await openBundle(sourceOf(bytes), trust);
    expect(opened).toMatchObject({ ok: true, bundle: { manifest, records } });
    if (!opened.ok) return;
    const taken = opened.bundle.pictures.map(({ at, bytes: length }) => bytes.subarray(at, at + length));
    expect(taken.map((picture) => picture.toString('hex'))).toEqual(pictures.map((picture) => picture.toString('hex')));
  });

  it('is none any more when any byte of it is changed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.integer({ min: 1, max: 255 }), async (where, change) => {
        const changed = Buffer.from(bytes);
        const at = where % changed.length;
        changed[at] = (changed[at] ?? 0) ^ change;
        expect((await openBundle(sourceOf(changed), trust)).ok).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it('is none any more when it is cut off or goes on', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), async (where) => {
        const cut = bytes.subarray(0, where % bytes.length);
        expect((await openBundle(sourceOf(cut), trust)).ok).toBe(false);
      }),
      { numRuns: 100 },
    );
    const longer = Buffer.concat([bytes, Buffer.from('x')]);
    expect(await openBundle(sourceOf(longer), trust)).toMatchObject({ ok: false, code: 'torn' });
  });

  it('counts only with the signature of the kit it names, and is told from any other file', async () => {
    const named = { ...manifest, kit: 'palembang-0002' };
    const foreign = Buffer.concat([Buffer.from(await bundleHead(named, records, kit)), ...pictures]);
    expect(await openBundle(sourceOf(foreign), trust)).toMatchObject({ ok: false, code: 'foreign' });
    const late: Trust = { ...trust, at: new Date('2026-01-01T00:00:00Z') } as Trust;
    expect(await openBundle(sourceOf(bytes), late)).toMatchObject({ ok: false, code: 'out-of-date' });
    const other = await openBundle(sourceOf(Buffer.from('%PDF-1.7\n')), trust);
    expect(other).toMatchObject({ ok: false, code: 'not-a-bundle' });
  });
});
