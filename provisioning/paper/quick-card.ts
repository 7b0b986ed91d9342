/** What the quick card says: one page beside the kit, for a KPPS member who has never seen one. */

export type Glow = 'off' | 'slow' | 'fast' | 'on';

export interface LampRow {
  /** States of the kit that look so (agent/session): a test outside holds the two against each other. */
  readonly states: readonly string[];
  /** It waits, and the last page was refused. */
  readonly isRefused?: true;
  /** Left, middle, right: green, amber, red. */
  readonly lamps: readonly [Glow, Glow, Glow];
  readonly means: string;
}

export const LAMP_ROWS: readonly LampRow[] = [
  { states: ['menunggu'], lamps: ['slow', 'off', 'off'], means: 'Siap. Letakkan halaman, tekan PINDAI.' },
  {
    ...{ states: ['menunggu'], isRefused: true, lamps: ['off', 'off', 'slow'] },
    means: 'Halaman tadi tidak terbaca. Baca layar, ulangi.',
  },
  {
    ...{ states: ['memotret', 'membaca', 'menyimpan'], lamps: ['off', 'on', 'off'] },
    means: 'Sedang bekerja. Tunggu, jangan gerakkan kertas.',
  },
  { states: ['periksa'], lamps: ['off', 'fast', 'off'], means: 'Alat bertanya. Jawab di layar.' },
  {
    states: ['konfirmasi'],
    lamps: ['slow', 'slow', 'off'],
    means: 'Periksa semua angka. Benar: YA. Salah: sentuh angkanya.',
  },
  { states: ['tersimpan'], lamps: ['on', 'slow', 'off'], means: 'Tersimpan di alat. Belum terkirim.' },
  { states: ['terkirim'], lamps: ['on', 'on', 'off'], means: 'Terkirim. Menunggu jawaban pusat.' },
  { states: ['diterima-pusat'], lamps: ['on', 'off', 'off'], means: 'Diterima pusat. Selesai untuk formulir ini.' },
  { states: ['ditolak-pusat'], lamps: ['off', 'off', 'on'], means: 'Ditolak pusat. Hubungi petugas teknis.' },
];

export interface CardSection {
  readonly title: string;
  readonly lines: readonly string[];
}

export const LAYING: CardSection = {
  title: 'Menaruh formulir',
  lines: [
    'Satu lembar saja, rata, seluruhnya di bawah kamera. Keempat sudut terlihat.',
    'Nyalakan lampu. Jangan ada bayangan tangan atau pantulan pada kertas.',
    'Lepaskan tangan, tekan PINDAI, tunggu bunyi. Halaman boleh berurutan apa saja.',
  ],
};

export const KEYS: CardSection = {
  title: 'Tiga tombol',
  lines: [
    'PINDAI: memotret halaman yang ada di bawah kamera.',
    'YA: setuju dengan yang ditanyakan layar. Hanya Ketua KPPS yang menyimpan hasil.',
    'ULANG: mundur satu langkah, atau memotret lagi. Setelah tersimpan: mencetak struk.',
  ],
};

export interface SoundRow {
  /** Sound of the kit (agent/session). */
  readonly sound: 'good' | 'ask' | 'refused' | 'stored' | 'received';
  readonly rhythm: string;
  /** Beeps in it. */
  readonly beeps: number;
  readonly means: string;
}

export const SOUND_ROWS: readonly SoundRow[] = [
  { sound: 'good', rhythm: 'Satu panjang', beeps: 1, means: 'halaman terbaca.' },
  { sound: 'ask', rhythm: 'Dua', beeps: 2, means: 'alat bertanya.' },
  { sound: 'refused', rhythm: 'Dua sangat panjang', beeps: 2, means: 'ditolak, baca layar.' },
  { sound: 'stored', rhythm: 'Tiga', beeps: 3, means: 'tersimpan.' },
  { sound: 'received', rhythm: 'Pendek lalu panjang', beeps: 2, means: 'diterima pusat.' },
];

export const TROUBLE: CardSection = {
  title: 'Kalau ada gangguan',
  lines: [
    'Jaringan putus: teruskan. Hasil tersimpan dan terkirim sendiri nanti. Jangan matikan alat.',
    'Listrik padam: nyalakan lagi. Yang sudah tersimpan tetap ada; halaman yang belum, pindai lagi.',
    'Jumlah di kertas memang tidak cocok: jangan ubah kertas. Pilih "sesuai kertas" di layar.',
    'Ragu: berhenti, baca layar, panggil petugas teknis. Tidak ada yang terkirim tanpa YA.',
  ],
};
