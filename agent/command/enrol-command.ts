import { createInterface } from 'node:readline/promises';
import { Command } from 'commander';
import { type EnrolmentQuestion, type EnrolOutcome, enrol } from '#agent/enrolment/enrol.ts';
import { placeWords, questionWords, refusalWords } from '#agent/enrolment/words.ts';
import { shippedForms } from '#contract/forms.ts';
import { EXIT } from './exit-code.ts';

interface Options {
  readonly folder: string;
  readonly confirm?: string;
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

async function run(stick: string, { folder, confirm, json }: Options): Promise<number> {
  const ask = async (question: EnrolmentQuestion) =>
    confirm === undefined ? asked(question) : question.enrolment.tps === confirm;
  const outcome = await enrol({ stick, folder, forms: shippedForms(), now: new Date(), confirm: ask });
  if (json) console.log(JSON.stringify({ schema: 1, ...toldAs(outcome) }, null, 2));
  else if (outcome.ok) console.log(`Alat ini sekarang ${placeWords(outcome.enrolment)}. Stik boleh dicabut.`);
  else {
    const { what, todo } = refusalWords(outcome.code);
    console.error(`${what} ${todo}\n${outcome.reason}`);
  }
  if (outcome.ok) return EXIT.ok;
  return outcome.code === 'none' ? EXIT.noInput : EXIT.refused;
}

/** The technician types the number of the TPS: a mere YA is said too quickly. */
async function asked(question: EnrolmentQuestion): Promise<boolean> {
  if (!process.stdin.isTTY) return false;
  const number = String(question.enrolment.place.number).padStart(3, '0');
  for (const line of questionWords(question)) console.log(line);
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(
    'Ketik nomor TPS (3 angka) untuk setuju / type the number of the TPS to agree: ',
  );
  terminal.close();
  return answer.trim() === number;
}

function toldAs(outcome: EnrolOutcome): object {
  if (!outcome.ok) return { outcome: outcome.code, reason: outcome.reason };
  const { kit, tps, place } = outcome.enrolment;
  return { outcome: 'enrolled', kit, tps, place };
}
