import { drawWords } from './draw-words.ts';
import { drawFold, LETTER } from './letters-pdf.ts';
import { pdfOf } from './pdf.ts';
import type { Sheet } from './sheet.ts';

/** The letter with somebody's first password. */
export interface AccountLetter {
  readonly user: string;
  /** "Administrator, Kecamatan Melati". */
  readonly office: string;
  readonly password: string;
}

export function accountLettersPdf(letters: readonly AccountLetter[]): Promise<Uint8Array> {
  const pages = letters.map((letter) => (sheet: Sheet) => drawLetter(sheet, letter));
  return pdfOf({ label: 'Surat kata sandi', sheet: LETTER }, pages);
}

function drawLetter(sheet: Sheet, { user, office, password }: AccountLetter): void {
  drawFold(sheet);
  const line = (text: string, baseline: number, size = 4.5, weight: 'regular' | 'bold' | 'code' = 'regular') =>
    drawWords(sheet, { text, at: [LETTER.left, baseline], size, weight, width: LETTER.width - 2 * LETTER.left });
  line('RAHASIA. Hanya dibuka oleh yang dituju.', 30, 5, 'bold');
  line('Kepada', 48);
  line(office, 56, 6, 'bold');
  line('Lipat dua kali di garis putus-putus, lalu rekatkan.', 90, 3.5);
  line('Nama pengguna', 112, 4);
  line(user, 120, 7, 'code');
  line('Kata sandi pertama', 134, 4);
  line(password, 145, 9, 'code');
  line('Buka halaman pusat, masuk dengan ini, dan pilih kata sandi sendiri: yang ini hanya berlaku sekali.', 162, 4);
  line('Jangan beri tahu siapa pun, juga bukan petugas teknis. Musnahkan surat ini setelah dipakai.', 169, 4);
  line('Kalau surat ini sudah terbuka ketika diterima: jangan dipakai, laporkan ke kantor kota.', 176, 4);
}
