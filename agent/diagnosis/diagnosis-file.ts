import { readdir } from 'node:fs/promises';
import { type Disk, type DiskFault, diskFault, replaceFile } from '#agent/store/disk.ts';
import { RECORD_RESERVE_BYTES } from '#agent/store/pictures.ts';
import type { Diagnosis } from './diagnosis.ts';

export type WrittenDiagnosis = { readonly ok: true; readonly name: string } | DiskFault;

const NAME = /^diagnosa-.*\.json$/;
/** A folder of the kit's own keeps so many of them. */
const KEPT = 5;

/** Puts it into a folder, whole or not at all. Room that is kept for records is never taken. */
export async function writeDiagnosis(disk: Disk, folder: string, diagnosis: Diagnosis): Promise<WrittenDiagnosis> {
  const bytes = Buffer.from(`${JSON.stringify(diagnosis, null, 1)}\n`);
  const name = nameOf(diagnosis);
  try {
    await disk.makeFolder(folder);
    const free = await disk.free(folder);
    if (free < bytes.length + RECORD_RESERVE_BYTES) {
      return { ok: false, code: 'disk-full', reason: `${free} bytes are free in ${folder}` };
    }
    await replaceFile(disk, folder, name, bytes);
    return { ok: true, name };
  } catch (error) {
    return diskFault(error);
  }
}

/** Removes all but the newest: they must not fill the disk of the results, however often somebody asks. */
export async function keepNewest(disk: Disk, folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => NAME.test(name)).sort();
  for (const name of names.slice(0, -KEPT)) await disk.remove(`${folder}/${name}`);
}

/** Fit for a FAT stick. */
function nameOf({ kit, at }: Diagnosis): string {
  const time = at.slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');
  return `diagnosa-${kit?.kit ?? 'tanpa-konfigurasi'}-${time}.json`;
}
