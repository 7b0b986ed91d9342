import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { EnvelopeFault } from './envelope.ts';
import { Mode } from './record.ts';
import { digestOf, ENVELOPE_LIMIT, type Signer, sign, type Trust, verify } from './signature.ts';

/**
 * What a kit hands over by hand when no network comes: records and pictures in one file, for a USB stick.
 * Four parts, one after another: the line FIRST_LINE; a line with the manifest, signed by the kit; a line
 * for each record, its envelope as the kit holds it; the bytes of the pictures. Order and number of the
 * last two are the manifest's, so that nothing can be changed, left out or cut off unnoticed.
 */
export const BundleManifest = z
  .strictObject({
    schema: z.literal(1),
    kit: z.string(),
    tps: z.string(),
    mode: Mode,
    /** Digests of the records, in the order of their numbers. */
    records: z
      .array(z.string().regex(/^[0-9a-f]{64}$/))
      .min(1)
      .max(10_000)
      .readonly(),
    pictures: z
      .array(z.strictObject({ sha256: z.string().regex(/^[0-9a-f]{64}$/), bytes: z.int().positive() }).readonly())
      .readonly(),
  })
  .readonly();
export type BundleManifest = z.infer<typeof BundleManifest>;

export interface Bundle {
  readonly manifest: BundleManifest;
  /** Envelopes of the records. */
  readonly records: readonly string[];
  readonly pictures: readonly PlacedPicture[];
}

/** A picture and where in the file its bytes begin. */
export interface PlacedPicture {
  readonly sha256: string;
  readonly bytes: number;
  readonly at: number;
}

/** Bytes that lie somewhere, read piece by piece: a bundle does not fit into a kit's memory. */
export interface ByteSource {
  readonly length: number;
  read(at: number, count: number): Promise<Uint8Array>;
}

export type OpenedBundle =
  | { readonly ok: true; readonly bundle: Bundle }
  /** not-a-bundle: another file. torn: too short or too long. altered: a part is not what the kit signed. */
  | { readonly ok: false; readonly code: 'not-a-bundle' | 'torn' | 'altered' | EnvelopeFault; readonly reason: string };

const FIRST_LINE = 'tps-bundle 1';
/** Bytes read at once. */
const PIECE = 1024 * 1024;

/** All that stands before the pictures. */
export async function bundleHead(manifest: BundleManifest, records: readonly string[], kit: Signer): Promise<string> {
  const { jws } = await sign('tps-bundle', manifest, kit);
  return `${[FIRST_LINE, jws, ...records].join('\n')}\n`;
}

/** Verifies all of a bundle, every byte of its pictures too, before any of it may be used. */
export async function openBundle(source: ByteSource, trust: Trust): Promise<OpenedBundle> {
  const lines = linesOf(source);
  if ((await lines.next()).text !== FIRST_LINE) return refuse('not-a-bundle', 'this is no bundle of a kit');
  const verified = await verify('tps-bundle', (await lines.next()).text ?? '', trust);
  if (!verified.ok) return verified;
  const parsed = BundleManifest.safeParse(verified.payload);
  if (!parsed.success) return refuse('bad-schema', parsed.error.message);
  const { data: manifest } = parsed;
  if (manifest.kit !== verified.signer) return refuse('foreign', `${verified.signer} signed it for ${manifest.kit}`);
  const records: string[] = [];
  let at = 0;
  for (const digest of manifest.records) {
    const line = await lines.next();
    if (line.text === null) return refuse('torn', `record ${records.length + 1} is missing`);
    if (digestOf(line.text) !== digest) return refuse('altered', `record ${records.length + 1} is not what was signed`);
    records.push(line.text);
    at = line.end;
  }
  return withPictures(source, manifest, records, at);
}

async function withPictures(
  source: ByteSource,
  manifest: BundleManifest,
  records: readonly string[],
  from: number,
): Promise<OpenedBundle> {
  const pictures: PlacedPicture[] = [];
  let at = from;
  for (const { sha256, bytes } of manifest.pictures) {
    pictures.push({ sha256, bytes, at });
    at += bytes;
  }
  if (at !== source.length) return refuse('torn', `it has ${source.length} bytes and should have ${at}`);
  for (const picture of pictures) {
    if ((await hashOf(source, picture)) !== picture.sha256)
      return refuse('altered', `picture ${picture.sha256} is not what was signed`);
  }
  return { ok: true, bundle: { manifest, records, pictures } };
}

async function hashOf(source: ByteSource, { at, bytes }: PlacedPicture): Promise<string> {
  const hash = createHash('sha256');
  for (let done = 0; done < bytes; done += PIECE) {
    hash.update(await source.read(at + done, Math.min(PIECE, bytes - done)));
  }
  return hash.digest('hex');
}

/** The next line, and where the one after it begins; null where none ends within what an envelope may have. */
function linesOf(source: ByteSource): { next(): Promise<{ readonly text: string | null; readonly end: number }> } {
  let at = 0;
  return {
    async next() {
      const bytes = await source.read(at, Math.min(ENVELOPE_LIMIT + 1, source.length - at));
      const length = bytes.indexOf(0x0a);
      if (length < 0) return { text: null, end: at };
      at += length + 1;
      return { text: Buffer.from(bytes.subarray(0, length)).toString('latin1'), end: at };
    },
  };
}

function refuse<Code extends string>(code: Code, reason: string) {
  return { ok: false, code, reason } as const;
}
