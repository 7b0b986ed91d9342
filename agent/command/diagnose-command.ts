import { Command } from 'commander';
import { configurationFile } from '#agent/configuration.ts';
import { collectDiagnosis } from '#agent/diagnosis/collect.ts';
import { writeDiagnosis } from '#agent/diagnosis/diagnosis-file.ts';
import { loadInCurrentMode } from '#agent/mode.ts';
import { nodeDisk } from '#agent/store/disk.ts';
import { AGENT } from '#agent/version.ts';
import { systemClock } from '#drivers/clock/system-clock.ts';
import { EXIT } from './exit-code.ts';
import { outcomesOf } from './self-test-command.ts';

interface Options {
  readonly config: string;
  readonly to: string;
}

/** `tps-kit diagnose`: everything a technician far away needs to know, in one file. */
export function diagnoseCommand(): Command {
  return new Command('diagnose')
    .description(
      'Mengumpulkan catatan, kesehatan, dan versi alat ke satu berkas untuk teknisi.\nGathers log, health and versions of the kit in one file for the technician.',
    )
    .option('--config <file>', "konfigurasi alat / the kit's configuration", configurationFile())
    .option('--to <folder>', 'folder berkas itu / folder of the file', '.')
    .addHelpText('after', HELP)
    .action(async (options: Options) => {
      process.exitCode = await diagnose(options);
    });
}

const HELP = `
Alat boleh tetap menyala. Berkas tidak memuat gambar, angka hasil, nama, NIK, PIN, atau kunci.
The kit may go on running. The file holds no picture, no figure, no name, no NIK, no PIN and no key.

Kode keluar / exit codes:
  0   berkas lengkap / the file is complete
  1   berkas lengkap, tetapi konfigurasi tidak terbaca: isinya hanya tentang mesin ini / complete, but without the
      configuration it tells of this machine only
  64  perintah salah / wrong command line
  73  berkas tidak dapat ditulis / the file cannot be written`;

/** As patient as the self-test by hand. */
const PATIENCE_MS = 120_000;

async function diagnose({ config, to }: Options): Promise<number> {
  const loaded = await loadInCurrentMode(config);
  const outcomes = await outcomesOf(loaded.ok ? config : undefined, PATIENCE_MS);
  const diagnosis = await collectDiagnosis({
    ...{ loaded, agent: AGENT, clock: systemClock() },
    now: outcomes.map(({ part, ok, says }) => ({ part, says: `${ok ? '✓' : '✗'} ${says}` })),
  });
  const written = await writeDiagnosis(nodeDisk, to, diagnosis);
  if (!written.ok) return tell(EXIT.notWritten, `tidak dapat menulis ke ${to} / cannot write: ${written.reason}`);
  console.log(`${to}/${written.name}: selesai, serahkan ke teknisi. / done, hand it to the technician.`);
  if (loaded.ok) return EXIT.ok;
  return tell(EXIT.look, `konfigurasi tidak terbaca, sebut dengan --config / no configuration: ${loaded.reason}`);
}

function tell(exit: number, line: string): number {
  console.error(`tps-kit diagnose: ${line}`);
  return exit;
}
