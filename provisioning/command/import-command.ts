import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { Command } from 'commander';
import { issuedTps } from '#provisioning/register/issued-tps.ts';
import { planImport } from '#provisioning/register/plan-import.ts';
import { readRegister } from '#provisioning/register/read-register.ts';
import { loadRegister, saveRegister } from '#provisioning/register/register-file.ts';
import { saveStations } from '#provisioning/register/station-file.ts';
import { EXIT, type ExitCode, exitHelp } from './exit-code.ts';
import { folderOption, unreadRegister } from './folder.ts';
import { type ImportReport, importJson, importWords } from './import-report.ts';
import { readText } from './read-text.ts';
import { KECAMATAN_FILE_WORDS, KELURAHAN_FILE_WORDS, type RegionFiles, readRegionFiles } from './region-files.ts';
import { tellerOf } from './tell.ts';

const tell = tellerOf('import');

interface Options extends RegionFiles {
  readonly folder: string;
  readonly acceptGood: boolean;
  readonly replace: boolean;
  readonly dryRun: boolean;
  readonly json: boolean;
}

/** `tps-provision import`: the register of TPS, from a spreadsheet's CSV file. */
export function importCommand(): Command {
  return new Command('import')
    .description(
      'Memasukkan daftar TPS dari berkas CSV.\nTakes the register of TPS from a CSV file; every bad line is told, and nothing is imported while one is there.',
    )
    .argument('<file>', 'berkas CSV, UTF-8 / the CSV file')
    .addOption(folderOption())
    .option('--kelurahan-file <file>', `periksa dengan ${KELURAHAN_FILE_WORDS}`)
    .option('--kecamatan-file <file>', `periksa dengan ${KECAMATAN_FILE_WORDS}`)
    .option('--accept-good', 'masukkan baris yang benar saja / import the good lines, leave out the bad ones', false)
    .option('--replace', 'ganti daftar walau alat sudah terbit / replace it though kits were issued', false)
    .option('--dry-run', 'hanya memeriksa, tidak menulis / checks, writes nothing', false)
    .option('--json', 'hasil sebagai JSON / the outcome as JSON', false)
    .addHelpText('after', HELP)
    .action(async (file: string, options: Options) => {
      process.exitCode = await run(file, options);
    });
}

const HELP = `${exitHelp(EXIT.ok, EXIT.look, EXIT.refused, EXIT.damaged, EXIT.noInput, EXIT.notWritten)}

Contoh / examples:
  tps-provision import daftar-tps.csv --dry-run
  tps-provision import daftar-tps.csv --kelurahan-file wilayah.csv --kecamatan-file jumlah-tps.csv`;

async function run(file: string, options: Options): Promise<ExitCode> {
  const { folder, acceptGood, replace, dryRun } = options;
  const regions = await readRegionFiles(options);
  if (!regions.ok) return tell(EXIT.noInput, ...regions.says);
  const text = await readText(file);
  if (!text.ok) return tell(EXIT.noInput, text.says);
  const loaded = await loadRegister(folder);
  if (!loaded.ok) return tell(...unreadRegister(folder, loaded));
  const read = readRegister(text.text, regions.known);
  const stored = loaded.stored?.register ?? null;
  const issued = await issuedTps(folder);
  const plan = planImport({ read, stored, issued, allowed: { badLines: acceptGood, replacing: replace } });
  // Also where nothing changed: a run that was cut short may not have come to it.
  if ('register' in plan && !dryRun) {
    const told = await saveStations(folder, plan.register);
    if (!told.ok) return tell(EXIT.notWritten, `${folder} tidak dapat ditulis / cannot be written: ${told.reason}`);
  }
  if (plan.kind === 'import' && !dryRun) {
    const source = {
      file: basename(file),
      sha256: createHash('sha256').update(text.bytes).digest('hex'),
      importedAt: new Date().toISOString(),
    };
    const saved = await saveRegister(folder, { source, register: plan.register });
    if (!saved.ok) return tell(EXIT.notWritten, `${folder} tidak dapat ditulis / cannot be written: ${saved.reason}`);
  }
  return report({ file, dryRun, read, plan, stored, issued }, options.json);
}

function report(done: ImportReport, json: boolean): ExitCode {
  if (json) process.stdout.write(`${JSON.stringify(importJson(done), null, 2)}\n`);
  else {
    const { faults, says } = importWords(done);
    for (const line of faults) console.error(line);
    console.log(says.join('\n'));
  }
  if (done.plan.kind !== 'import' && done.plan.kind !== 'unchanged') return EXIT.refused;
  return done.read.faults.length > 0 ? EXIT.look : EXIT.ok;
}
