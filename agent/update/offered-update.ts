import { createHash, type X509Certificate } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { openUpdate, type UpdateManifest } from '#contract/wire/update.ts';

/** A package that the centre has signed, whole, where it was looked for. */
export interface OfferedPackage {
  readonly manifest: UpdateManifest;
  /** Path of the .deb. */
  readonly file: string;
}

export type PackageRefusal = {
  readonly ok: false;
  /**
   * none: no package lies there. unsigned: no .jws beside it. not-trusted: its .jws is not the centre's. torn: the
   * package is not the one that was signed.
   */
  readonly code: 'none' | 'unsigned' | 'not-trusted' | 'torn';
  readonly reason: string;
};

export type CheckedPackage = { readonly ok: true; readonly offered: OfferedPackage } | PackageRefusal;

/** Packages of the kit's program in a folder, or the one that is named. */
export async function packagesAt(path: string): Promise<readonly string[]> {
  const found = await stat(path).catch(() => null);
  if (!found) return [];
  if (!found.isDirectory()) return [path];
  return (await readdir(path)).filter((name) => /^tps-kit_.+\.deb$/.test(name)).map((name) => join(path, name));
}

/** Whether a package is whole and the centre's. */
export async function checkPackage(file: string, central: readonly X509Certificate[]): Promise<CheckedPackage> {
  const jws = await readFile(`${file}.jws`, 'utf8').catch(() => null);
  if (jws === null) return { ok: false, code: 'unsigned', reason: `${file}.jws is not there` };
  const opened = await openUpdate(jws.trim(), central);
  if (!opened.ok) return { ok: false, code: 'not-trusted', reason: `${file}.jws: ${opened.reason}` };
  const { manifest } = opened;
  const torn = (reason: string): PackageRefusal => ({ ok: false, code: 'torn', reason: `${file}: ${reason}` });
  const bytes = await stat(file).then(
    ({ size }) => size,
    () => 0,
  );
  if (bytes !== manifest.bytes) return torn(`${bytes} bytes instead of ${manifest.bytes}`);
  if ((await sha256Of(file)) !== manifest.sha256) return torn('it is not the package that was signed');
  return { ok: true, offered: { manifest, file } };
}

export async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
