import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import type { PageRefusal } from '#agent/page/refusal.ts';
import { summaryOf } from '#agent/practice/advice.ts';
import { type PracticeReading, readPracticeSheet } from '#agent/practice/read-sheet.ts';
import { practiceReport } from '#agent/practice/report.ts';
import { type SheetReport, sheetReport } from '#agent/practice/sheet-report.ts';
import { type DigitModel, loadDigitModel } from '#agent/read/digits.ts';
import { shippedForms } from '#contract/forms.ts';
import { practiceForms } from '#contract/practice/practice-sheet.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { isFault, lookAtFile, type PhotoFile } from './photo-file.ts';
import { type Advice, faultWords, refusalWords } from './sentences.ts';

/** What is to be looked at, and where the pages for the writers go; null writes none. */
export interface PracticeOrder {
  readonly files: readonly string[];
  readonly reports: string | null;
  readonly modelFile: string;
}

export type PracticedPhoto =
  | ({ readonly photo: string; readonly kind: 'practised'; readonly report: WrittenReport | null } & Advice &
      SheetReport)
  | ({ readonly photo: string; readonly kind: 'refused'; readonly code: PageRefusal['code'] } & Advice);

/** The page for the writer, or why it could not be written. */
export interface WrittenReport {
  readonly file: string;
  readonly fault: string | null;
}

export type PracticeAnswer =
  | { readonly ok: true; readonly photos: readonly PracticedPhoto[]; readonly exit: ExitCode }
  | { readonly ok: false; readonly exit: ExitCode; readonly says: readonly string[] };

/** Looks at each sheet by itself. Nothing is kept but the pages asked for: practice has no store. */
export async function practisePhotos(order: PracticeOrder): Promise<PracticeAnswer> {
  const looked = await Promise.all(order.files.map(lookAtFile));
  const faults = looked.filter(isFault);
  if (faults.length > 0) return { ok: false, exit: EXIT.noInput, says: faults.map(faultWords) };
  const model = await loadDigitModel(order.modelFile).catch(() => null);
  if (!model) return { ok: false, exit: EXIT.installation, says: [`${order.modelFile}: ${NO_MODEL}`] };
  const names = reportNames(order.files);
  const photos: PracticedPhoto[] = [];
  for (const [i, file] of looked.entries()) {
    if (isFault(file)) continue;
    const page = order.reports === null ? null : join(order.reports, names[i] ?? '');
    photos.push(await practise(file, page, model));
  }
  await model.close();
  return { ok: true, photos, exit: exitOf(photos) };
}

const NO_MODEL =
  'model tidak dapat dibaca. Pasang lagi program ini. / the model cannot be read: install the program again';

async function practise(photo: PhotoFile, page: string | null, model: DigitModel): Promise<PracticedPhoto> {
  const reading = await readPracticeSheet(await readFile(photo.file), model);
  if (reading.kind === 'refused') {
    return { photo: photo.file, kind: 'refused', code: reading.code, ...practiceRefusal(photo, reading) };
  }
  const report = page === null ? null : await writeReport(page, reading, photo.file);
  const summary = summaryOf(reading.rows.map(({ verdict }) => verdict));
  return { photo: photo.file, kind: 'practised', ...summary, ...sheetReport(reading.rows), report };
}

async function writeReport(file: string, reading: PracticeReading, photo: string): Promise<WrittenReport> {
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, practiceReport(reading, basename(photo)));
    return { file, fault: null };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return { file, fault: code ?? message };
  }
}

/** The photo's name; photos of one name from several folders are numbered. */
function reportNames(files: readonly string[]): readonly string[] {
  const stems = files.map((file) => basename(file, extname(file)));
  return stems.map((stem, i) => {
    const before = stems.slice(0, i).filter((other) => other === stem).length;
    return before === 0 ? `${stem}.html` : `${stem}-${before + 1}.html`;
  });
}

function practiceRefusal(photo: PhotoFile, refusal: PageRefusal): Advice {
  if (refusal.code === 'page-not-found') {
    return { what: 'Lembar latihan tidak ditemukan.', todo: 'Potret seluruh lembar dengan keempat sudutnya.' };
  }
  const official = refusal.code === 'unknown-tag' ? shippedForms().byTag(refusal.tag) : undefined;
  return official
    ? { what: `Ini formulir resmi, ${official.form.label}.`, todo: 'Latihan hanya membaca lembar latihan.' }
    : refusalWords(practiceForms(), photo, refusal);
}

function exitOf(photos: readonly PracticedPhoto[]): ExitCode {
  const sheets = photos.flatMap((photo) => (photo.kind === 'practised' ? [photo] : []));
  if (sheets.some(({ report }) => report !== null && report.fault !== null)) return EXIT.notWritten;
  if (sheets.length < photos.length) return EXIT.refused;
  return sheets.every(({ rows }) => rows.every(({ verdict }) => verdict === 'aman')) ? EXIT.ok : EXIT.look;
}
