import { join } from 'node:path';
import { Command } from 'commander';
import { keptKits } from '#provisioning/authority/kit-files.ts';
import { type FailedKit, faultsOf, stagesOf } from '#provisioning/issue/kit-stage.ts';
import { AUTHORITY_FOLDER } from '#provisioning/register/issued-tps.ts';
import type { StoredRegister } from '#provisioning/register/register-file.ts';
import { type Amount, type RegisterSummary, summaryOf } from '#provisioning/register/summary.ts';
import { EXIT, type ExitCode, exitHelp } from './exit-code.ts';
import { folderOption } from './folder.ts';
import { openRegister } from './open-register.ts';
import { tellerOf } from './tell.ts';
import { textTable } from './text-table.ts';

const tell = tellerOf('status');

interface Options {
  readonly folder: string;
  readonly json: boolean;
}

/** `tps-provision status`: how far the warehouse is, by kecamatan. */
export function statusCommand(): Command {
  return new Command('status')
    .description(
      'Menunjukkan per kecamatan berapa TPS terdaftar, dan berapa alat terbit, dimuat, lulus, gagal.\nShows by kecamatan how many TPS are registered, and how many kits are issued, loaded, accepted, failed and why.',
    )
    .addOption(folderOption())
    .option('--json', 'hasil sebagai JSON / the outcome as JSON', false)
    .addHelpText('after', exitHelp(EXIT.ok, EXIT.damaged, EXIT.noInput))
    .action(async (options: Options) => {
      process.exitCode = await run(options);
    });
}

async function run({ folder, json }: Options): Promise<ExitCode> {
  const opened = await openRegister(folder);
  if (!opened.ok) return tell(...opened.told);
  const { stored } = opened;
  const kept = await keptKits(join(folder, AUTHORITY_FOLDER));
  const summary = summaryOf(stored.register, stagesOf(kept));
  const failed = faultsOf(kept);
  process.stdout.write(json ? jsonOf(stored, summary, failed) : tableOf(stored, summary, failed));
  return EXIT.ok;
}

type Failed = readonly FailedKit[];

function jsonOf({ source }: StoredRegister, { kecamatan, all }: RegisterSummary, failed: Failed): string {
  return `${JSON.stringify({ schema: 1, source, kecamatan, all, failed }, null, 2)}\n`;
}

function tableOf({ source }: StoredRegister, { kecamatan, all }: RegisterSummary, failed: Failed): string {
  const figures = ({ kelurahan, tps, dpt, kits }: Amount) =>
    [kelurahan, tps, dpt.j, kits.issued, kits.loaded, kits.accepted, kits.failed].map(String);
  const table = textTable([
    ['Kode', 'Kecamatan', 'Kelurahan', 'TPS', 'DPT', 'Terbit', 'Dimuat', 'Lulus', 'Gagal'],
    ...kecamatan.map((row) => [row.code, row.name, ...figures(row)]),
    ['', 'Jumlah', ...figures(all)],
  ]);
  const faults = failed.map(({ kit, faults: why }) => `${kit}: ${why.join('; ')}`);
  const below = faults.length === 0 ? [] : ['', 'Gagal / failed:', ...faults];
  const from = `Dari ${source.file} (sha256 ${source.sha256.slice(0, 12)}), ${source.importedAt}.`;
  return `${[table, ...below, '', from].join('\n')}\n`;
}
