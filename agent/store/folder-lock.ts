import { createHash } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import { createServer } from 'node:net';
import { type DiskFault, diskFault, nodeDisk } from './disk.ts';

/**
 * Holds a folder for this process. Two processes on one store would sign two records under one number
 * and overwrite each other's. The lock is a name in the kernel (an abstract socket), so it is gone with
 * its process however that ends, and nothing is left to be cleared away after a power cut.
 */
export type FolderLock =
  | { readonly ok: true; release(): Promise<void> }
  | { readonly ok: false; readonly code: 'in-use'; readonly reason: string }
  | DiskFault;

export async function lockFolder(folder: string): Promise<FolderLock> {
  try {
    await nodeDisk.makeFolder(folder);
    return await holdName(await realpath(folder));
  } catch (error) {
    return diskFault(error);
  }
}

function holdName(folder: string): Promise<FolderLock> {
  const name = `\0tps-kit-store-${createHash('sha256').update(folder).digest('hex').slice(0, 32)}`;
  return new Promise((settle) => {
    const server = createServer();
    const release = () => new Promise<void>((released) => server.close(() => released()));
    server.once('error', () => {
      settle({ ok: false, code: 'in-use', reason: `another process works with ${folder}` });
    });
    server.listen(name, () => settle({ ok: true, release }));
    server.unref();
  });
}
