import { Command } from 'commander';
import type { OpenAuthority } from '#provisioning/authority/authority.ts';
import { revokeKit } from '#provisioning/authority/revoke-kit.ts';
import { EXIT, type ExitCode, exitHelp } from './exit-code.ts';
import { folderOption, locked } from './folder.ts';
import { openAuthority } from './open-authority.ts';
import { tellerOf } from './tell.ts';

const tell = tellerOf('revoke');

interface Options {
  readonly folder: string;
  readonly reason: string;
  readonly passphraseFile?: string;
  readonly dryRun: boolean;
  readonly json: boolean;
}

/** `tps-provision revoke`: a kit is taken out of service; `issue` then makes another for its TPS. */
export function revokeCommand(): Command {
  return new Command('revoke')
    .description(
      'Mencabut satu alat: broker dan pusat menolaknya. Setelah itu issue menerbitkan penggantinya.\nTakes a kit out of service: broker and centre turn it away. Then issue makes another for its TPS.',
    )
    .argument('<kit>', 'kode alat / the kit id')
    .requiredOption('--reason <words>', 'mengapa, untuk daftar pusat / why')
    .addOption(folderOption())
    .option('--passphrase-file <file>', 'kata sandi kunci penerbit, baris pertama / passphrase of the issuing key')
    .option('--dry-run', 'hanya memeriksa, tidak menulis / checks, writes nothing', false)
    .option('--json', 'hasil sebagai JSON / the outcome as JSON', false)
    .addHelpText('after', exitHelp(EXIT.ok, EXIT.refused, EXIT.noInput))
    .action(async (kit: string, options: Options) => {
      process.exitCode = await run(kit, options);
    });
}

async function run(kit: string, options: Options): Promise<ExitCode> {
  const { folder, reason } = options;
  if (reason.length === 0 || reason.length > 200) return tell(EXIT.usage, '--reason: 1 sampai 200 huruf / characters');
  const opened = await openAuthority(folder, options.passphraseFile);
  if (!opened.ok) return tell(opened.exit, opened.says);
  return locked(folder, tell, () => revoke(opened.authority, kit, options));
}

async function revoke(authority: OpenAuthority, kit: string, { reason, dryRun, json }: Options): Promise<ExitCode> {
  const result = await revokeKit(authority, kit, { at: new Date(), reason, dryRun });
  if (!result.ok) return tell(EXIT.refused, FAULTS[result.code](kit));
  const { tps } = result;
  const outcome = dryRun ? 'dry-run' : 'revoked';
  console.log(json ? JSON.stringify({ schema: 1, outcome, kit, tps, reason }, null, 2) : words(kit, tps, dryRun));
  return EXIT.ok;
}

const FAULTS = {
  'unknown-kit': (kit: string) => `alat "${kit}" tidak pernah terbit / was never issued`,
  revoked: (kit: string) => `alat "${kit}" sudah dicabut / is revoked already`,
} as const;

function words(kit: string, tps: string, dryRun: boolean): string {
  if (dryRun) return `${kit} akan dicabut. Tidak ada yang ditulis / nothing was written (--dry-run).`;
  return `${kit} dicabut. Beri broker dan pusat daftar yang baru, lalu:
  tps-provision issue --tps ${tps}`;
}
