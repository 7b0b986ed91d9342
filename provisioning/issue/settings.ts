import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { Mode } from '#contract/wire/record.ts';
import { replaceFile, type Written } from '#provisioning/durable-file.ts';

/** What is the same for every kit of this election, set once by `init`; in the working folder, for people to read. */
export const SETTINGS_FILE = 'pengaturan.json';

export const IssueSettings = z
  .strictObject({
    schema: z.literal(1),
    /** Addresses under which kits reach the broker, the next tried when one does not answer. */
    brokers: z
      .array(z.string().regex(/^mqtts:\/\/[^\s/]+$/, 'mqtts://host:port'))
      .min(1)
      .max(3)
      .readonly(),
    mode: Mode,
    forms: z.array(z.string().min(1)).min(1).readonly(),
    validUntil: z.iso.datetime(),
    /** Parts of a kit's configuration that tell what is built into it: camera, gpio, barcode, printer, slip. */
    devices: z.record(z.string(), z.unknown()).readonly(),
  })
  .readonly();
export type IssueSettings = z.infer<typeof IssueSettings>;

export type LoadedSettings =
  | { readonly ok: true; readonly settings: IssueSettings }
  | { readonly ok: false; readonly code: 'none' | 'damaged'; readonly reason: string };

/** The kit of the design: a CSI camera, three keys, three lamps and a buzzer on the header (BCM numbers). */
export const USUAL_DEVICES: IssueSettings['devices'] = {
  camera: { kind: 'csi' },
  gpio: {
    keys: { PINDAI: 5, YA: 6, ULANG: 13 },
    lamps: { green: 17, amber: 27, red: 22 },
    buzzer: 18,
  },
};

export async function loadSettings(folder: string): Promise<LoadedSettings> {
  const file = join(folder, SETTINGS_FILE);
  try {
    return { ok: true, settings: IssueSettings.parse(JSON.parse(await readFile(file, 'utf8'))) };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      return { ok: false, code: 'none', reason: `${file} is not there` };
    }
    return { ok: false, code: 'damaged', reason: `${file}: ${error instanceof Error ? error.message : error}` };
  }
}

export function saveSettings(folder: string, settings: IssueSettings): Promise<Written> {
  return replaceFile(folder, SETTINGS_FILE, `${JSON.stringify(settings, null, 2)}\n`);
}
