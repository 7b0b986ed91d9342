import { Command } from 'commander';
import { sheetTable } from '#agent/practice/sheet-report.ts';
import { MODEL_FILE } from '#agent/read/model-file.ts';
import { type PracticedPhoto, practisePhotos } from './practice-photos.ts';

interface Options {
  readonly json?: true;
  readonly report?: string;
  readonly model: string;
}

/** `tps-kit practice`: what each writer's digits risk, from photos of the practice sheet. */
export function practiceCommand(): Command {
  return new Command('practice')
    .description(
      'Menilai lembar latihan menulis angka.\nShows from photos of the practice sheet which digits are at risk, and why.',
    )
    .argument('<photo...>', 'foto JPEG lembar latihan / photos of the practice sheet, JPEG')
    .option('--report <dir>', 'satu halaman HTML untuk setiap penulis, di folder ini / a page for each writer')
    .option('--json', 'satu objek JSON, bukan tabel / one JSON object instead of a table')
    .option('--model <file>', 'model lain / another model file', MODEL_FILE)
    .addHelpText('after', HELP)
    .action(async (files: string[], options: Options) => {
      process.exitCode = await practise(files, options);
    });
}

const HELP = `
Kode keluar / exit codes:
  0   semua tanda aman / every character is safe
  1   ada yang berisiko, perlu diperhatikan, atau kosong / something is at risk, to be noted, or empty
  2   ada foto yang ditolak / a photo was refused
  64  perintah salah / wrong command line
  66  berkas tidak ada atau tidak dapat dibaca / a file is missing or unreadable
  70  program salah / a fault of the program
  72  pemasangan tidak lengkap (model) / the installation is incomplete (model)
  73  halaman --report tidak dapat ditulis / a --report page cannot be written

Contoh / examples:
  tps-kit practice --report hasil penulis-*.jpg
  tps-kit practice --json lembar.jpg > latihan.json`;

async function practise(files: readonly string[], options: Options): Promise<number> {
  const answer = await practisePhotos({ files, reports: options.report ?? null, modelFile: options.model });
  if (!answer.ok) {
    for (const line of answer.says) tell(line);
    return answer.exit;
  }
  const { photos, exit } = answer;
  process.stdout.write(
    options.json ? `${JSON.stringify({ schema: 1, photos }, null, 2)}\n` : photos.map(tableOf).join(''),
  );
  for (const line of photos.flatMap(noticesOf)) tell(line);
  return exit;
}

function tableOf(photo: PracticedPhoto): string {
  return photo.kind === 'refused' ? '' : `${photo.photo}: ${photo.what}. ${photo.todo}\n${sheetTable(photo)}\n\n`;
}

/** What no table shows. */
function noticesOf(photo: PracticedPhoto): readonly string[] {
  if (photo.kind === 'refused') return [`${photo.photo}: ditolak (${photo.code}): ${photo.what} ${photo.todo}`];
  if (photo.report === null) return [];
  const { file, fault } = photo.report;
  return [fault === null ? file : `${file}: tidak dapat ditulis / cannot be written: ${fault}`];
}

function tell(line: string): void {
  console.error(`tps-kit practice: ${line}`);
}
