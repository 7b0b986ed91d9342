import { z } from 'zod';
import { LEVELS, Region, regionOf } from './region.ts';

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

/** Of these TPS alone, where nothing is known of them but their codes. */
export function stationRegisterOf(
  tps: readonly string[],
  nameOf: (code: string) => string = (code) => code,
): StationRegister {
  const all = [...new Set(tps)].toSorted();
  const codes = new Set(all.flatMap((one) => LEVELS.map((level) => regionOf(one, level))));
  return {
    schema: 1,
    regions: [...codes].toSorted().map((code) => ({ code, name: nameOf(code) })),
    stations: all.map((one) => ({ tps: one, dpt: { l: 0, p: 0 } })),
  };
}
