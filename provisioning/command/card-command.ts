import { Command } from 'commander';
import { quickCardPdf } from '#provisioning/paper/quick-card-pdf.ts';
import { EXIT, type ExitCode, exitHelp } from './exit-code.ts';
import { tellerOf } from './tell.ts';
import { writeNew } from './write-new.ts';

interface Options {
  readonly out: string;
  readonly replace: boolean;
  readonly dryRun: boolean;
  readonly json: boolean;
}

/** `tps-provision card`: one page for KPPS that lies beside the kit. */
export function cardCommand(): Command {
  return new Command('card')
    .description(
      'Mencetak kartu cepat KPPS, satu halaman A4 untuk semua alat.\nPrints the quick card for KPPS, one A4 page, the same for all kits.',
    )
    .requiredOption('--out <file>', 'PDF yang ditulis / the PDF to write')
    .option('--replace', 'ganti PDF yang ada / replace a PDF that is there', false)
    .option('--dry-run', 'tidak menulis / writes nothing', false)
    .option('--json', 'hasil sebagai JSON / the outcome as JSON', false)
    .addHelpText('after', exitHelp(EXIT.ok, EXIT.notWritten))
    .action(async (options: Options) => {
      process.exitCode = await run(options);
    });
}

async function run({ out, replace, dryRun, json }: Options): Promise<ExitCode> {
  const fault = dryRun ? null : await writeNew(out, await quickCardPdf(), replace);
  if (fault !== null) return tellerOf('card')(EXIT.notWritten, fault);
  const outcome = dryRun ? 'dry-run' : 'written';
  console.log(
    json ? JSON.stringify({ schema: 1, outcome, file: out }, null, 2) : `${out}: kartu cepat KPPS, 1 halaman`,
  );
  return EXIT.ok;
}
