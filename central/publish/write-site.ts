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
 * them, the front page last, and what no page shows any more removed after it: whoever reads meanwhile finds no broken page.
 */
export async function writeSite(folder: string, parts: SiteParts): Promise<WrittenSite> {
  const shown = shownIn(parts.publication);
  await writePictures(folder, shown, parts.pictures);
  await writeLog(folder, parts);
  const files: readonly SiteFile[] = [
    { path: 'gaya.css', text: await readFile(STYLE, 'utf8') },
    ...Object.entries(parts.certificates).map(([name, text]) => ({ path: `catatan/${name}`, text })),
    ...tablesOf(parts.publication),
    ...siteOf(parts.publication),
  ];
  let changed = 0;
  for (const { path, text } of files) if (await writeChanged(join(folder, path), text)) changed += 1;
  await removeUnshown(folder, shown);
  return { changed, files: files.length, pictures: shown.size };
}

/** Names of the files that the pages show. */
function shownIn({ results }: Publication): ReadonlySet<string> {
  const records = results.flatMap((result) => [...result.records.values()]);
  return new Set(records.flatMap(({ pictures }) => pictures.map(({ sha256 }) => `${sha256}.jpg`)));
}

async function writePictures(folder: string, shown: ReadonlySet<string>, pictures: PictureFiles): Promise<void> {
  const at = join(folder, 'pictures');
  await mkdir(at, { recursive: true });
  const there = new Set(await readdir(at));
  for (const name of shown) {
    const picture = there.has(name) ? null : await pictures.read(name.slice(0, 64));
    if (picture) await placed(join(at, name), (part) => pipeline(picture.stream(), createWriteStream(part)));
  }
}

async function removeUnshown(folder: string, shown: ReadonlySet<string>): Promise<void> {
  const at = join(folder, 'pictures');
  for (const name of await readdir(at)) if (!shown.has(name)) await rm(join(at, name));
}

async function writeLog(folder: string, { log }: SiteParts): Promise<void> {
  /** Of this very log: another one that is asked for afterwards may hold records that came meanwhile. */
  let head = '';
  async function* text(): AsyncGenerator<string> {
    for await (const line of log.lines()) {
      if ('head' in line) head = line.head;
      yield `${JSON.stringify(line)}\n`;
    }
  }
  await mkdir(join(folder, 'catatan'), { recursive: true });
  const lines = Readable.from(text());
  await placed(join(folder, 'catatan', 'catatan.jsonl'), (part) => pipeline(lines, createWriteStream(part)));
  await writeChanged(join(folder, 'catatan', 'kepala.jws'), `${head}\n`);
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
