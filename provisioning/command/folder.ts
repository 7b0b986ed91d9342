import { Option } from 'commander';
import { lockFolder } from '#provisioning/folder-lock.ts';
import type { LoadedRegister } from '#provisioning/register/register-file.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import type { Tell } from './tell.ts';

/** Everything that `tps-provision` keeps is in one folder, which is the thing to lock away and to copy. */
export function folderOption(): Option {
  return new Option('--folder <folder>', 'folder kerja / the working folder').default('provisioning-data');
}

/** Does what writes to the working folder, alone: where another command is at work there, it says so and does nothing. */
export async function locked(folder: string, tell: Tell, work: () => Promise<ExitCode>): Promise<ExitCode> {
  const lock = await lockFolder(folder);
  if (!lock.ok) {
    const { process: holder } = lock;
    return tell(
      EXIT.refused,
      `${folder} sedang dipakai perintah lain (proses ${holder}); tunggu / is in use by process ${holder}, wait for it`,
    );
  }
  try {
    return await work();
  } finally {
    await lock.release();
  }
}

/** What to say, and how to end, where the register in the folder cannot be read. */
export function unreadRegister(
  folder: string,
  loaded: LoadedRegister & { readonly ok: false },
): readonly [ExitCode, string] {
  switch (loaded.code) {
    case 'newer':
      return [
        EXIT.damaged,
        `daftar TPS di ${folder} dari program yang lebih baru; pakai program itu / ${loaded.reason}`,
      ];
    case 'damaged':
      return [EXIT.damaged, `daftar TPS di ${folder} rusak; ambil cadangannya / restore the copy: ${loaded.reason}`];
    case 'unreadable':
      return [
        EXIT.noInput,
        `folder ${folder} tidak terbaca, periksa izinnya / check its permissions: ${loaded.reason}`,
      ];
  }
}
