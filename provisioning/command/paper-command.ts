import { join } from 'node:path';
import { Command, Option } from 'commander';
import { keptKits } from '#provisioning/authority/kit-files.ts';
import { type SelectedKit, selectedKits } from '#provisioning/issue/selected-kits.ts';
import { AUTHORITY_FOLDER } from '#provisioning/register/issued-tps.ts';
import { EXIT, type ExitCode, exitHelp } from './exit-code.ts';
import { folderOption, locked } from './folder.ts';
import { openRegister } from './open-register.ts';
import { addSelection, type SelectionOptions, selectionOf } from './selection.ts';
import { tellerOf } from './tell.ts';
import { toldForgotten } from './told-forgotten.ts';
import { writeNew } from './write-new.ts';

/** A command that prints something for each of the selected kits. */
export interface Paper {
  readonly name: string;
  /** Indonesian, then English. */
  readonly description: string;
  /** The PDF, or what is wrong, in words. */
  readonly pdf: (kits: readonly SelectedKit[], authority: string) => Promise<Uint8Array | string>;
  /** The same as a table, where there is one. */
  readonly csv?: (kits: readonly SelectedKit[]) => string;
  /** What it prints of each kit, where that may be erased afterwards. */
  readonly secrets?: Secrets;
  /** What it printed, for so many kits: "95 lembar". */
  readonly says: (kits: number) => string;
}

export interface Secrets {
  /** "PIN alat": what is counted. */
  readonly what: string;
  readonly isKept: (kit: SelectedKit, authority: string) => Promise<boolean>;
  readonly forget: (kit: SelectedKit, authority: string) => Promise<void>;
}

interface Options extends SelectionOptions {
  readonly folder: string;
  readonly out?: string;
  readonly forget?: true;
  readonly csv?: string;
  readonly replace: boolean;
  readonly dryRun: boolean;
  readonly json: boolean;
}

export function paperCommand(paper: Paper): Command {
  const command = addSelection(new Command(paper.name).description(paper.description).addOption(folderOption()));
  if (paper.csv) command.option('--csv <file>', 'juga sebagai CSV / the same as CSV');
  if (paper.secrets) {
    const forget = new Option(
      '--forget',
      'hapus rahasianya, setelah dicetak / erase the secrets once they are printed',
    );
    command.addOption(forget.conflicts('out'));
  }
  return command
    .option('--out <file>', 'PDF yang ditulis / the PDF to write')
    .option('--replace', 'ganti PDF yang ada / replace a PDF that is there', false)
    .option('--dry-run', 'hanya menghitung, tidak menulis / counts, writes nothing', false)
    .option('--json', 'hasil sebagai JSON / the outcome as JSON', false)
    .addHelpText('after', exitHelp(EXIT.ok, EXIT.refused, EXIT.damaged, EXIT.noInput, EXIT.notWritten))
    .action(async (options: Options) => {
      process.exitCode = await run(paper, options);
    });
}

async function run(paper: Paper, options: Options): Promise<ExitCode> {
  const { folder, out, dryRun, json } = options;
  const tell = tellerOf(paper.name);
  const selection = selectionOf(options);
  if (typeof selection === 'string') return tell(EXIT.usage, selection);
  const opened = await openRegister(folder);
  if (!opened.ok) return tell(...opened.told);
  const authority = join(folder, AUTHORITY_FOLDER);
  const kits = selectedKits(opened.stored.register, await keptKits(authority), selection);
  if (kits.length === 0) return tell(EXIT.refused, 'belum ada alat yang terbit untuk itu / no kit was issued for that');
  const { secrets } = paper;
  if (options.forget && secrets) return locked(folder, tell, () => forget(secrets, options, kits, authority));
  if (out === undefined) return tell(EXIT.usage, 'sebut --out / name the PDF to write');
  const pdf = await paper.pdf(kits, authority);
  if (typeof pdf === 'string') return tell(EXIT.refused, pdf);
  const fault = dryRun ? null : await writeAll(paper, { ...options, out }, kits, pdf);
  if (fault !== null) return tell(EXIT.notWritten, fault);
  const says = `${out}: ${paper.says(kits.length)}.${dryRun ? ' Tidak ditulis / not written (--dry-run).' : ''}`;
  const outcome = dryRun ? 'dry-run' : 'written';
  console.log(json ? JSON.stringify({ schema: 1, outcome, file: out, kits: kits.length }, null, 2) : says);
  return EXIT.ok;
}

/** Answers what is wrong, or null. */
async function writeAll(
  paper: Paper,
  { out, csv, replace }: Options & { readonly out: string },
  kits: readonly SelectedKit[],
  pdf: Uint8Array,
): Promise<string | null> {
  const fault = await writeNew(out, pdf, replace);
  if (fault !== null || csv === undefined || !paper.csv) return fault;
  return writeNew(csv, paper.csv(kits), replace);
}

async function forget(
  { what, isKept, forget: erase }: Secrets,
  { dryRun, json }: Options,
  kits: readonly SelectedKit[],
  authority: string,
): Promise<ExitCode> {
  let count = 0;
  for (const kit of kits) {
    if (!(await isKept(kit, authority))) continue;
    count += 1;
    if (!dryRun) await erase(kit, authority);
  }
  return toldForgotten({ what, count, dryRun, json });
}
