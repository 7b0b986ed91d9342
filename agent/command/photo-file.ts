import { open, stat } from 'node:fs/promises';

/** A file that was named on the command line and can be read, by what its first bytes say it is. */
export interface PhotoFile {
  readonly file: string;
  readonly kind: 'jpeg' | 'png' | 'empty' | 'other';
}

/** A file that cannot be read at all. */
export interface FileFault {
  readonly file: string;
  readonly fault: 'missing' | 'folder' | 'not-readable';
}

const MAGIC = { jpeg: [0xff, 0xd8], png: [0x89, 0x50, 0x4e, 0x47] } as const;

/** Looks at a file without decoding it; never throws. */
export async function lookAtFile(file: string): Promise<PhotoFile | FileFault> {
  try {
    const status = await stat(file);
    if (status.isDirectory()) return { file, fault: 'folder' };
    if (!status.isFile()) return { file, fault: 'not-readable' };
    return { file, kind: kindOf(await beginningOf(file)) };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return { file, fault: code === 'ENOENT' || code === 'ENOTDIR' ? 'missing' : 'not-readable' };
  }
}

export function isFault(answer: PhotoFile | FileFault): answer is FileFault {
  return 'fault' in answer;
}

async function beginningOf(file: string): Promise<Uint8Array> {
  await using handle = await open(file);
  const { buffer, bytesRead } = await handle.read(new Uint8Array(4), 0, 4, 0);
  return buffer.subarray(0, bytesRead);
}

function kindOf(beginning: Uint8Array): PhotoFile['kind'] {
  if (beginning.length === 0) return 'empty';
  const starts = (magic: readonly number[]) => magic.every((byte, i) => beginning[i] === byte);
  if (starts(MAGIC.jpeg)) return 'jpeg';
  return starts(MAGIC.png) ? 'png' : 'other';
}
