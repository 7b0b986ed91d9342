import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';

const File = z.string().min(1, 'a path, absolute or beside the configuration file');

const Shape = z.strictObject({
  broker: z.strictObject({
    /** mqtts://host:port */
    url: z.string().regex(/^mqtts:\/\/.+/, 'a URL such as mqtts://broker.example:8883'),
    ca: File,
    certificate: File,
    key: File,
    /** Other receivers work beside this one, each with a certificate of its own: the broker deals the messages out. */
    shared: z.boolean().default(false),
  }),
  /** Certificate and key that sign receipts. */
  signing: z.strictObject({ certificate: File, key: File }),
  /** Roots to which a kit's certificate must lead. */
  roots: File,
  /** Register of kits, written by provisioning. */
  register: File,
  /** Register of all TPS, written by provisioning; without it the TPS that have a kit. */
  stations: File.nullable().default(null),
  /** postgres://… or a folder for the embedded database. */
  database: z.string().min(1, 'a postgres:// URL, or a folder for the embedded database'),
  /** Folder of the pictures. */
  pictures: File,
  /** null: this process receives, and shows no page. */
  http: z
    .strictObject({
      host: z.string().min(1).default('127.0.0.1'),
      /** 0 takes any free port. */
      port: z.int().min(0).max(65_535),
    })
    .nullable(),
});
export type Configuration = z.infer<typeof Shape>;

export type ConfigurationResult =
  | { readonly ok: true; readonly configuration: Configuration }
  | { readonly ok: false; readonly reason: string };

/** Reads the configuration; paths in it are made absolute against its own folder. The reason says what to do. */
export function readConfiguration(file: string): ConfigurationResult {
  const json = readJson(file);
  if (!json.ok) return json;
  const parsed = Shape.safeParse(json.value);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `  ${issue.path.join('.') || '(whole file)'}: ${issue.message}`);
    return {
      ok: false,
      reason: `${file} has to be put right (docs/central.md shows an example):\n${faults.join('\n')}`,
    };
  }
  return { ok: true, configuration: absolute(parsed.data, dirname(resolve(file))) };
}

function readJson(
  file: string,
): { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly reason: string } {
  try {
    return { ok: true, value: JSON.parse(readFileSync(file, 'utf8')) };
  } catch (error) {
    return { ok: false, reason: `${file} cannot be read as JSON: ${error instanceof Error ? error.message : error}` };
  }
}

function absolute(configuration: Configuration, folder: string): Configuration {
  const { broker, signing, database } = configuration;
  const at = (path: string) => resolve(folder, path);
  return {
    ...configuration,
    broker: { ...broker, ca: at(broker.ca), certificate: at(broker.certificate), key: at(broker.key) },
    signing: { certificate: at(signing.certificate), key: at(signing.key) },
    roots: at(configuration.roots),
    register: at(configuration.register),
    stations: configuration.stations && at(configuration.stations),
    pictures: at(configuration.pictures),
    database: /^postgres(ql)?:\/\//.test(database) ? database : at(database),
  };
}
