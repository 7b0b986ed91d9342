import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { syncFolder, type Written, writeDurably } from '#provisioning/durable-file.ts';
import { readJsonFile, writeJsonFile } from '#provisioning/json-file.ts';

/**
 * What was issued for each kit, in a folder of its name under `kits/` of the authority:
 *
 *     issued.json          what it is: IssuedKit
 *     kit.crt kit.key      its certificates and its one key, for TLS and for records
 *     enrolment.jws …      what else the kit is given (provisioning/issue/)
 *     loaded.json          that a stick with it was made, and when last
 *     accepted.json        what the kit said of itself: Accepted
 *     revoked.json         that it counts no more
 *
 * A folder comes into being whole, by one rename: a kit is issued or it is not.
 */
export const KITS = 'kits';

export const KIT_ID = /^[a-z0-9-]{3,40}$/;

export const IssuedKit = z
  .strictObject({
    schema: z.literal(1),
    kit: z.string().regex(KIT_ID),
    tps: z.string().regex(/^[0-9]{13}$/),
    /** sha256 and serial number of the certificate, hex. */
    thumbprint: z.string().regex(/^[0-9a-f]{64}$/),
    serial: z.string().regex(/^[0-9a-f]+$/),
    issuedAt: z.iso.datetime(),
    validUntil: z.iso.datetime(),
  })
  .readonly();
export type IssuedKit = z.infer<typeof IssuedKit>;

const Revocation = z
  .strictObject({ schema: z.literal(1), at: z.iso.datetime(), reason: z.string().min(1).max(200) })
  .readonly();
export type Revocation = z.infer<typeof Revocation>;

const Loaded = z.strictObject({ schema: z.literal(1), at: z.iso.datetime() }).readonly();

const Accepted = z
  .strictObject({
    schema: z.literal(1),
    at: z.iso.datetime(),
    version: z.string(),
    /** What does not work, and why; empty where the kit is ready. */
    faults: z.array(z.string()).readonly(),
  })
  .readonly();
export type Accepted = z.infer<typeof Accepted>;

export interface KeptKit {
  readonly issued: IssuedKit;
  /** A stick was made for it. */
  readonly isLoaded: boolean;
  /** What it last said of itself; null where it has not said anything. */
  readonly accepted: Accepted | null;
  /** null while it counts. */
  readonly revocation: Revocation | null;
}

/** Puts a kit's files in place, all at once. 'there': the kit has its folder already, and nothing was changed. */
export async function placeKit(
  authority: string,
  issued: IssuedKit,
  files: Readonly<Record<string, string>>,
): Promise<'placed' | 'there'> {
  const kits = join(authority, KITS);
  const temporary = join(kits, `.${issued.kit}.writing`);
  await rm(temporary, { recursive: true, force: true });
  await mkdir(temporary, { recursive: true, mode: 0o700 });
  const all = { ...files, 'issued.json': `${JSON.stringify(issued, null, 1)}\n` };
  for (const [name, text] of Object.entries(all)) await writeDurably(join(temporary, name), text);
  await syncFolder(temporary);
  try {
    await rename(temporary, join(kits, issued.kit));
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    if (isCode(error, 'ENOTEMPTY') || isCode(error, 'EEXIST')) return 'there';
    throw error;
  }
  await syncFolder(kits);
  return 'placed';
}

/** Every kit ever issued, in the order of their names. Rejects where a file is damaged: who reads half would issue twice. */
export async function keptKits(authority: string): Promise<readonly KeptKit[]> {
  const names = await readdir(join(authority, KITS)).catch((error: unknown) => {
    if (isCode(error, 'ENOENT')) return [];
    throw error;
  });
  const kept: KeptKit[] = [];
  for (const name of names.filter((one) => KIT_ID.test(one)).toSorted()) kept.push(await keptKit(authority, name));
  return kept;
}

export function markRevoked(authority: string, kit: string, revocation: Omit<Revocation, 'schema'>): Promise<Written> {
  return mark(authority, kit, REVOKED, revocation);
}

export function markLoaded(authority: string, kit: string, at: Date): Promise<Written> {
  return mark(authority, kit, LOADED, { at: at.toISOString() });
}

export function markAccepted(authority: string, kit: string, accepted: Omit<Accepted, 'schema'>): Promise<Written> {
  return mark(authority, kit, ACCEPTED, accepted);
}

const REVOKED = 'revoked.json';
const LOADED = 'loaded.json';
const ACCEPTED = 'accepted.json';

function mark(authority: string, kit: string, file: string, content: object): Promise<Written> {
  return writeJsonFile(join(authority, KITS, kit), file, { schema: 1, ...content });
}

async function keptKit(authority: string, kit: string): Promise<KeptKit> {
  const at = (name: string) => join(authority, KITS, kit, name);
  const issued = await readJsonFile(at('issued.json'), IssuedKit);
  if (issued?.kit !== kit) throw new Error(`${at('issued.json')} is not what was issued for ${kit}`);
  return {
    issued,
    isLoaded: (await readJsonFile(at(LOADED), Loaded)) !== null,
    accepted: await readJsonFile(at(ACCEPTED), Accepted),
    revocation: await readJsonFile(at(REVOKED), Revocation),
  };
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
