import { readFile } from 'node:fs/promises';
import { type FormDefinition, parseDefinition } from '#contract/form/definition.ts';
import { shippedForms } from '#contract/forms.ts';
import { PRACTICE_SHEET } from '#contract/practice/practice-sheet.ts';
import { formPdf } from './form-pdf.ts';
import { practicePdf } from './practice-pdf.ts';

/** Why no form came of what was asked for; `says` tells the technician what to do, Indonesian first, then English. */
export type FormRefusal = {
  readonly ok: false;
  readonly code: 'unknown-form' | 'file-not-readable' | 'file-not-json' | 'bad-definition';
  readonly says: string;
};
export type FormChoice =
  | { readonly ok: true; readonly form: FormDefinition; readonly pdf: () => Promise<Uint8Array> }
  | FormRefusal;

/** All that can be printed by id: the forms that ship, and the practice sheet, which is no form of the kit's. */
export function printableForms(): readonly FormDefinition[] {
  return [...shippedForms().forms, PRACTICE_SHEET.form];
}

/** The form of an id that can be printed, or of a definition file that need not ship yet (its name ends in .json). */
export async function chooseForm(wanted: string): Promise<FormChoice> {
  return wanted.endsWith('.json') ? formOfFile(wanted) : formOfId(wanted);
}

function formOfId(id: string): FormChoice {
  if (id === PRACTICE_SHEET.form.id) {
    return { ok: true, form: PRACTICE_SHEET.form, pdf: () => practicePdf(PRACTICE_SHEET) };
  }
  const form = shippedForms().byId(id);
  if (form) return chosen(form);
  const known = printableForms()
    .map((one) => one.id)
    .join(', ');
  return refusal(
    'unknown-form',
    `Formulir "${id}" tidak dikenal. Pilih salah satu: ${known}; atau sebut berkas definisi .json.`,
    `There is no form "${id}". Choose one of: ${known}; or name a definition file that ends in .json.`,
  );
}

async function formOfFile(file: string): Promise<FormChoice> {
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) {
    return refusal(
      'file-not-readable',
      `Berkas ${file} tidak ada atau tidak dapat dibaca. Periksa nama dan izinnya.`,
      `The file ${file} is missing or cannot be read. Check its name and permissions.`,
    );
  }
  const json = parsedJson(text);
  if (json === undefined) {
    return refusal(
      'file-not-json',
      `Berkas ${file} bukan JSON yang utuh. Perbaiki berkas itu.`,
      `The file ${file} is not whole JSON. Mend it first.`,
    );
  }
  const parsed = parseDefinition(json);
  if (parsed.ok) return chosen(parsed.form);
  const faults = parsed.refusals.map(({ path, reason }) => `  ${path}: ${reason}`).join('\n');
  return refusal(
    'bad-definition',
    `Definisi ${file} ditolak. Perbaiki yang disebut di bawah ini.`,
    `The definition ${file} is refused. Mend what is named here:\n${faults}`,
  );
}

function chosen(form: FormDefinition): FormChoice {
  return { ok: true, form, pdf: () => formPdf(form) };
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function refusal(code: FormRefusal['code'], indonesian: string, english: string): FormRefusal {
  return { ok: false, code, says: `${indonesian}\n${english}` };
}
