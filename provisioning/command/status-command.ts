import { Command } from 'commander';
import { issuedTps } from '#provisioning/register/issued-tps.ts';
import { loadRegister, type StoredRegister } from '#provisioning/register/register-file.ts';
import { type Amount, type RegisterSummary, summaryOf } from '#provisioning/register/summary.ts';
import { EXIT, type ExitCode, exitHelp } from './exit-code.ts';
import { folderOption, unreadRegister } from './folder.ts';
import { textTable } from './text-table.ts';

interface Options {
  readonly folder: string;
  readonly json: boolean;
}

/** `tps-provision status`: how far the warehouse is, by kecamatan. */
export function statusCommand(): Command {
  return new Command('status')
    .description(
      'Menunjukkan berapa TPS terdaftar dan berapa alat terbit, per kecamatan.\nShows how many TPS are registered and how many kits are issued, by kecamatan.',
    )
    .addOption(folderOption())
    .option('--json', 'hasil sebagai JSON / the outcome as JSON', false)
    .addHelpText('after', exitHelp(EXIT.ok, EXIT.damaged, EXIT.noInput))
    .action(async (options: Options) => {
      process.exitCode = await run(options);
    });
}

async function run({ folder, json }: Options): Promise<ExitCode> {
  const loaded = await loadRegister(folder);
  if (!loaded.ok) return tell(...unreadRegister(folder, loaded));
  const { stored } = loaded;
  if (stored === null) {
    return tell(EXIT.noInput, `belum ada daftar TPS di ${folder}: tps-provision import / nothing was imported yet`);
  }
  const summary = summaryOf(stored.register, issuedTps(folder));
  process.stdout.write(json ? `${JSON.stringify(jsonOf(stored, summary), null, 2)}\n` : tableOf(stored, summary));
  return EXIT.ok;
}

function jsonOf({ source }: StoredRegister, { kecamatan, all }: RegisterSummary): object {
  return { schema: 1, source, kecamatan, all };
}

function tableOf({ source }: StoredRegister, { kecamatan, all }: RegisterSummary): string {
  const figures = ({ kelurahan, tps, issued, dpt }: Amount) =>
    [kelurahan, tps, issued, dpt.l, dpt.p, dpt.j].map(String);
  const table = textTable([
    ['Kode', 'Kecamatan', 'Kelurahan', 'TPS', 'Terbit', 'DPT L', 'DPT P', 'DPT J'],
    ...kecamatan.map((row) => [row.code, row.name, ...figures(row)]),
    ['', 'Jumlah', ...figures(all)],
  ]);
  return `${table}\n\nDari ${source.file} (sha256 ${source.sha256.slice(0, 12)}), ${source.importedAt}.\n`;
}

function tell(exit: ExitCode, line: string): ExitCode {
  console.error(`tps-provision status: ${line}`);
  return exit;
}
