import type { X509Certificate } from 'node:crypto';
import { z } from 'zod';
import type { EnvelopeFault } from './envelope.ts';
import { type Signer, sign, verify } from './signature.ts';

/**
 * What the centre says of a new program for its kits: a small file beside the Debian package, of its name and `.jws`,
 * signed with the same key as receipts. A kit installs no package without one.
 */
export const UpdateManifest = z
  .strictObject({
    schema: z.literal(1),
    package: z.literal('tps-kit'),
    /** As Debian writes versions, deb-version(7). */
    version: z
      .string()
      .max(100)
      .regex(/^[0-9][0-9A-Za-z.+~-]*$/),
    architecture: z.enum(['arm64', 'amd64']),
    bytes: z.int().positive(),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
  })
  .readonly();
export type UpdateManifest = z.infer<typeof UpdateManifest>;

export type OpenedUpdate =
  | { readonly ok: true; readonly manifest: UpdateManifest }
  | { readonly ok: false; readonly code: EnvelopeFault; readonly reason: string };

export async function signUpdate(manifest: UpdateManifest, central: Signer): Promise<string> {
  return (await sign('tps-update', manifest, central)).jws;
}

/** Opens one on a kit: signed with one of the certificates of central it was given. */
export async function openUpdate(jws: string, central: readonly X509Certificate[]): Promise<OpenedUpdate> {
  const verified = await verify('tps-update', jws, { by: 'certificates', certificates: central });
  if (!verified.ok) return verified;
  const parsed = UpdateManifest.safeParse(verified.payload);
  if (!parsed.success) return { ok: false, code: 'bad-schema', reason: parsed.error.message };
  return { ok: true, manifest: parsed.data };
}
