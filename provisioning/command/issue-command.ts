import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import type { OpenAuthority } from '#provisioning/authority/authority.ts';
import { keptKits } from '#provisioning/authority/kit-files.ts';
import { writeKitRegister } from '#provisioning/authority/kit-register.ts';
import { systemChance } from '#provisioning/chance.ts';
import { type CommonParts, pinnedForms, readCommonParts } from '#provisioning/issue/enrol-kit.ts';
import { issueKits } from '#provisioning/issue/issue-kits.ts';
import { type IssuePlan, planIssue, type Selection } from '#provisioning/issue/plan-issue.ts';
import { AUTHORITY_FOLDER } from '#provisioning/register/issued-tps.ts';
import type { TpsRegister } from '#provisioning/register/tps-register.ts';
import { EXIT, type ExitCode, exitHelp } from './exit-code.ts';
import { folderOption, locked } from './folder.ts';
import { openAuthority, openSettings } from './open-authority.ts';
import { openRegister } from './open-register.ts';
import { progressBar } from './progress-bar.ts';
import { addSelection, type SelectionOptions, selectionOf } from './selection.ts';
import { tellerOf } from './tell.ts';
import { wholeNumber } from './whole-number.ts';

const tell = tellerOf('issue');

interface Options extends SelectionOptions {
  readonly folder: string;
  readonly jobs: number;
  readonly passphraseFile?: string;
  readonly dryRun: boolean;
  readonly json: boolean;
}

/** `tps-provision issue`: key, certificate and bundle of every kit that has none yet. */
export function issueCommand(): Command {
  return addSelection(
    new Command('issue')
      .description(
        'Menerbitkan kunci, sertifikat dan bekal tiap alat; yang sudah terbit dilewati.\nIssues key, certificate and bundle of each kit; what was issued is passed over, so it may be ended and begun again at any time.',
      )
      .addOption(folderOption()),
  )
    .option('--jobs <number>', 'alat sekaligus / kits at once', wholeNumber(1, 64), availableParallelism() * 2)
    .option('--passphrase-file <file>', 'kata sandi kunci penerbit, baris pertama / passphrase of the issuing key')
    .option('--dry-run', 'hanya menghitung, tidak menulis / counts, writes nothing', false)
    .option('--json', 'hasil sebagai JSON / the outcome as JSON', false)
    .addHelpText('after', exitHelp(EXIT.ok, EXIT.look, EXIT.refused, EXIT.damaged, EXIT.noInput))
    .action(async (options: Options) => {
      process.exitCode = await run(options);
    });
}

async function run(options: Options): Promise<ExitCode> {
  const { folder } = options;
  const selection = selectionOf(options);
  if (typeof selection === 'string') return tell(EXIT.usage, selection);
  const opened = await openRegister(folder);
  if (!opened.ok) return tell(...opened.told);
  const { register } = opened.stored;
  if (options.dryRun) return report(options, await plan(folder, register, selection), 0);
  return locked(folder, tell, () => issue(options, register, selection));
}

async function plan(folder: string, register: TpsRegister, selection: Selection): Promise<IssuePlan> {
  return planIssue(register, await keptKits(join(folder, AUTHORITY_FOLDER)), selection);
}

async function issue(options: Options, register: TpsRegister, selection: Selection): Promise<ExitCode> {
  const { folder } = options;
  const planned = await plan(folder, register, selection);
  if (planned.orders.length === 0) {
    // A run that was killed may not have come to it.
    if (planned.issued > 0) await registerKits(folder);
    return report(options, planned, 0);
  }
  const opened = await open(options);
  if (!opened.ok) return tell(opened.exit, opened.says);
  const done = await issueAll(options, register, opened, planned);
  await registerKits(folder);
  return report(options, planned, done);
}

/** Central's register, of all that is issued now. */
async function registerKits(folder: string): Promise<void> {
  const authority = join(folder, AUTHORITY_FOLDER);
  await writeKitRegister(authority, await keptKits(authority));
}

async function issueAll(
  { jobs: atOnce }: Options,
  register: TpsRegister,
  { authority, parts }: Opened,
  { orders }: IssuePlan,
): Promise<number> {
  const interrupted = new AbortController();
  const interrupt = () => interrupted.abort();
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  const bar = progressBar(orders.length);
  const now = () => new Date();
  const stop = interrupted.signal;
  const done = await issueKits(
    { authority, register, parts, chance: systemChance, now, jobs: atOnce, stop, progress: bar.to },
    orders,
  );
  bar.end();
  process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  return done;
}

interface Opened {
  readonly ok: true;
  readonly authority: OpenAuthority;
  readonly parts: CommonParts;
}

/** The issuing key and what all kits share, or why they cannot be had. */
async function open({
  folder,
  passphraseFile,
}: Options): Promise<Opened | { readonly ok: false; readonly exit: ExitCode; readonly says: string }> {
  const refuse = (exit: ExitCode, says: string) => ({ ok: false, exit, says }) as const;
  const shared = await openSettings(folder);
  if (!shared.ok) return shared;
  const { settings } = shared;
  const pinned = pinnedForms(settings.forms);
  if (!pinned.ok)
    return refuse(EXIT.damaged, `program ini tidak mengenal formulir / knows no form "${pinned.unknown}"`);
  const opened = await openAuthority(folder, passphraseFile);
  if (!opened.ok) return opened;
  const { authority } = opened;
  return { ok: true, authority, parts: await readCommonParts(authority.folder, settings, pinned.forms) };
}

function report({ dryRun, json }: Options, { orders, issued }: IssuePlan, done: number): ExitCode {
  const outcome = dryRun ? 'dry-run' : done < orders.length ? 'interrupted' : 'done';
  if (json)
    console.log(
      JSON.stringify({ schema: 1, outcome, issued: done, before: issued, left: orders.length - done }, null, 2),
    );
  else console.log(words(outcome, orders.length, issued, done));
  return outcome === 'interrupted' ? EXIT.look : EXIT.ok;
}

function words(outcome: 'dry-run' | 'interrupted' | 'done', planned: number, before: number, done: number): string {
  switch (outcome) {
    case 'dry-run':
      return `Akan terbit: ${planned} alat; sudah terbit: ${before}. Tidak ada yang ditulis / nothing was written (--dry-run).`;
    case 'interrupted':
      return `Terbit: ${done} alat, belum: ${planned - done}. Jalankan lagi untuk melanjutkan / run it again to go on.`;
    case 'done':
      return `Terbit: ${done} alat; sudah terbit sebelumnya: ${before}.`;
  }
}
