import { Command, Option } from 'commander';
import { exampleRegister } from '#provisioning/register/example-register.ts';
import { summaryOf } from '#provisioning/register/summary.ts';
import { type Delimiter, writeRegister } from '#provisioning/register/write-register.ts';
import { EXIT, type ExitCode, exitHelp } from './exit-code.ts';
import { KECAMATAN_FILE_WORDS, KELURAHAN_FILE_WORDS, readRegionFiles } from './region-files.ts';
import { tellerOf } from './tell.ts';
import { wholeNumber } from './whole-number.ts';
import { writeNew } from './write-new.ts';

const tell = tellerOf('example');

interface Options {
  readonly kecamatanFile: string;
  readonly kelurahanFile: string;
  readonly out: string;
  readonly seed: string;
  readonly voters?: number;
  readonly delimiter: Delimiter;
  readonly dryRun: boolean;
  readonly json: boolean;
}

/** `tps-provision example`: a register for rehearsals, of real regions and of nobody who exists. */
export function exampleCommand(): Command {
  return new Command('example')
    .description(
      'Membuat daftar TPS contoh: wilayah asli, petugas karangan.\nMakes an example register: real regions, made-up officers.',
    )
    .requiredOption('--kecamatan-file <file>', KECAMATAN_FILE_WORDS)
    .requiredOption('--kelurahan-file <file>', KELURAHAN_FILE_WORDS)
    .requiredOption('--out <file>', 'CSV yang ditulis / the CSV to write')
    .option('--seed <text>', 'benih: yang sama memberi daftar yang sama / the same seed gives the same register', '1')
    .option('--voters <number>', 'pemilih seluruhnya / voters on all lists together', wholeNumber(1, 999_999_999))
    .addOption(new Option('--delimiter <sign>', 'pemisah sel / what parts the cells').choices([',', ';']).default(','))
    .option('--dry-run', 'hanya menghitung, tidak menulis / writes nothing', false)
    .option('--json', 'hasil sebagai JSON / the outcome as JSON', false)
    .addHelpText('after', exitHelp(EXIT.ok, EXIT.refused, EXIT.noInput, EXIT.notWritten))
    .action(async (options: Options) => {
      process.exitCode = await run(options);
    });
}

/** Voters for each TPS, where nothing is said: about what Palembang had in 2024. */
const USUAL_LIST = 546;

async function run(options: Options): Promise<ExitCode> {
  const read = await readRegionFiles(options);
  if (!read.ok) return tell(EXIT.noInput, ...read.says);
  const places = [...read.known.counts.values()].reduce((sum, count) => sum + count, 0);
  const voters = options.voters ?? USUAL_LIST * places;
  const example = exampleRegister({ known: read.known, seed: options.seed, voters });
  if (!example.ok) return tell(EXIT.refused, example.reason);
  const text = writeRegister(example.register, options.delimiter);
  const fault = options.dryRun ? null : await writeNew(options.out, text);
  if (fault !== null) return tell(EXIT.notWritten, fault);
  const { kecamatan, all } = summaryOf(example.register);
  const outcome = options.dryRun ? 'dry-run' : 'written';
  process.stdout.write(
    options.json
      ? `${JSON.stringify({ schema: 1, outcome, file: options.out, kecamatan: kecamatan.length, ...all }, null, 2)}\n`
      : `${options.out}: ${all.tps} TPS di ${kecamatan.length} kecamatan dan ${all.kelurahan} kelurahan, ` +
          `${all.dpt.j} pemilih.${options.dryRun ? ' Tidak ditulis / not written (--dry-run).' : ''}\n`,
  );
  return EXIT.ok;
}
