import { readFile } from 'node:fs/promises';
import type { PageRefusal } from '#agent/page/refusal.ts';
import { type ReaderProcess, startReader } from '#agent/read/reader-process.ts';
import type { PageChoice, PageReading } from '#agent/read/reading.ts';
import type { FormRegistry } from '#contract/form/registry.ts';
import { composeReport, type PhotoAnswer } from './compose-report.ts';
import type { Company } from './documents.ts';
import { EXIT } from './exit-code.ts';
import { isFault, lookAtFile, type PhotoFile } from './photo-file.ts';
import type { Report } from './report.ts';
import { faultWords } from './sentences.ts';

/** What is to be read, and how. */
export interface ReadOrder {
  readonly files: readonly string[];
  readonly choice: PageChoice | null;
  readonly company: Company;
  readonly modelFile: string;
}

/** The report, or why nothing was read: a line for each fault. */
export type ReadAnswer =
  | { readonly ok: true; readonly report: Report }
  | {
      readonly ok: false;
      readonly exit: typeof EXIT.noInput | typeof EXIT.installation;
      readonly says: readonly string[];
    };

/** Nobody stands before the screen: a page may take longer than on the kit, on a machine that has other work. */
const READ_LIMIT_MS = 120_000;

/**
 * Reads the photos one after the other in the seeing process. Files are looked at first: whoever names
 * the pages of a form and one of them is not there does not want the sums of the others.
 */
export async function readPhotos(forms: FormRegistry, order: ReadOrder): Promise<ReadAnswer> {
  const started = performance.now();
  const looked = await Promise.all(order.files.map(lookAtFile));
  const faults = looked.filter(isFault);
  if (faults.length > 0) return { ok: false, exit: EXIT.noInput, says: faults.map(faultWords) };
  const reader = await readerOf(order.modelFile);
  if (!reader) return { ok: false, exit: EXIT.installation, says: [missingModel(order.modelFile)] };
  const photos = looked.flatMap((photo) => (isFault(photo) ? [] : [photo]));
  const answers = await readEach(reader, photos, order.choice).finally(() => reader.close());
  const parts = { model: reader.model, answers, company: order.company, ms: performance.now() - started };
  return { ok: true, report: composeReport(forms, parts) };
}

function readerOf(modelFile: string): Promise<ReaderProcess | null> {
  return startReader({ modelFile, limitMs: READ_LIMIT_MS }).catch(() => null);
}

function missingModel(file: string): string {
  return `${file}: model tidak dapat dibaca. Pasang lagi program ini. / the model cannot be read: install the program again`;
}

async function readEach(
  reader: ReaderProcess,
  photos: readonly PhotoFile[],
  choice: PageChoice | null,
): Promise<readonly PhotoAnswer[]> {
  const answers: PhotoAnswer[] = [];
  for (const photo of photos)
    answers.push({ photo, answer: withoutPictures(await reader.read(await readFile(photo.file), choice)) });
  return answers;
}

/** The pictures for a screen are not kept: of a thousand photos they would fill the memory. */
function withoutPictures(answer: PageReading | PageRefusal): PhotoAnswer['answer'] {
  if (answer.kind === 'refused') return answer;
  const { kind, form, page, evidence, ms } = answer;
  return { kind, form, page, evidence, ms };
}
