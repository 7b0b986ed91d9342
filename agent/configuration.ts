import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { Mode } from '#contract/wire/record.ts';

const BrokerUrl = z.string().regex(/^mqtts:\/\/.+/, 'an mqtts:// address: results travel over TLS only');
const BrokerUrls = z.preprocess(
  (given) => (typeof given === 'string' ? [given] : given),
  z
    .tuple([BrokerUrl], BrokerUrl)
    .refine(({ length }) => length <= 3, 'at most three addresses')
    .readonly(),
);

/** The rest of it is for starting the seeing process anew on a busy kit. */
const READ_LIMIT_S = 20;

const Bcm = z.int().min(0).max(27);

const SerialDevice = z
  .strictObject({ path: z.string().startsWith('/'), baudRate: z.int().min(300).max(921_600).default(9_600) })
  .readonly();

/** px */
const Size = z.strictObject({ width: z.int().min(640).max(16_000), height: z.int().min(480).max(16_000) }).readonly();

const Camera = z.discriminatedUnion('kind', [
  /** The photos of a folder one after another. */
  z.strictObject({ kind: z.literal('folder'), folder: z.string().min(1) }),
  /** Every device is simulated, and a page shows the kit on its table. */
  z.strictObject({ kind: z.literal('tray'), folder: z.string().min(1) }),
  /** On a Raspberry Pi's CSI connector; without a size all that the sensor has. */
  z.strictObject({ kind: z.literal('csi'), size: Size.optional() }),
  /** A webcam by its lasting name under /dev/v4l/by-id/ or by-path/, and controls of it that are to be fixed. */
  z.strictObject({
    kind: z.literal('uvc'),
    device: z.string().startsWith('/'),
    size: Size,
    controls: z
      .record(z.string().regex(/^[a-z0-9_]+$/, 'a control as v4l2-ctl --list-ctrls names it'), z.int())
      .readonly()
      .optional(),
  }),
]);

/** What a technician sets for one kit. Paths are relative to the configuration file. */
const Configuration = z.strictObject({
  kit: z.string().regex(/^[a-z0-9-]{3,40}$/, 'a kit id: lower-case letters, digits and dashes'),
  tps: z.string().regex(/^[0-9]{13}$/, 'the public TPS code, 13 digits'),
  mode: Mode,
  /** Forms this TPS fills, by definition id. */
  forms: z.array(z.string().min(1)).min(1).readonly(),
  /** Folder of the kit's store and pictures, on a disk that survives a power cut. */
  data: z.string().min(1),
  /** Mount point of a USB stick that holds a second copy of the store. */
  copy: z.string().min(1).optional(),
  camera: Camera.readonly(),
  /** Seconds after which the reading of a photo is given up. A Raspberry Pi takes about two; an emulated machine far more. */
  readLimit: z.int().min(5).max(600).default(READ_LIMIT_S),
  /** Register of who may work with the kit (contract/officers/); without one nobody is asked who he is. */
  officers: z.string().min(1).optional(),
  /** BCM numbers of the header's lines; without them keys, lamps and buzzer are those of the screen. */
  gpio: z
    .strictObject({
      /** Label of the chip (/sys/class/gpio/gpiochipN/label) where it is not that of a Raspberry Pi. */
      chip: z.string().min(1).optional(),
      keys: z.strictObject({ PINDAI: Bcm, YA: Bcm, ULANG: Bcm }).readonly(),
      lamps: z.strictObject({ green: Bcm, amber: Bcm, red: Bcm }).readonly(),
      buzzer: Bcm,
    })
    .readonly()
    .optional(),
  /** Devices on serial lines, by their lasting names under /dev/serial/by-id/. */
  barcode: SerialDevice.optional(),
  printer: SerialDevice.optional(),
  slip: z
    .strictObject({
      /** Slips of one document; without it one for each witness and one for the KPPS. */
      copies: z.int().min(1).max(20).optional(),
      /** Characters of a line: 32 on paper of 58 mm, 48 on 80 mm. */
      columns: z.int().min(32).max(64).default(32),
      /** Address at which the centre answers for a record's digest, which is put at its end. */
      checkAt: z
        .url({ protocol: /^https$/ })
        .max(80)
        .optional(),
    })
    .readonly()
    .default({ columns: 32 }),
  panel: z.strictObject({ port: z.int().min(0).max(65_535) }).readonly(),
  broker: z
    .strictObject({
      /** One address, or up to three of which the next is tried when one does not answer. */
      url: BrokerUrls,
      ca: z.string().min(1),
      certificate: z.string().min(1),
      key: z.string().min(1),
    })
    .readonly(),
  signing: z.strictObject({ certificate: z.string().min(1), key: z.string().min(1) }).readonly(),
  /** Central's certificate: a receipt counts only with its signature. Its sealing key: personal data is for it alone. */
  central: z.strictObject({ certificate: z.string().min(1), sealing: z.string().min(1) }).readonly(),
});
export type Configuration = z.infer<typeof Configuration>;

export type LoadedConfiguration =
  | { readonly ok: true; readonly configuration: Configuration }
  | { readonly ok: false; readonly reason: string };

/** Where a command looks for the configuration: here, or where an installed kit has it. */
export function configurationFile(): string {
  return existsSync('kit.json') ? 'kit.json' : '/etc/tps-kit/kit.json';
}

/** Reads the kit's configuration; a bad one is refused with the field and the reason. */
export function loadConfiguration(file: string): LoadedConfiguration {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    return { ok: false, reason: `${file}: ${error instanceof Error ? error.message : String(error)}` };
  }
  const parsed = Configuration.safeParse(json);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `  ${issue.path.join('.') || '(whole file)'}: ${issue.message}`);
    return { ok: false, reason: `${file} is not a kit configuration:\n${faults.join('\n')}` };
  }
  return { ok: true, configuration: withAbsolutePaths(parsed.data, dirname(resolve(file))) };
}

/** Folder of the store: practice and official results never share one. */
export function storeFolder({ data, mode }: Configuration): string {
  return join(data, mode);
}

/** Folder of a store's copy on the stick. */
export function copyFolder(copy: string, kit: string, mode: string): string {
  return join(copy, kit, mode);
}

function withAbsolutePaths(configuration: Configuration, folder: string): Configuration {
  const at = (path: string) => resolve(folder, path);
  const { broker, signing, central, camera } = configuration;
  return {
    ...configuration,
    data: at(configuration.data),
    ...(configuration.copy === undefined ? {} : { copy: at(configuration.copy) }),
    ...(configuration.officers === undefined ? {} : { officers: at(configuration.officers) }),
    camera: 'folder' in camera ? { ...camera, folder: at(camera.folder) } : camera,
    broker: { ...broker, ca: at(broker.ca), certificate: at(broker.certificate), key: at(broker.key) },
    signing: { certificate: at(signing.certificate), key: at(signing.key) },
    central: { certificate: at(central.certificate), sealing: at(central.sealing) },
  };
}
