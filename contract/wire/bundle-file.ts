import { open } from 'node:fs/promises';
import type { ByteSource } from './bundle.ts';

/** A file as a source of bytes; close it when done. Rejects where the file cannot be read. */
export async function openByteSource(file: string): Promise<ByteSource & { close(): Promise<void> }> {
  const handle = await open(file);
  const { size } = await handle.stat();
  return {
    length: size,
    async read(at, count) {
      const bytes = new Uint8Array(count);
      let done = 0;
      while (done < count) {
        const { bytesRead } = await handle.read(bytes, done, count - done, at + done);
        if (bytesRead === 0) break;
        done += bytesRead;
      }
      return bytes.subarray(0, done);
    },
    close: () => handle.close(),
  };
}
