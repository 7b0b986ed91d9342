import { z } from 'zod';
import { OFFICER_CODE, ROLES } from '#contract/officers/officer-register.ts';

/**
 * The polling stations that get a kit: where each is, how many voters its list has, and who works there.
 * It knows no names of persons; an officer is a code and a role.
 */

/** From the largest to the smallest; the code of each begins with the code of the one above it. */
export const LEVELS = ['provinsi', 'kota', 'kecamatan', 'kelurahan'] as const;
export type Level = (typeof LEVELS)[number];

/** Codes of the Ministry of Home Affairs (Kemendagri), with dots: 16, 16.71, 16.71.01, 16.71.01.1001. */
export const REGION_CODE: Readonly<Record<Level, RegExp>> = {
  provinsi: /^\d{2}$/,
  kota: /^\d{2}\.\d{2}$/,
  kecamatan: /^\d{2}\.\d{2}\.\d{2}$/,
  kelurahan: /^\d{2}\.\d{2}\.\d{2}\.\d{4}$/,
};

const Region = z
  .strictObject({
    code: z.string().refine((code) => levelOf(code) !== null, 'a code of Kemendagri, with dots'),
    name: z.string().min(1).max(80),
  })
  .readonly();
export type Region = z.infer<typeof Region>;

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

export function levelOf(code: string): Level | null {
  return LEVELS.find((level) => REGION_CODE[level].test(code)) ?? null;
}

export function tpsCode(kelurahan: string, number: number): string {
  return `${kelurahan.replaceAll('.', '')}${String(number).padStart(3, '0')}`;
}

/** The code of the region of that level in which a TPS lies. */
export function regionOf(tps: string, level: Level): string {
  const codes = [tps.slice(0, 2), tps.slice(2, 4), tps.slice(4, 6), tps.slice(6, 10)];
  return codes.slice(0, LEVELS.indexOf(level) + 1).join('.');
}

/** How the regions of a TPS are called; the schema has seen that each is there. */
export function regionNames({ regions }: TpsRegister): (tps: string, level: Level) => string {
  const names = new Map(regions.map(({ code, name }) => [code, name]));
  return (tps, level) => {
    const name = names.get(regionOf(tps, level));
    if (name === undefined) throw new Error(`the register has no region ${regionOf(tps, level)}`);
    return name;
  };
}

/** The number of a TPS in its kelurahan. */
export function numberOf(tps: string): number {
  return Number(tps.slice(10));
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
