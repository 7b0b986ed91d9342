import { z } from 'zod';
import { Region } from './region.ts';

/** Every polling station of the election, for central: written by provisioning. It knows no officers. */
export const StationRegister = z
  .strictObject({
    schema: z.literal(1),
    /** Provinsi, kota, kecamatan and kelurahan of all stations. */
    regions: z.array(Region).readonly(),
    stations: z
      .array(
        z
          .strictObject({
            /** 13 digits. */
            tps: z.string().regex(/^\d{10}(?!000)\d{3}$/),
            /** Voters on the permanent list (DPT), men and women. */
            dpt: z.strictObject({ l: z.int().min(0), p: z.int().min(0) }).readonly(),
          })
          .readonly(),
      )
      .readonly(),
  })
  .readonly();
export type StationRegister = z.infer<typeof StationRegister>;
