import { z } from 'zod';

/** Regions and polling stations by their codes. */

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

export const Region = z
  .strictObject({
    code: z.string().refine((code) => levelOf(code) !== null, 'a code of Kemendagri, with dots'),
    name: z.string().min(1).max(80),
  })
  .readonly();
export type Region = z.infer<typeof Region>;

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

/** How the regions of a TPS are called; throws for one that is not there. */
export function regionNames({
  regions,
}: {
  readonly regions: readonly Region[];
}): (tps: string, level: Level) => string {
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
