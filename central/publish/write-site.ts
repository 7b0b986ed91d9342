import { createWriteStream } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { PictureFiles } from '../picture-files.ts';
import type { RecordLog } from '../record-log.ts';
import type { Publication, SiteFile } from './publication.ts';
import { siteOf } from './site.ts';
import { tablesOf } from './tables.ts';

export interface SiteParts {
  readonly publication: Publication;
  readonly pictures: PictureFiles;
  readonly log: RecordLog;
  /** PEM, by the name that the public finds them under: what an auditor trusts. */
  readonly certificates: Readonly<Record<string, string>>;
}

export interface WrittenSite {
  /** Files that are new or say something else than before. */
  readonly changed: number;
  readonly files: number;
  readonly pictures: number;
}

const STYLE = new URL('./gaya.css', import.meta.url);

/**
 * Brings a folder up to date with the results. Each file is put in place by one rename, pictures before the pages that show
 * them and the front page last: whoever reads meanwhile finds no broken page.
 */
export async function writeSite(folder: string, parts: SiteParts): Promise<WrittenSite> {
  const pictures = await writePictures(folder, parts);
  await writeLog(folder, parts);
  const files: readonly SiteFile[] = [
    { path: 'gaya.css', text: await readFile(STYLE, 'utf8') },
    ...Object.entries(parts.certificates).map(([name, text]) => ({ path: `catatan/${name}`, text })),
    ...tablesOf(parts.publication),
    ...siteOf(parts.publication),
  ];
  let changed = 0;
  for (const { path, text } of files) if (await writeChanged(join(folder, path), text)) changed += 1;
  return { changed, files: files.length, pictures };
}

/** Those that no page shows any more are taken away. */
async function writePictures(folder: string, { publication, pictures }: SiteParts): Promise<number> {
  const at = join(folder, 'pictures');
  await mkdir(at, { recursive: true });
  const shown = new Set(
    publication.results.flatMap(({ records }) =>
      [...records.values()].flatMap((record) => record.pictures.map(({ sha256 }) => `${sha256}.jpg`)),
    ),
  );
  const there = new Set(await readdir(at));
  for (const name of there) if (!shown.has(name)) await rm(join(at, name));
  for (const name of shown) {
    const picture = there.has(name) ? null : await pictures.read(name.slice(0, 64));
    if (picture) await placed(join(at, name), (part) => pipeline(picture.stream(), createWriteStream(part)));
  }
  return shown.size;
}

async function writeLog(folder: string, { log }: SiteParts): Promise<void> {
  const lines = Readable.from(textOf(log));
  await mkdir(join(folder, 'catatan'), { recursive: true });
  await placed(join(folder, 'catatan', 'catatan.jsonl'), (part) => pipeline(lines, createWriteStream(part)));
  await writeChanged(join(folder, 'catatan', 'kepala.jws'), `${(await log.head()).jws}\n`);
}

async function* textOf(log: RecordLog): AsyncGenerator<string> {
  for await (const line of log.lines()) yield `${JSON.stringify(line)}\n`;
}

async function writeChanged(file: string, text: string): Promise<boolean> {
  const before = await readFile(file, 'utf8').catch(() => null);
  if (before === text) return false;
  await mkdir(dirname(file), { recursive: true });
  await placed(file, (part) => writeFile(part, text));
  return true;
}

async function placed(file: string, write: (part: string) => Promise<void>): Promise<void> {
  const part = `${file}.part`;
  await write(part);
  await rename(part, file);
}

/** Whether that folder may be written to: it is not there yet, empty, or one that was published before. */
export async function isOurs(folder: string): Promise<boolean> {
  const found = await readdir(folder).catch(() => []);
  const isPublished = await stat(join(folder, 'catatan', 'catatan.jsonl')).catch(() => null);
  return found.length === 0 || isPublished !== null;
}
