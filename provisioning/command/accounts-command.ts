import { randomBytes, randomInt } from 'node:crypto';
import { Command, Option } from 'commander';
import type { Account } from '#contract/accounts-register.ts';
import { hashSecret, type SecretCost } from '#contract/secret-hash.ts';
import {
  forgetFirstPasswords,
  loadAccounts,
  type StoredAccounts,
  saveAccounts,
} from '#provisioning/accounts/accounts-file.ts';
import { drawPassword } from '#provisioning/accounts/first-password.ts';
import { type PlannedAccount, planAccounts } from '#provisioning/accounts/plan-accounts.ts';
import { lockFolder } from '#provisioning/folder-lock.ts';
import { accountLettersPdf } from '#provisioning/paper/account-letters-pdf.ts';
import { EXIT, type ExitCode, exitHelp } from './exit-code.ts';
import { folderOption, inUse } from './folder.ts';
import { openRegister } from './open-register.ts';
import { tellerOf } from './tell.ts';
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

/** First passwords are random: nothing is gained by a higher cost, and their owners choose others at once. */
const FIRST_COST: SecretCost = { cost: 32_768, blockSize: 8 };

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
  const lock = await lockFolder(folder);
  if (!lock.ok) return tell(EXIT.refused, inUse(folder, lock.process));
  try {
    return options.forget ? await forget(options) : await make(options, planned);
  } finally {
    await lock.release();
  }
}

async function make(options: Options, planned: readonly PlannedAccount[]): Promise<ExitCode> {
  const { folder, letters, replace, dryRun } = options;
  const before = await loadAccounts(folder);
  const there = new Set(before.register.accounts.map(({ user }) => user));
  const missing = planned.filter(({ user }) => !there.has(user));
  if (dryRun) return told(options, { outcome: 'dry-run', made: missing.length, before: there.size, letters: 0 });
  const after = missing.length === 0 ? before : await withAccounts(before, missing);
  if (missing.length > 0) await saveAccounts(folder, after);
  const printed = letters === undefined ? [] : lettersOf(after, planned);
  if (letters !== undefined) {
    if (printed.length === 0) return tell(EXIT.refused, 'kata sandi pertama sudah dihapus / were erased already');
    const fault = await writeNew(letters, await accountLettersPdf(printed), replace);
    if (fault !== null) return tell(EXIT.notWritten, fault);
  }
  return told(options, { outcome: 'done', made: missing.length, before: there.size, letters: printed.length });
}

async function withAccounts({ register, first }: StoredAccounts, missing: readonly PlannedAccount[]) {
  const passwords: Record<string, string> = { ...first.passwords };
  for (const { user } of missing) passwords[user] = drawPassword({ below: (limit) => randomInt(limit) });
  const accounts = await Promise.all(
    missing.map(async ({ user, role, region }): Promise<Account> => {
      const password = await hashSecret(passwords[user] ?? '', randomBytes(16), FIRST_COST);
      return { user, role, region, password, mustChange: true };
    }),
  );
  return {
    register: { schema: 1, accounts: [...register.accounts, ...accounts] },
    first: { schema: 1, passwords },
  } satisfies StoredAccounts;
}

function lettersOf({ first }: StoredAccounts, planned: readonly PlannedAccount[]) {
  return planned.flatMap(({ user, role, regionName }) => {
    const password = first.passwords[user];
    const office = `${role === 'administrator' ? 'Administrator' : 'Operator'}, ${regionName}`;
    return password === undefined ? [] : [{ user, office, password }];
  });
}

async function forget(options: Options): Promise<ExitCode> {
  const { first, register } = await loadAccounts(options.folder);
  const count = Object.keys(first.passwords).length;
  if (count > 0 && !options.dryRun) await forgetFirstPasswords(options.folder);
  const outcome = options.dryRun ? 'dry-run' : 'forgotten';
  return told(options, { outcome, made: 0, before: register.accounts.length, letters: count });
}

interface Told {
  readonly outcome: 'done' | 'dry-run' | 'forgotten';
  readonly made: number;
  readonly before: number;
  /** Letters printed, or first passwords erased. */
  readonly letters: number;
}

function told({ json, letters: file }: Options, { outcome, made, before, letters }: Told): ExitCode {
  const says =
    outcome === 'forgotten'
      ? `${letters} kata sandi pertama dihapus; suratnya tidak dapat dicetak lagi.`
      : `Akun dibuat: ${made}; sudah ada: ${before}.${file === undefined ? '' : ` ${file}: ${letters} surat.`}`;
  console.log(json ? JSON.stringify({ schema: 1, outcome, made, before, letters }, null, 2) : says);
  return EXIT.ok;
}
