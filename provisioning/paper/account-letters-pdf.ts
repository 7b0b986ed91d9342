import { type DrawLine, sealedLettersPdf } from './sealed-letter.ts';

/** The letter with somebody's first password. */
export interface AccountLetter {
  readonly user: string;
  /** "Administrator, Kecamatan Melati". */
  readonly office: string;
  readonly password: string;
}

export function accountLettersPdf(letters: readonly AccountLetter[]): Promise<Uint8Array> {
  return sealedLettersPdf('Surat kata sandi', letters, (_, line, letter) => writeLetter(line, letter));
}

function writeLetter(line: DrawLine, { user, office, password }: AccountLetter): void {
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
