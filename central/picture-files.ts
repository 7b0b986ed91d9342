import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';

/**
 * Pictures as files named by their sha256. Files and not database rows: at 1 MB a page they would be
 * nearly all of the database's log and its backups, they never change, and a content address is a name
 * S3-compatible storage can take over. Half-sent pictures lie apart, one folder a kit, so that no kit
 * can touch what another one sends.
 */
export interface PictureFiles {
  writeChunk(picture: PictureOfKit, offset: number, bytes: Uint8Array): Promise<void>;
  /** Checks the digest of what was written and, where it is right, makes it durable under its name. */
  finish(picture: PictureOfKit): Promise<'stored' | 'damaged'>;
  read(sha256: string): Promise<StoredPicture | null>;
}
export interface PictureOfKit {
  readonly kit: string;
  readonly sha256: string;
}
export interface StoredPicture {
  readonly bytes: number;
  stream(): Readable;
}

export function pictureFiles(folder: string): PictureFiles {
  const whole = (sha256: string) => join(folder, sha256.slice(0, 2), `${sha256}.jpg`);
  const part = ({ kit, sha256 }: PictureOfKit) => join(folder, 'arriving', kit, `${sha256}.part`);
  return {
    async writeChunk(picture, offset, bytes) {
      await mkdir(dirname(part(picture)), { recursive: true });
      // 'a' would ignore the offset and 'w' would cut the file; r+ needs it to exist.
      const file = await open(part(picture), 'r+').catch(() => open(part(picture), 'wx+'));
      try {
        await file.write(bytes, 0, bytes.length, offset);
      } finally {
        await file.close();
      }
    },
    async finish(picture) {
      // A crash between the rename below and the database's commit leaves the whole file and no part.
      if (await holds(whole(picture.sha256), picture.sha256)) return 'stored';
      if (!(await holds(part(picture), picture.sha256))) {
        // Another receiver may have given it its name between the two looks.
        if (await holds(whole(picture.sha256), picture.sha256)) return 'stored';
        await rm(part(picture), { force: true });
        return 'damaged';
      }
      await mkdir(dirname(whole(picture.sha256)), { recursive: true });
      try {
        await sync(part(picture));
        await rename(part(picture), whole(picture.sha256));
      } catch (error) {
        // Another receiver may have found it whole in the same moment.
        if (!(await holds(whole(picture.sha256), picture.sha256))) throw error;
      }
      await sync(dirname(whole(picture.sha256)));
      await sync(folder);
      return 'stored';
    },
    async read(sha256) {
      const path = whole(sha256);
      const found = await stat(path).catch(() => null);
      return found && { bytes: found.size, stream: () => createReadStream(path) };
    },
  };
}

async function holds(path: string, sha256: string): Promise<boolean> {
  const hash = createHash('sha256');
  try {
    for await (const piece of createReadStream(path)) hash.update(piece);
  } catch {
    return false;
  }
  return hash.digest('hex') === sha256;
}

async function sync(path: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
