import type { Character } from '#contract/practice/practice-sheet.ts';
import type { Reason, Verdict } from './judge.ts';
import { isReadingRisk, type ReadingRisk, type ShapeRisk } from './risk.ts';

/** Every sentence a KPPS member reads about their own digits: what was seen, and how to write instead. */
export interface Advice {
  readonly what: string;
  readonly todo: string;
}

export function adviceOf(character: Character, reason: Reason): Advice {
  const [{ risk }] = reason.found;
  switch (risk.kind) {
    case 'misread':
    case 'unsure':
      return { what: `${capital(mistakesIn(reason))}.`, todo: HOW_TO[character] };
    case 'faint':
      return { what: 'Goresan terlalu tipis.', todo: 'Tekan lebih kuat, atau pakai pena yang lebih tebal dan gelap.' };
    case 'on-frame':
      return { what: 'Menyentuh garis kotak.', todo: 'Tulis di tengah kotak; sisakan jarak dari keempat garis.' };
    case 'in-pieces':
      return { what: 'Goresan terputus.', todo: 'Tulis dalam satu tarikan; ganti pena bila tintanya tersendat.' };
    case 'small':
      return { what: 'Terlalu kecil.', todo: 'Tulis lebih besar: kira-kira dua pertiga tinggi kotak.' };
    case 'closed-top':
    case 'loop-open':
    case 'needless-loop':
    case 'barred':
    case 'long-flag':
    case 'foot':
      return { what: SHAPES[risk.kind], todo: HOW_TO[character] };
  }
}

/** How the character is best written, in words; RECOMMENDED_SHAPES shows the same. */
export const HOW_TO: Readonly<Record<Character, string>> = {
  0: 'Satu lingkaran penuh; kedua ujungnya bertemu.',
  1: 'Satu garis tegak saja, tanpa topi dan tanpa alas.',
  2: 'Lengkung di atas, garis mendatar di bawah; tanpa lingkaran.',
  3: 'Dua lengkung ke kanan; sisi kirinya terbuka.',
  4: 'Bagian atas terbuka lebar; garis kanan tegak sampai bawah.',
  5: 'Garis atas lurus ke kanan; perutnya terbuka di kiri.',
  6: 'Satu lengkung dari atas; lingkaran bawah tertutup rapat.',
  7: 'Garis atas mendatar, lalu satu garis miring; tanpa palang.',
  8: 'Dua lingkaran, atas dan bawah; keduanya tertutup dan berlubang.',
  9: 'Lingkaran atas tertutup rapat; ekornya turun.',
  X: 'Dua garis lurus yang bersilang di tengah kotak.',
};

const SHAPES: Readonly<Record<ShapeRisk['kind'], string>> = {
  'closed-top': 'Bagian atas tertutup, mirip 9.',
  'loop-open': 'Lingkarannya tidak jelas.',
  'needless-loop': 'Ada lingkaran yang tidak perlu.',
  barred: 'Ada palang di tengah, mirip 4.',
  'long-flag': 'Topinya panjang, mirip 7.',
  foot: 'Ada alas di bawah, mirip 2.',
};

export const VERDICTS: Readonly<Record<Verdict, string>> = {
  aman: 'aman',
  perhatikan: 'perhatikan',
  berisiko: 'berisiko',
  kosong: 'kosong',
};

/** The headline of a sheet. */
export function summaryOf(verdicts: readonly Verdict[]): Advice {
  const count = (wanted: Verdict) => verdicts.filter((verdict) => verdict === wanted).length;
  const [risky, notable, empty] = [count('berisiko'), count('perhatikan'), count('kosong')];
  if (risky > 0) return { what: `${risky} tanda berisiko`, todo: 'Perbaiki seperti di bawah ini, lalu latih lagi.' };
  if (notable > 0) return { what: 'Semua terbaca', todo: `Ubah ${notable} yang kuning, seperti contohnya.` };
  if (empty > 0) return { what: 'Belum lengkap', todo: 'Isi setiap kotak dengan jelas, lalu potret lagi.' };
  return { what: 'Tulisan Anda aman', todo: 'Tulis seperti ini juga di formulir C.Hasil.' };
}

/** Mistakes are listed once each, the gravest first; two are enough to see what is meant. */
const MOST_MISTAKES = 2;

function mistakesIn({ found }: Reason): string {
  const risks = found.map(({ risk }) => risk).filter(isReadingRisk);
  const each = [...Map.groupBy(risks, ({ as }) => as).values()].flatMap(([gravest]) => gravest ?? []);
  return each.slice(0, MOST_MISTAKES).map(mistakeOf).join(', ');
}

function mistakeOf({ kind, as }: ReadingRisk): string {
  const read = as === 'unreadable' ? 'tidak terbaca' : as === 'X' ? 'dikira kotak kosong' : `dibaca ${as}`;
  return kind === 'unsure' ? `hampir ${read}` : read;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
