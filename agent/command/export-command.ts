import { Command } from 'commander';
import { configurationFile, storeFolder } from '#agent/configuration.ts';
import { loadCredentials } from '#agent/credentials.ts';
import { loadInCurrentMode } from '#agent/mode.ts';
import { nodeDisk } from '#agent/store/disk.ts';
import { openByteSource } from '#contract/wire/bundle-file.ts';
import { EXIT } from './exit-code.ts';
import { type Exported, exportBundle } from './export-bundle.ts';

interface Options {
  readonly config: string;
  readonly to: string;
  readonly all?: true;
}

/** `tps-kit export`: what no network has brought to the centre, in one signed file for a USB stick. */
export function exportCommand(): Command {
  return new Command('export')
    .description(
      'Menaruh yang belum diterima pusat ke stik USB.\nLays what central has not received onto a USB stick, in one signed file.',
    )
    .requiredOption('--to <folder>', 'folder stik USB / folder of the USB stick')
    .option('--config <file>', "konfigurasi alat / the kit's configuration", configurationFile())
    .option('--all', 'semuanya, untuk pemeriksa / everything, for an auditor')
    .addHelpText('after', HELP)
    .action(async (options: Options) => {
      process.exitCode = await carryOut(options);
    });
}

const HELP = `
Alat boleh tetap menyala. / The kit may go on running.

Kode keluar / exit codes:
  0   berkas lengkap di stik, atau tidak ada yang tersisa / the file is whole on the stick, or nothing is left
  1   berkas lengkap, tetapi ada gambar yang hilang dari alat / whole, but the kit has lost pictures
  66  konfigurasi atau simpanan tidak dapat dibaca / configuration or store cannot be read
  73  stik tidak dapat ditulisi atau tidak utuh / the stick cannot be written, or does not hold what was written`;

async function carryOut({ config, to, all }: Options): Promise<number> {
  const loaded = await loadInCurrentMode(config);
  if (!loaded.ok) return tell(EXIT.noInput, loaded.reason);
  const { configuration } = loaded;
  const credentials = loadCredentials(configuration);
  if (!credentials.ok) return tell(EXIT.noInput, credentials.reason);
  const exported = await exportBundle({
    ...{ disk: nodeDisk, store: storeFolder(configuration), to, readBack: openByteSource },
    ...{ signer: credentials.credentials.signer, what: all ? 'everything' : 'undelivered' },
  });
  return report(exported, to);
}

function report(exported: Exported, to: string): number {
  if (exported.ok) {
    const { file, records, pictures, lost } = exported;
    for (const sha256 of lost)
      tell(EXIT.look, `gambar ${sha256} tidak ada di alat / the kit does not have this picture`);
    console.log(`${file}: ${records} rekaman, ${pictures} gambar. Selesai, stik aman dicabut.`);
    return lost.length > 0 ? EXIT.look : EXIT.ok;
  }
  switch (exported.code) {
    case 'nothing':
      console.log('Tidak ada yang tersisa: semua sudah diterima pusat. / Nothing is left to bring.');
      return EXIT.ok;
    case 'unreadable':
    case 'newer':
      return tell(
        EXIT.noInput,
        `simpanan alat tidak terbaca, panggil teknisi / the store cannot be read: ${exported.reason}`,
      );
    case 'not-whole':
      return tell(EXIT.notWritten, `stik ini rusak, pakai stik lain / this stick is faulty: ${exported.reason}`);
    case 'disk-full':
      return tell(EXIT.notWritten, `stik penuh, kosongkan atau pakai stik lain / ${to} is full: ${exported.reason}`);
    case 'disk-fault':
      return tell(EXIT.notWritten, `tidak dapat menulis ke ${to}, pasang stik lagi / cannot write: ${exported.reason}`);
  }
}

function tell(exit: number, line: string): number {
  console.error(`tps-kit export: ${line}`);
  return exit;
}
