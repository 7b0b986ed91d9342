import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { powerCutDisk } from '#test/power-cut-disk.ts';
import { type Disk, nodeDisk } from './disk.ts';
import { openPictures, type Pictures, RECORD_RESERVE_BYTES } from './pictures.ts';

const JPEG = Buffer.from('a picture');
const SHA256 = createHash('sha256').update(JPEG).digest('hex');

async function open(disk: Disk, folder: string): Promise<Pictures> {
  const opened = await openPictures(disk, folder);
  if (!opened.ok) throw new Error(opened.reason);
  return opened.pictures;
}

describe('pictures', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tps-kit-pictures-'));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('are files named by what is in them, readable by the kit alone', async () => {
    const pictures = await open(nodeDisk, `${folder}/a/b`);
    const file = `${folder}/a/b/${SHA256}.jpg`;
    expect(await pictures.put(JPEG)).toEqual({ ok: true, picture: { sha256: SHA256, bytes: 9, file } });
    expect(pictures.file(SHA256)).toBe(file);
    expect(readFileSync(file).equals(JPEG)).toBe(true);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(await pictures.read(SHA256)).toMatchObject({ ok: true });
  });

  it('are not handed out when they are missing or not what their name says', async () => {
    const pictures = await open(nodeDisk, folder);
    expect(await pictures.read(SHA256)).toMatchObject({ ok: false, code: 'missing' });
    await pictures.put(JPEG);
    writeFileSync(pictures.file(SHA256), 'a pictura');
    expect(await pictures.read(SHA256)).toMatchObject({ ok: false, code: 'damaged' });
  });

  it('mend a damaged file when the same picture is put again', async () => {
    const pictures = await open(nodeDisk, folder);
    await pictures.put(JPEG);
    writeFileSync(pictures.file(SHA256), '');
    await pictures.put(JPEG);
    expect(await pictures.read(SHA256)).toMatchObject({ ok: true });
  });

  it('go on being kept when somebody has removed their folder; those that were in it are missing', async () => {
    const pictures = await open(nodeDisk, folder);
    const gone = await pictures.put(Buffer.from('gone'));
    rmSync(folder, { recursive: true });
    const kept = await pictures.put(Buffer.from('kept'));
    expect(kept.ok && (await pictures.read(kept.picture.sha256)).ok).toBe(true);
    expect(gone.ok && (await pictures.read(gone.picture.sha256))).toMatchObject({ ok: false, code: 'missing' });
  });

  it('leave room for records: a nearly full disk takes no more pictures', async () => {
    const disk: Disk = { ...powerCutDisk(), free: async () => RECORD_RESERVE_BYTES + JPEG.length - 1 };
    expect(await (await open(disk, '/pictures')).put(JPEG)).toMatchObject({ ok: false, code: 'disk-full' });
  });

  it('say that the disk failed, and leave no half picture behind', async () => {
    const disk = powerCutDisk();
    const pictures = await open(disk, '/pictures');
    disk.failAt(4, 'EIO');
    expect(await pictures.put(JPEG)).toMatchObject({ ok: false, code: 'disk-fault' });
    expect(disk.names).toEqual([]);
  });

  it('are whole after a power cut once they were put', async () => {
    for (let cut = 0; cut < 12; cut += 1) {
      const disk = powerCutDisk();
      const pictures = await open(disk, '/pictures');
      disk.cutAfter(cut);
      const put = await pictures.put(JPEG).catch(() => ({ ok: false }));
      const found = await (
        await open(
          disk.restart(() => 0),
          '/pictures',
        )
      ).read(SHA256);
      if (put.ok) expect(found).toMatchObject({ ok: true });
      else expect(found.ok ? 'whole' : found.code).toMatch(/whole|missing/);
    }
  });
});
