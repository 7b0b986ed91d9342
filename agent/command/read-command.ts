import { Command, InvalidArgumentError } from 'commander';
import { MODEL_FILE } from '#agent/read/model-file.ts';
import type { PageChoice } from '#agent/read/reading.ts';
import { shippedForms } from '#contract/forms.ts';
import { drawAll } from './debug/draw-all.ts';
import { EXIT, EXIT_HELP } from './exit-code.ts';
import { choosePage } from './page-choice.ts';
import { readPhotos } from './read-photos.ts';
import type { Report } from './report.ts';
import { noticesOf, tableOf } from './table.ts';

interface Options {
  readonly json?: true;
  readonly form?: string;
  readonly page?: number;
  readonly each?: true;
  readonly debug?: true;
  readonly debugDir?: string;
  readonly model: string;
}

/** `tps-kit read`: the figures of photographed pages, as a table or as JSON. */
export function readCommand(): Command {
  return new Command('read')
    .description('Membaca angka pada foto formulir.\nReads the figures of photographed forms.')
    .argument('<photo...>', 'foto JPEG / photos, JPEG')
    .option('--json', 'satu objek JSON, bukan tabel / one JSON object instead of a table')
    .option('--form <id>', 'formulir tanpa tanda / the form, where the sheet carries no tag')
    .option('--page <n>', 'halaman formulir itu / its page', pageNumber)
    .option('--each', 'setiap foto berdiri sendiri / decide every photo by itself')
    .option('--debug', 'gambar di samping setiap foto / a picture of what was seen beside each photo')
    .option('--debug-dir <dir>', 'gambar di folder ini / the pictures into this folder')
    .option('--model <file>', 'model lain / another model file', MODEL_FILE)
    .addHelpText('after', `${EXIT_HELP}\n${EXAMPLES}`)
    .action(async (files: string[], options: Options, command: Command) => {
      process.exitCode = await read(files, options, command);
    });
}

const EXAMPLES = `
Contoh / examples:
  tps-kit read page-1.jpg page-2.jpg page-3.jpg
  tps-kit read --json --each *.jpg > figures.json
  tps-kit read --form c1-ppwp-2019 scan.jpg`;

async function read(files: readonly string[], options: Options, command: Command): Promise<number> {
  const forms = shippedForms();
  const chosen = choosePage(forms, options.form, options.page);
  if (!chosen.ok) return command.error(`error: ${chosen.says}`, { exitCode: EXIT.usage });
  const company = options.each ? 'none' : 'form';
  const order = { files, choice: chosen.choice, company, modelFile: options.model } as const;
  const answer = await readPhotos(forms, order);
  if (!answer.ok) {
    for (const line of answer.says) tell(line);
    return answer.exit;
  }
  const { report } = answer;
  process.stdout.write(options.json ? `${JSON.stringify(report, null, 2)}\n` : tableOf(report));
  for (const line of noticesOf(report)) tell(line);
  return options.debug || options.debugDir ? draw(report, chosen.choice, options.debugDir ?? null) : report.exit;
}

/** The report is out by now: a picture that fails takes nothing from it but the exit code. */
async function draw(report: Report, choice: PageChoice | null, folder: string | null): Promise<number> {
  let exit: number = report.exit;
  await drawAll(report, choice, folder, ({ file, fault }) => {
    if (fault !== null) exit = EXIT.notWritten;
    tell(fault === null ? file : `${file}: tidak dapat ditulis / cannot be written: ${fault}`);
  });
  return exit;
}

function tell(line: string): void {
  console.error(`tps-kit read: ${line}`);
}

function pageNumber(text: string): number {
  if (!/^[1-9][0-9]{0,3}$/.test(text)) throw new InvalidArgumentError('bilangan dari 1 / a number from 1.');
  return Number(text);
}
