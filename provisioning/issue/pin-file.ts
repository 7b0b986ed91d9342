import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { PIN, ROLES } from '#contract/officers/officer-register.ts';
import { KITS } from '#provisioning/authority/kit-files.ts';
import { syncFolder, writeDurably } from '#provisioning/durable-file.ts';
import { readJsonFile } from '#provisioning/json-file.ts';

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

/** null once they were forgotten. Rejects where the file is damaged. */
export function readPins(authority: string, kit: string): Promise<PinFile | null> {
  return readJsonFile(join(authority, KITS, kit, PIN_FILE), PinFile);
}

/** Overwrites and erases them. */
export async function forgetPins(authority: string, kit: string): Promise<void> {
  const folder = join(authority, KITS, kit);
  await writeDurably(join(folder, PIN_FILE), '');
  await rm(join(folder, PIN_FILE));
  await syncFolder(folder);
}
