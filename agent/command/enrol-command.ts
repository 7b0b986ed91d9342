import { createInterface } from 'node:readline/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { Command, InvalidArgumentError, Option } from 'commander';
import { type EnrolmentQuestion, type EnrolOutcome, enrol } from '#agent/enrolment/enrol.ts';
import { numberWords, outcomeWords, questionWords } from '#agent/enrolment/words.ts';
import { type EnrolmentPage, serveEnrolment } from '#agent/panel/enrolment-page.ts';
import { shippedForms } from '#contract/forms.ts';
import { EXIT } from './exit-code.ts';

interface Options {
  readonly folder: string;
  readonly confirm?: string;
  readonly screen?: number;
  readonly json: boolean;
}

/** `tps-kit enrol`: this machine becomes the kit of the TPS whose bundle is on a stick. */
export function enrolCommand(): Command {
  return new Command('enrol')
    .description(
      'Menjadikan alat ini milik satu TPS, dari bekal di stik.\nMakes this machine the kit of a TPS, from the bundle on a stick.',
    )
    .argument('<stick>', 'folder stik / folder of the stick')
    .option('--folder <folder>', 'folder pengaturan alat / folder of the configuration', '/etc/tps-kit')
    .option(
      '--confirm <tps>',
      'kode TPS yang diharapkan, tanpa bertanya / the expected TPS code, instead of a question',
    )
    .addOption(
      new Option('--screen <port>', 'bertanya di layar alat / ask on the screen of the kit')
        .argParser(portOf)
        .conflicts('confirm'),
    )
    .option('--json', 'hasil sebagai JSON / the outcome as JSON', false)
    .addHelpText('after', HELP)
    .action(async (stick: string, options: Options) => {
      process.exitCode = await run(stick, options);
    });
}

const HELP = `
Kunci rahasia dihapus dari stik setelah tersimpan di alat.
The private key is erased from the stick once the kit has it.

Kode keluar / exit codes:
  0   alat ini siap untuk TPS itu / this machine is the kit of that TPS
  2   ditolak, tidak ada yang berubah / refused, nothing was changed
  64  perintah salah / wrong command line
  66  tidak ada bekal di stik / there is no bundle on the stick
  70  program salah / a fault of the program`;

/** How long the outcome stays on the screen before the kit's own takes its place, ms. */
const READ_MS = 6_000;

async function run(stick: string, options: Options): Promise<number> {
  const page = options.screen === undefined ? null : await serveEnrolment({ port: options.screen });
  try {
    return await enrolHere(stick, options, page);
  } finally {
    if (page) await sleep(READ_MS).then(page.close);
  }
}

async function enrolHere(stick: string, options: Options, page: EnrolmentPage | null): Promise<number> {
  const { folder, confirm, json } = options;
  const ask = async (question: EnrolmentQuestion) => {
    if (page) return page.ask(questionWords(question));
    return confirm === undefined ? asked(question) : question.enrolment.tps === confirm;
  };
  if (page) console.log(`screen at ${page.url}`);
  const outcome = await enrol({ stick, folder, forms: shippedForms(), now: new Date(), confirm: ask });
  const words = outcomeWords(outcome);
  const says = `${words.what} ${words.todo}`;
  page?.tell(words);
  if (json) console.log(JSON.stringify({ schema: 1, ...toldAs(outcome) }, null, 2));
  else if (outcome.ok) console.log(says);
  else console.error(`${says}\n${outcome.reason}`);
  if (outcome.ok) return EXIT.ok;
  return outcome.code === 'none' ? EXIT.noInput : EXIT.refused;
}

function portOf(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new InvalidArgumentError('port 0 sampai 65535');
}

/** The technician types the number of the TPS: a mere YA is said too quickly. */
async function asked(question: EnrolmentQuestion): Promise<boolean> {
  if (!process.stdin.isTTY) return false;
  for (const line of questionWords(question)) console.log(line);
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(
    'Ketik nomor TPS (3 angka) untuk setuju / type the number of the TPS to agree: ',
  );
  terminal.close();
  return answer.trim() === numberWords(question.enrolment.place);
}

function toldAs(outcome: EnrolOutcome): object {
  if (!outcome.ok) return { outcome: outcome.code, reason: outcome.reason };
  const { kit, tps, place } = outcome.enrolment;
  return { outcome: 'enrolled', kit, tps, place };
}
