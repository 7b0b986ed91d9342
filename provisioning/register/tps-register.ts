import { z } from 'zod';
import { OFFICER_CODE, ROLES } from '#contract/officers/officer-register.ts';
import { LEVELS, Region, regionOf } from '#contract/region.ts';

/**
 * The polling stations that get a kit: where each is, how many voters its list has, and who works there.
 * It knows no names of persons; an officer is a code and a role.
 */

const Place = z
  .strictObject({
    /** 13 digits: kelurahan (10 digits of its Kemendagri code) and the number of the TPS in it (3 digits). */
    tps: z.string().regex(/^\d{10}(?!000)\d{3}$/, 'a TPS code of 13 digits'),
    /** Voters on the permanent list (DPT), men and women. The form has three boxes for their sum, too. */
    dpt: z
      .strictObject({ l: z.int().min(0), p: z.int().min(0) })
      .refine(({ l, p }) => l + p <= 999, 'more voters than the form has boxes for')
      .readonly(),
    officers: z
      .array(
        z
          .strictObject({
            code: z.string().max(40).regex(OFFICER_CODE),
            role: z.enum(ROLES),
          })
          .readonly(),
      )
      .min(1)
      .max(30)
      .readonly(),
  })
  .readonly();
export type RegisteredTps = z.infer<typeof Place>;

export const TpsRegister = z
  .strictObject({
    /** In the order of their codes, each once; every TPS has its four. */
    regions: z.array(Region).readonly(),
    /** In the order of their codes, each once. */
    places: z.array(Place).readonly(),
  })
  .superRefine(({ regions, places }, context) => {
    const refuse = (message: string) => context.addIssue({ code: 'custom', message });
    const known = new Set(regions.map(({ code }) => code));
    if (known.size !== regions.length) refuse('a region is there twice');
    if (new Set(places.map(({ tps }) => tps)).size !== places.length) refuse('a TPS is there twice');
    const orphan = places.find(({ tps }) => !LEVELS.every((level) => known.has(regionOf(tps, level))));
    if (orphan) refuse(`TPS ${orphan.tps} lies in a region that is not there`);
  })
  .readonly();
export type TpsRegister = z.infer<typeof TpsRegister>;

/** The most voters on the list of one TPS: KPU for the Pilkada of 2024. The form only warns of more. */
export const LONGEST_LIST = 600;

/** A register in its one order. */
export function registerOf(regions: readonly Region[], places: readonly RegisteredTps[]): TpsRegister {
  return {
    regions: regions.toSorted((a, b) => compareText(a.code, b.code)),
    places: places.toSorted((a, b) => compareText(a.tps, b.tps)),
  };
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
