import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sealPicture, unsealPicture } from './sealed-picture.ts';

const central = generateKeyPairSync('x25519');
const stranger = generateKeyPairSync('x25519');

describe('a sealed picture', () => {
  it('is for the holder of the private key, byte for byte', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 5_000 }), async (jpeg) => {
        const opened = await unsealPicture(await sealPicture(jpeg, central.publicKey), central.privateKey);
        expect(opened.ok && Buffer.from(opened.jpeg).equals(jpeg)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it('shows nothing of what is in it, and is never the same twice', async () => {
    const jpeg = Buffer.from('NIK 1671010101010001 '.repeat(40));
    const [one, two] = [await sealPicture(jpeg, central.publicKey), await sealPicture(jpeg, central.publicKey)];
    expect(Buffer.from(one).equals(two)).toBe(false);
    expect(Buffer.from(one).includes('NIK') || Buffer.from(one).includes(jpeg.toString('base64url', 0, 30))).toBe(
      false,
    );
  });

  it('is closed to anybody else', async () => {
    const sealed = await sealPicture(Buffer.from('picture'), central.publicKey);
    expect(await unsealPicture(sealed, stranger.privateKey)).toMatchObject({ ok: false });
  });

  it('that was changed on its way does not open', async () => {
    const sealed = Buffer.from(await sealPicture(Buffer.from('picture'), central.publicKey)).toString();
    const [header, key, iv, text, tag] = sealed.split('.');
    const changed = [header, key, iv, `${text?.startsWith('A') ? 'B' : 'A'}${text?.slice(1)}`, tag].join('.');
    expect(await unsealPicture(Buffer.from(changed), central.privateKey)).toMatchObject({ ok: false });
  });

  it('is not a photo that was never sealed', async () => {
    expect(await unsealPicture(Uint8Array.of(0xff, 0xd8, 0xff), central.privateKey)).toMatchObject({ ok: false });
  });
});
