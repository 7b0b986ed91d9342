import { z } from 'zod';

/**
 * Which kit counts for which TPS: written by provisioning, read by central. A record from a kit
 * that is not listed, or for another TPS, is refused.
 */
export const KitRegister = z
  .strictObject({
    schema: z.literal(1),
    kits: z
      .array(
        z
          .strictObject({
            kit: z.string().regex(/^[a-z0-9-]{3,40}$/, 'a kit id'),
            tps: z.string().regex(/^[0-9]{13}$/, 'a TPS code of 13 digits'),
            /** sha256 of the kit's certificate, lower-case hex; another certificate of that name is not this kit. */
            thumbprint: z.string().regex(/^[0-9a-f]{64}$/),
          })
          .readonly(),
      )
      .readonly(),
    /** Kits that were taken out of service: what they send from then on is refused by name. */
    revoked: z
      .array(
        z
          .strictObject({
            kit: z.string().regex(/^[a-z0-9-]{3,40}$/, 'a kit id'),
            tps: z.string().regex(/^[0-9]{13}$/, 'a TPS code of 13 digits'),
            thumbprint: z.string().regex(/^[0-9a-f]{64}$/),
            at: z.iso.datetime(),
            /** Why, in a technician's words. */
            reason: z.string().min(1).max(200),
          })
          .readonly(),
      )
      .readonly()
      .default([]),
  })
  .readonly();
export type KitRegister = z.infer<typeof KitRegister>;
export type RegisteredKit = KitRegister['kits'][number];
export type RevokedKit = KitRegister['revoked'][number];
