import type { PageRefusal } from '#agent/page/refusal.ts';
import type { AskReason } from '#agent/tally/accept.ts';
import { allFigures, type CornerName } from '#contract/form/definition.ts';
import type { FormRegistry } from '#contract/form/registry.ts';
import type { FigureValue } from '#contract/form/rules.ts';
import type { FileFault, PhotoFile } from './photo-file.ts';
import type { FigureReport } from './report.ts';

/**
 * The Indonesian sentences of the command line. Those of the kit's screen speak of its buttons and of
 * paper that is still on the stand; here someone has photo files, and perhaps a camera.
 */

/** What was wrong, and what to do. */
export interface Advice {
  readonly what: string;
  readonly todo: string;
}

export function refusalWords(forms: FormRegistry, { kind }: PhotoFile, refusal: PageRefusal): Advice {
  switch (refusal.code) {
    case 'not-a-picture':
      return NOT_JPEG[kind];
    case 'picture-too-small':
      return { what: 'Formulir terlalu kecil di foto.', todo: 'Potret dari lebih dekat, atau dengan resolusi penuh.' };
    case 'page-not-found':
      return {
        what: 'Formulir tidak ditemukan.',
        todo: 'Potret satu halaman utuh dengan keempat sudutnya. Formulir tanpa tanda: sebut --form dan --page.',
      };
    case 'reader-died':
      return {
        what: 'Pembaca mati, atau terlalu lama pada foto ini.',
        todo: 'Coba sekali lagi. Jika tetap, kirim foto ini kepada pembuat program.',
      };
    case 'too-dark':
      return { what: 'Foto terlalu gelap.', todo: 'Potret lagi dengan cahaya lebih terang.' };
    case 'blurred':
      return { what: 'Foto buram.', todo: 'Potret lagi dengan kamera diam dan fokus pada kertas.' };
    case 'bent':
      return { what: 'Kertas melengkung.', todo: 'Ratakan kertas, lalu potret lagi.' };
    case 'corner-hidden':
      return {
        what: `Sudut ${CORNERS[refusal.corner]} tidak terlihat.`,
        todo: 'Singkirkan yang menutupinya, lalu potret lagi.',
      };
    case 'cut-off':
      return {
        what: `Sudut ${CORNERS[refusal.corner]} di luar foto.`,
        todo: 'Potret lagi sampai keempat sudut masuk.',
      };
    case 'glare':
      return {
        what: `Pantulan cahaya menutupi ${labelOf(forms, refusal.figure)}.`,
        todo: 'Pindahkan lampu atau miringkan kertas, lalu potret lagi.',
      };
    case 'practice-sheet':
      return { what: 'Ini lembar latihan, bukan formulir resmi.', todo: 'Pakai: tps-kit practice.' };
    case 'unknown-tag':
      return {
        what: `Formulir dengan tanda ${refusal.tag} tidak dikenal.`,
        todo: 'Periksa judul formulir; definisinya belum ada di program ini.',
      };
  }
}

const NOT_JPEG: Readonly<Record<PhotoFile['kind'], Advice>> = {
  empty: { what: 'Berkas ini kosong.', todo: 'Salin lagi foto aslinya.' },
  png: { what: 'Berkas ini PNG, bukan JPEG.', todo: 'Pakai foto asli kamera, atau simpan sebagai JPEG.' },
  jpeg: { what: 'Foto ini rusak atau terpotong.', todo: 'Salin lagi foto aslinya, atau potret lagi.' },
  other: { what: 'Berkas ini bukan foto JPEG.', todo: 'Sebut foto JPEG.' },
};

export const CORNERS: Readonly<Record<CornerName, string>> = {
  tl: 'kiri atas',
  tr: 'kanan atas',
  br: 'kanan bawah',
  bl: 'kiri bawah',
};

/** The same figures are on several forms under the same id and label. */
function labelOf(forms: FormRegistry, figure: string): string {
  const found = forms.forms.flatMap(allFigures).find(({ id }) => id === figure);
  return found?.label ?? figure;
}

export function faultWords({ file, fault }: FileFault): string {
  return `${file}: ${FAULTS[fault]}`;
}

const FAULTS: Readonly<Record<FileFault['fault'], string>> = {
  missing: 'berkas tidak ada. Periksa namanya. / no such file',
  folder: 'ini folder. Sebut foto di dalamnya. / this is a folder: name the photos in it',
  'not-readable': 'berkas tidak dapat dibaca. Periksa izinnya. / cannot be read: check its permissions',
};

export function valueWords(value: FigureValue): string {
  return value === null ? 'kosong' : String(value);
}

/** Why a figure is accepted or asked. */
export function statusWords({ sureBy, reasons }: Pick<FigureReport, 'sureBy' | 'reasons'>): string {
  if (sureBy !== null) return `diterima: ${SURE_BY[sureBy]}`;
  return `ditanyakan: ${reasons.map((reason) => REASONS[reason]).join(', ')}`;
}

const SURE_BY = { itself: 'jelas', sums: 'dikuatkan jumlah' } as const;

const REASONS: Readonly<Record<AskReason, string>> = {
  'unusual-pattern': 'letak angka tidak biasa',
  unreadable: 'ada kotak tidak terbaca',
  'sources-disagree': 'angka, bulatan, turus atau kata berbeda',
  'not-filled-in': 'baris tampak kosong',
  'rule-broken': 'jumlah tidak cocok',
  margin: 'kurang jelas',
};

export const SEVERITIES = { blocking: 'wajib', warning: 'peringatan' } as const;
