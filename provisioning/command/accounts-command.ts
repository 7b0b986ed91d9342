import { Command, Option } from 'commander';
import { accountLetters } from '#provisioning/accounts/account-letters.ts';
import { forgetFirstPasswords, loadAccounts, saveAccounts } from '#provisioning/accounts/accounts-file.ts';
import { missingAccounts, withAccounts } from '#provisioning/accounts/make-accounts.ts';
import { type PlannedAccount, planAccounts } from '#provisioning/accounts/plan-accounts.ts';
import { systemChance } from '#provisioning/chance.ts';
import { accountLettersPdf } from '#provisioning/paper/account-letters-pdf.ts';
import { EXIT, type ExitCode, exitHelp } from './exit-code.ts';
import { folderOption, locked } from './folder.ts';
import { openRegister } from './open-register.ts';
import { tellerOf } from './tell.ts';
import { toldForgotten } from './told-forgotten.ts';
import { writeNew } from './write-new.ts';

const tell = tellerOf('accounts');

interface Options {
  readonly folder: string;
  readonly letters?: string;
  readonly forget: boolean;
  readonly replace: boolean;
  readonly dryRun: boolean;
  readonly json: boolean;
}

/** `tps-provision accounts`: who may work at the centre's page, and the letters with their first passwords. */
export function accountsCommand(): Command {
  return new Command('accounts')
    .description(
      'Membuat akun kecamatan dan kelurahan untuk pusat; yang sudah ada tetap.\nMakes the accounts of kecamatan and kelurahan for the centre; those that are there stay as they are.',
    )
    .addOption(folderOption())
    .option('--letters <file>', 'cetak surat kata sandi pertama / print the letters with the first passwords')
    .addOption(
      new Option(
        '--forget',
        'hapus kata sandi pertama, setelah suratnya dicetak / erase them once the letters are printed',
      )
        .conflicts('letters')
        .default(false),
    )
    .option('--replace', 'ganti PDF yang ada / replace a PDF that is there', false)
    .option('--dry-run', 'hanya menghitung, tidak menulis / counts, writes nothing', false)
    .option('--json', 'hasil sebagai JSON / the outcome as JSON', false)
    .addHelpText('after', exitHelp(EXIT.ok, EXIT.refused, EXIT.damaged, EXIT.noInput, EXIT.notWritten))
    .action(async (options: Options) => {
      process.exitCode = await run(options);
    });
}

async function run(options: Options): Promise<ExitCode> {
  const { folder } = options;
  const opened = await openRegister(folder);
  if (!opened.ok) return tell(...opened.told);
  const planned = planAccounts(opened.stored.register);
  return locked(folder, tell, () => (options.forget ? forget(options) : make(options, planned)));
}

async function make(options: Options, planned: readonly PlannedAccount[]): Promise<ExitCode> {
  const { folder, letters, replace, dryRun } = options;
  const before = await loadAccounts(folder);
  const missing = missingAccounts(before, planned);
  const count = { made: missing.length, before: before.register.accounts.length };
  if (dryRun) return told(options, { outcome: 'dry-run', ...count, letters: 0 });
  const after = missing.length === 0 ? before : await withAccounts(before, missing, systemChance);
  if (missing.length > 0) await saveAccounts(folder, after);
  const printed = letters === undefined ? [] : accountLetters(after, planned);
  if (letters !== undefined) {
    if (printed.length === 0) return tell(EXIT.refused, 'kata sandi pertama sudah dihapus / were erased already');
    const fault = await writeNew(letters, await accountLettersPdf(printed), replace);
    if (fault !== null) return tell(EXIT.notWritten, fault);
  }
  return told(options, { outcome: 'done', ...count, letters: printed.length });
}

async function forget({ folder, dryRun, json }: Options): Promise<ExitCode> {
  const { first } = await loadAccounts(folder);
  const count = Object.keys(first.passwords).length;
  if (count > 0 && !dryRun) await forgetFirstPasswords(folder);
  return toldForgotten({ what: 'kata sandi pertama', count, dryRun, json });
}

interface Told {
  readonly outcome: 'done' | 'dry-run';
  readonly made: number;
  readonly before: number;
  /** Letters printed. */
  readonly letters: number;
}

function told({ json, letters: file }: Options, { outcome, made, before, letters }: Told): ExitCode {
  const verb = outcome === 'dry-run' ? 'Akun akan dibuat' : 'Akun dibuat';
  const says = `${verb}: ${made}; sudah ada: ${before}.${file === undefined ? '' : ` ${file}: ${letters} surat.`}`;
  console.log(json ? JSON.stringify({ schema: 1, outcome, made, before, letters }, null, 2) : says);
  return EXIT.ok;
}
