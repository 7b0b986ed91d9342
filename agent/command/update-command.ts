import { Command } from 'commander';
import {
  type Configuration,
  configurationFile,
  copyFolder,
  loadConfiguration,
  storeFolder,
} from '#agent/configuration.ts';
import { loadCredentials } from '#agent/credentials.ts';
import { State } from '#agent/session/state.ts';
import { nodeDisk } from '#agent/store/disk.ts';
import { readStore, undoStoreMigration } from '#agent/store/store.ts';
import { debianSystem } from '#agent/update/kit-system.ts';
import { resume, type UpdateOutcome, type UpdateRefusal, type UpdateSetting, update } from '#agent/update/update.ts';
import { EXIT } from './exit-code.ts';

interface Options {
  readonly config: string;
  readonly folder: string;
  readonly resume: boolean;
}

/** `tps-kit update`: a new program for the kit, which stays only if it works. */
export function updateCommand(): Command {
  return new Command('update')
    .description(
      'Memasang program baru; yang lama kembali bila yang baru gagal.\nInstalls a new program; the old one comes back where the new one fails.',
    )
    .argument('[path]', 'paket .deb, atau folder stik USB / the .deb, or the folder of the USB stick')
    .option('--resume', 'melanjutkan setelah listrik padam / goes on after a power cut', false)
    .option('--config <file>', "konfigurasi alat / the kit's configuration", configurationFile())
    .option('--folder <folder>', 'folder paket / folder of packages', '/var/lib/tps-kit-update')
    .addHelpText('after', HELP)
    .action(async (path: string | undefined, options: Options) => {
      process.exitCode = await run(path, options);
    });
}

const HELP = `
Perlu hak root. Di sebelah paket harus ada berkas .jws dari pusat.
Needs root. Beside the package lies its .jws, which the centre has signed.

Kode keluar / exit codes:
  0   program baru terpasang, atau tidak ada yang perlu / the new program is installed, or nothing was to be done
  1   yang baru gagal, yang lama kembali / the new one failed, the old one is back
  2   paket ditolak / the package was refused
  64  perintah salah / wrong command line
  66  konfigurasi tidak dapat dibaca / the configuration cannot be read
  70  yang lama belum kembali, panggil teknisi / the old one could not be brought back yet`;

async function run(path: string | undefined, options: Options): Promise<number> {
  if (path === undefined && !options.resume) return tell(EXIT.usage, 'sebut paketnya / name the package');
  const loaded = loadConfiguration(options.config);
  if (!loaded.ok) return tell(EXIT.noInput, loaded.reason);
  const credentials = loadCredentials(loaded.configuration);
  if (!credentials.ok) return tell(EXIT.noInput, credentials.reason);
  const setting = settingOf(loaded.configuration, options, credentials.credentials.central);
  return told(path === undefined ? await resume(setting) : await update(setting, path));
}

function settingOf(configuration: Configuration, options: Options, central: UpdateSetting['central']): UpdateSetting {
  const { data, copy, kit } = configuration;
  const modes = ['resmi', 'latihan'] as const;
  const stores = modes.flatMap((mode) => [
    storeFolder({ ...configuration, data, mode }),
    ...(copy === undefined ? [] : [copyFolder(copy, kit, mode)]),
  ]);
  return {
    system: debianSystem({
      configuration: options.config,
      startsKit: !options.resume,
      undoMigrations: async () => {
        for (const folder of stores) await undoStoreMigration(nodeDisk, folder);
      },
    }),
    folder: options.folder,
    central,
    executable: process.execPath,
    isEvening: () => isEvening(storeFolder({ ...configuration, mode: 'resmi' })),
    say: (line) => console.log(`update: ${line}`),
  };
}

/** From the first official page on until the centre has everything: whoever scans now must not be kept waiting, nor surprised. */
async function isEvening(folder: string): Promise<boolean> {
  const read = await readStore(nodeDisk, folder);
  if (!read.ok || !read.contents) return !read.ok;
  const { records, evening } = read.contents;
  const state = State.safeParse(evening);
  const draft = state.success && 'draft' in state.data.phase ? state.data.phase.draft : null;
  return draft !== null || records.some(({ answer }) => answer.kind !== 'received');
}

function told(outcome: UpdateOutcome): number {
  switch (outcome.kind) {
    case 'nothing':
      return EXIT.ok;
    case 'done':
      console.log(`Program ${outcome.to} terpasang. / ${outcome.to} is installed.`);
      return EXIT.ok;
    case 'undone':
      return tell(EXIT.look, `${outcome.to} gagal, ${outcome.from} kembali / failed, it is back: ${outcome.reason}`);
    case 'stuck':
      return tell(
        EXIT.software,
        `${outcome.from} belum kembali; matikan dan nyalakan alat, panggil teknisi / not back yet: ${outcome.reason}`,
      );
    case 'refused':
      return tell(EXIT.refused, `${REFUSALS[outcome.code]} (${outcome.reason})`);
  }
}

const REFUSALS: Readonly<Record<UpdateRefusal['code'], string>> = {
  none: 'tidak ada paket / there is no package',
  unsigned: 'paket tanpa tanda tangan pusat, minta berkas .jws / unsigned: ask the centre for the .jws',
  'not-trusted': 'tanda tangannya bukan dari pusat, jangan dipasang / not signed by the centre: do not install it',
  torn: 'paket rusak, salin lagi / damaged: copy it again',
  'not-installed': 'program alat belum dipasang sebagai paket / not installed as a package: install the .deb by hand',
  'other-architecture': 'paket untuk mesin lain / for other machines',
  'not-newer': 'versi ini atau yang lebih baru sudah terpasang / this or a newer version is installed',
  'no-way-back': 'paket versi sekarang tidak ada, taruh juga di stik / there is no way back',
  evening: 'hasil resmi belum semua diterima pusat; tunggu / official results are on their way: wait',
  unfinished: 'pemasangan sebelumnya belum selesai, nyalakan ulang alat / an update has not ended: restart the kit',
};

function tell(exit: number, line: string): number {
  console.error(`tps-kit update: ${line}`);
  return exit;
}
