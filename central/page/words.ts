import type { DocumentState } from '#central/document.ts';
import type { Flag } from '#central/judge-record.ts';
import type { CorrectionReason } from '#contract/wire/record.ts';

/** Every sentence of the page that does not come with the data. */

export const STATES: Readonly<Record<DocumentState, { readonly short: string; readonly says: string }>> = {
  clean: { short: 'Lengkap', says: 'Angka dan gambar sudah masuk, semua aturan terpenuhi.' },
  warning: { short: 'Catatan', says: 'Angka dan gambar sudah masuk. Ada catatan yang tidak menghalangi.' },
  'pictures-missing': { short: 'Menunggu gambar', says: 'Angka sudah masuk. Gambarnya sedang dikirim.' },
  breach: { short: 'Aturan dilanggar', says: 'Angka pada kertas tidak saling cocok. Perlu dilihat orang.' },
  'forerunner-missing': { short: 'Menunggu versi lama', says: 'Koreksi sudah masuk, rekaman yang dikoreksi belum.' },
  branched: { short: 'Dua rekaman', says: 'Dua rekaman mengaku yang terbaru. Yang pertama dipakai sampai diperiksa.' },
};

export const FLAGS: Readonly<Record<Flag, string>> = {
  'breach-declared': 'KPPS menyatakan bahwa kertasnya memang demikian.',
  'breach-undeclared': 'KPPS tidak menyatakan bahwa kertasnya memang demikian.',
  'verdicts-differ': 'Kit menilai suatu aturan lain daripada pusat.',
  'figures-missing': 'Sebagian angka formulir tidak ada dalam rekaman.',
  'pages-missing': 'Sebagian halaman tidak ada dalam rekaman.',
  'chain-broken': 'Rekaman tidak menyambung pada rekaman kit sebelumnya.',
  'pictures-unsealed': 'Gambar dengan data pribadi tidak disegel sebagaimana mestinya.',
  'corrects-another': 'Koreksi menunjuk rekaman yang bukan versi sebelumnya.',
};

export const CORRECTIONS: Readonly<Record<CorrectionReason, string>> = {
  misread: 'Yang dikonfirmasi tidak sama dengan kertas.',
  'paper-corrected': 'Kertasnya diperbaiki KPPS.',
  objection: 'Keberatan saksi atau pengawas diterima.',
};

export const ALARMS: Readonly<Record<string, string>> = {
  'bad-signature': 'Tanda tangan tidak sah',
  'unknown-kit': 'Kit tidak dikenal',
  'revoked-kit': 'Kit sudah dicabut',
  'wrong-tps': 'TPS lain',
  'sequence-conflict': 'Nomor urut ganda',
  'bad-schema': 'Isi tidak sesuai',
  'unknown-form': 'Formulir tidak dikenal',
  'breach-undeclared': 'Aturan dilanggar',
  'verdicts-differ': 'Penilaian berbeda',
  'chain-broken': 'Rantai terputus',
  'pictures-unsealed': 'Gambar tidak disegel',
  'corrects-another': 'Koreksi salah alamat',
  'foreign-topic': 'Topik asing',
  'unexpected-chunk': 'Potongan gambar asing',
  'picture-damaged': 'Gambar rusak',
  'picture-length-differs': 'Ukuran gambar berbeda',
};

const TIME = new Intl.DateTimeFormat('id-ID', { dateStyle: 'medium', timeStyle: 'medium' });
const CLOCK = new Intl.DateTimeFormat('id-ID', { timeStyle: 'medium' });
const NUMBER = new Intl.NumberFormat('id-ID');

/** Day and time. */
export function timeOf(iso: string): string {
  return TIME.format(new Date(iso));
}

/** Time alone. */
export function clockOf(iso: string): string {
  return CLOCK.format(new Date(iso));
}

export function numberOf(value: number): string {
  return NUMBER.format(value);
}

/** A figure; a row that is not filled in is not 0. */
export function figureText(value: number | null): string {
  return value === null ? '–' : NUMBER.format(value);
}

/** Public TPS code: 6 digits kecamatan, 4 kelurahan, 3 TPS. */
export function tpsParts(code: string): { readonly tps: string; readonly area: string } {
  return {
    tps: code.slice(10),
    area: `${code.slice(0, 2)}.${code.slice(2, 4)}.${code.slice(4, 6)}.${code.slice(6, 10)}`,
  };
}
