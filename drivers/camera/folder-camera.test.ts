import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { cameraContract } from './camera.contract.ts';
import { openFolderCamera } from './folder-camera.ts';

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

async function folderOf(files: Readonly<Record<string, Uint8Array>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tray-'));
  folders.push(folder);
  await Promise.all(Object.entries(files).map(([name, bytes]) => writeFile(join(folder, name), bytes)));
  return folder;
}

function jpeg(last: number): Uint8Array {
  return Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, last);
}

cameraContract('the folder camera', {
  open: async () => openFolderCamera(await folderOf({ '1.jpg': jpeg(1), '2.jpg': jpeg(2), '3.jpg': jpeg(3) })),
  gone: async () => openFolderCamera('/no/such/folder'),
});

describe('the folder camera', () => {
  it('gives the photos by name, each once, then says there is no sheet', async () => {
    const camera = openFolderCamera(await folderOf({ 'b.jpeg': jpeg(2), 'a.JPG': jpeg(1), 'notes.txt': jpeg(9) }));
    expect(await camera.capture()).toEqual({ kind: 'picture', jpeg: Buffer.from(jpeg(1)) });
    expect(await camera.capture()).toEqual({ kind: 'picture', jpeg: Buffer.from(jpeg(2)) });
    expect(await camera.capture()).toEqual({ kind: 'no-picture', code: 'no-sheet' });
  });

  it('takes a photo that was laid into the folder later', async () => {
    const folder = await folderOf({});
    const camera = openFolderCamera(folder);
    expect(await camera.capture()).toEqual({ kind: 'no-picture', code: 'no-sheet' });
    await writeFile(join(folder, 'late.jpg'), jpeg(7));
    expect(await camera.capture()).toMatchObject({ kind: 'picture' });
  });

  it('does not pass a file off as a picture that is none', async () => {
    const camera = openFolderCamera(await folderOf({ '1.jpg': Uint8Array.of(0, 0, 0, 0) }));
    expect(await camera.capture()).toEqual({ kind: 'no-picture', code: 'bad-picture' });
  });
});
