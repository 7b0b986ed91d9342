import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCanvas } from '@napi-rs/canvas';
import type { FigureId, FormDefinition, FormId } from '#contract/form/definition.ts';
import type { Figures } from '#contract/form/rules.ts';
import { shippedForms } from '#contract/forms.ts';
import { formPdf } from '#provisioning/paper/form-pdf.ts';
import { photograph } from '#synthesis/photograph.ts';

/**
 * All paper of one small TPS: both result forms, the special events, three attendance lists, and two photos nobody
 * can read. 54 of 64 voters came; the Mayor's form does not add up on the paper.
 */

const VOTERS = {
  ...{ 'dpt.l': 30, 'dpt.p': 34, 'dpt.j': 64 },
  ...{ 'pengguna-dpt.l': 24, 'pengguna-dpt.p': 28, 'pengguna-dpt.j': 52 },
  ...{ 'pengguna-dpph.l': 1, 'pengguna-dpph.p': 0, 'pengguna-dpph.j': 1 },
  ...{ 'pengguna-dptb.l': 0, 'pengguna-dptb.p': 1, 'pengguna-dptb.j': 1 },
  ...{ 'pengguna.l': 25, 'pengguna.p': 29, 'pengguna.j': 54 },
  ...{ 'surat-suara.diterima': 66, 'surat-suara.digunakan': 54 },
  ...{ 'surat-suara.dikembalikan': 1, 'surat-suara.tidak-digunakan': 11 },
  ...{ 'disabilitas.l': 0, 'disabilitas.p': 1, 'disabilitas.j': 1 },
  ...{ 'suara.sah': 51, 'suara.tidak-sah': 3, 'suara.total': 54 },
};

/** What is written on the paper, by form. */
export const EVENING_PAPER: Readonly<Record<FormId, Readonly<Record<FigureId, number>>>> = {
  'c-hasil-kwk-gubernur': { ...VOTERS, 'paslon-1': 18, 'paslon-2': 26, 'paslon-3': 7 },
  // 20 + 23 + 8 are 51; the paper says 53.
  'c-hasil-kwk-walikota': { ...VOTERS, 'paslon-1': 20, 'paslon-2': 23, 'paslon-3': 10 },
  'kejadian-khusus-kwk': { kejadian: 0 },
  'daftar-hadir-dpt-kwk': { 'tanda-tangan.1': 18, 'tanda-tangan.2': 19, 'tanda-tangan.3': 15 },
  'daftar-hadir-dpph-kwk': { 'tanda-tangan.1': 1 },
  'daftar-hadir-dptb-kwk': { 'tanda-tangan.1': 1 },
};

const PAGES: readonly (readonly [name: string, form: FormId, pages: number])[] = [
  ['gubernur', 'c-hasil-kwk-gubernur', 3],
  ['walikota', 'c-hasil-kwk-walikota', 3],
  ['kejadian-khusus', 'kejadian-khusus-kwk', 1],
  ['daftar-hadir-dpt', 'daftar-hadir-dpt-kwk', 3],
  ['daftar-hadir-pindahan', 'daftar-hadir-dpph-kwk', 1],
  ['daftar-hadir-tambahan', 'daftar-hadir-dptb-kwk', 1],
];

/**
 * Prints, fills and photographs all of it once: `gubernur-1.jpg` and so on; `buram.jpg`, which is blurred; and
 * `tanpa-tanda.jpg`, an attendance list as an office might print it, without marks or tag.
 */
export async function eveningTray(folder: string): Promise<string> {
  if (existsSync(join(folder, EDITION))) return folder;
  mkdirSync(folder, { recursive: true });
  for (const [name, id, pages] of PAGES) {
    const form = formNamed(id);
    const pdf = await formPdf(form);
    for (let page = 1; page <= pages; page++) {
      writeFileSync(join(folder, `${name}-${page}.jpg`), photoOf(form, pdf, page, {}));
    }
  }
  const governor = formNamed('c-hasil-kwk-gubernur');
  const blurred = { defocus: 14 };
  writeFileSync(join(folder, 'buram.jpg'), photoOf(governor, await formPdf(governor), 1, blurred));
  writeFileSync(join(folder, 'tanpa-tanda.jpg'), unmarkedSheet());
  // Last and in one step: a tray that was begun and cut short is made anew.
  writeFileSync(join(folder, 'part'), '');
  renameSync(join(folder, 'part'), join(folder, EDITION));
  return folder;
}

/** Another one when the paper changes, so that an older tray is made anew. */
const EDITION = 'whole-2';

/** A sheet of A4, a little turned, on the dark base of the stand; one voter has signed. */
function unmarkedSheet(): Uint8Array {
  const canvas = createCanvas(1700, 2200);
  const context = canvas.getContext('2d');
  context.fillStyle = '#2b2b2b';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.translate(260, 140);
  context.rotate(0.03);
  context.scale(6, 6);
  context.fillStyle = '#e4e2dc';
  context.fillRect(0, 0, 210, 297);
  context.fillStyle = '#1c1c1c';
  context.font = '7px sans-serif';
  context.fillText('DAFTAR HADIR PEMILIH TAMBAHAN', 20, 24);
  context.lineWidth = 0.4;
  for (let row = 0; row <= 20; row++) context.strokeRect(20, 40, 170, 11 * row);
  context.lineWidth = 0.6;
  context.beginPath();
  for (let x = 0; x < 30; x += 0.5) context.lineTo(150 + x, 46 + 3 * Math.sin(x * 1.3));
  context.stroke();
  return canvas.toBuffer('image/jpeg', 88);
}

function photoOf(form: FormDefinition, pdf: Uint8Array, page: number, fixed: object): Uint8Array {
  const figures: Figures = new Map(Object.entries(EVENING_PAPER[form.id] ?? {}));
  return photograph({
    ...{ form, page, pdf, figures, seed: 'evening', split: 'test', care: 'careful', severity: 'good' },
    ...{ longSide: form.kind === 'hasil' ? 4000 : 2400, fixed },
  }).jpeg;
}

function formNamed(id: FormId): FormDefinition {
  const form = shippedForms().byId(id);
  if (!form) throw new Error(`${id} does not ship`);
  return form;
}
