import { writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import { chooseForm, printableForms } from './form-choice.ts';

const program = new Command('print-form')
  .description(
    'Mencetak formulir sebagai PDF dengan skala sebenarnya, untuk latihan dan pengujian.\n' +
      'Prints a form as a PDF at true scale, for rehearsals and tests. Print it at 100 %, never "fit to page".',
  )
  .argument('[form]', 'id formulir, atau berkas definisi .json / id of a form, or a definition file .json')
  .argument('[out]', 'PDF yang ditulis / the PDF to write')
  .option('-l, --list', 'tampilkan formulir yang ada / list the forms')
  .addHelpText(
    'after',
    '\nContoh / example:\n  print-form c-hasil-kwk-gubernur gubernur.pdf\n  print-form latihan-angka latihan.pdf',
  )
  .action(async (form: string | undefined, out: string | undefined, options: { list?: true }) => {
    if (options.list) listForms();
    else if (form === undefined || out === undefined) {
      fail('Sebut formulir dan PDF yang ditulis.\nName the form and the PDF to write. See --help.');
    } else await printForm(form, out);
  });

await program.parseAsync();

function listForms(): void {
  for (const { id, label, pages, sheet } of printableForms()) {
    console.log(`${id.padEnd(22)} ${label}; ${pages.length} lembar ${sheet.width} × ${sheet.height} mm`);
  }
}

async function printForm(wanted: string, out: string): Promise<void> {
  const choice = await chooseForm(wanted);
  if (!choice.ok) return fail(choice.says);
  const pdf = await choice.pdf();
  const fault = await writeFile(out, pdf).then(
    () => null,
    (error: NodeJS.ErrnoException) => error.code ?? error.message,
  );
  if (fault !== null) {
    return fail(
      `${out} tidak dapat ditulis (${fault}). Periksa apakah foldernya ada dan boleh ditulis.\n` +
        `${out} cannot be written (${fault}). Check that its folder exists and may be written to.`,
    );
  }
  const { pages, sheet } = choice.form;
  console.log(`${out}: ${choice.form.label}, ${pages.length} lembar ${sheet.width} × ${sheet.height} mm`);
}

function fail(says: string): void {
  console.error(says);
  process.exitCode = 1;
}
