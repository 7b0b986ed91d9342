export const OFFICIAL = {
  practice: 'Alat sedang LATIHAN',
  practiceTodo: 'Hasil latihan tidak dihitung. Pada malam penghitungan, ketua memulai yang RESMI.',
  begin: 'Mulai RESMI',
  really: 'Hapus semua latihan dan mulai RESMI?',
  gone: 'Semua hasil latihan di alat ini dihapus. Sesudah itu setiap hasil dikirim sebagai hasil resmi, dan latihan tidak dapat dibuka lagi.',
  sure: 'Ya, hapus latihan dan mulai RESMI',
  notYet: 'Belum dapat dimulai',
  back: 'Kembali',
} as const;

/** Why the official evening could not begin, and what to do; null where it has. */
export function officialText(outcome: 'done' | 'not-now' | 'blocked'): string | null {
  switch (outcome) {
    case 'done':
      return null;
    case 'not-now':
      return 'Hanya ketua yang dapat memulai, dan hanya bila tidak ada formulir yang sedang dipindai.';
    case 'blocked':
      return 'Tidak dapat disimpan sekarang. Coba lagi; jika tetap begini, panggil teknisi.';
  }
}
