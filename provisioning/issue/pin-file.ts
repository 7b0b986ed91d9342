import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { PIN, ROLES } from '#contract/officers/officer-register.ts';
import { KITS } from '#provisioning/authority/kit-files.ts';

/** PINs of the officers of one TPS, for their letter; the kit holds only hashes. */
export const PIN_FILE = 'pins.json';

export const PinFile = z
  .strictObject({
    schema: z.literal(1),
    kit: z.string(),
    tps: z.string().regex(/^[0-9]{13}$/),
    pins: z
      .array(z.strictObject({ code: z.string(), role: z.enum(ROLES), pin: z.string().regex(PIN) }).readonly())
      .min(1)
      .readonly(),
  })
  .readonly();
export type PinFile = z.infer<typeof PinFile>;

/** Rejects where it is missing or damaged: PINs cannot be made again. */
export async function readPins(authority: string, kit: string): Promise<PinFile> {
  return PinFile.parse(JSON.parse(await readFile(join(authority, KITS, kit, PIN_FILE), 'utf8')));
}
