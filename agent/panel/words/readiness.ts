import type { Check, CheckId, Verdict } from '#agent/health/checks.ts';
import type { PanelView } from '../panel-view.ts';

export const READINESS = {
  open: 'Periksa alat',
  title: 'Kesiapan alat',
  running: 'Sedang diperiksa…',
  again: 'Periksa lagi',
  print: 'Cetak',
  back: 'Kembali',
} as const;

export const PARTS: Readonly<Record<CheckId, string>> = {
  camera: 'Kamera',
  model: 'Pembaca angka',
  buttons: 'Tombol',
  lights: 'Lampu dan bunyi',
  printer: 'Pencetak',
  barcode: 'Pembaca kartu',
  disk: 'Penyimpanan',
  clock: 'Jam',
  network: 'Jaringan',
  certificate: 'Sertifikat',
};

/** A mark that is told apart without colour. */
export const MARKS: Readonly<Record<Verdict, string>> = { green: '✓', amber: '!', red: '✗', look: '?' };
export const VERDICTS: Readonly<Record<Exclude<Verdict, 'look'>, string>> = {
  green: 'Siap dipakai',
  amber: 'Dapat dipakai, ada yang perlu dibereskan',
  red: 'Belum siap dipakai',
};

/** How the part is, and what to do where it is not well. */
export function checkText({ id, code, count }: Check): string {
  return SENTENCES[id][code]?.replace('#', String(count ?? '')) ?? code;
}

/** What keeps the kit from being used; null where nothing does, and while it is tested. */
export function readinessFault({ readiness }: Pick<PanelView, 'readiness'>): string | null {
  const fault = readiness?.running ? undefined : readiness?.checks.find(({ verdict }) => verdict === 'red');
  return fault ? `${PARTS[fault.id]}: ${checkText(fault)}` : null;
}

const SENTENCES: Readonly<Record<CheckId, Readonly<Record<string, string>>>> = {
  camera: {
    sharp: 'Tajam dan cukup terang.',
    'no-sheet': 'Letakkan satu formulir bertanda di dudukan, lalu periksa lagi.',
    disconnected: 'Tidak terhubung. Periksa kabel kamera, lalu periksa lagi.',
    'no-picture': 'Tidak memberi gambar. Periksa kabel kamera, lalu panggil teknisi.',
    blurred: 'Gambar buram. Bersihkan lensa, lalu panggil teknisi untuk mengatur fokus.',
    'too-dark': 'Terlalu gelap. Nyalakan lampu di atas dudukan.',
    stand: 'Kertas terlihat, tetapi tidak dapat dibaca. Ratakan dan luruskan di dudukan.',
  },
  model: {
    right: 'Membaca halaman uji dengan benar.',
    wrong: 'Salah membaca halaman uji. Jangan dipakai. Panggil teknisi.',
    dead: 'Tidak dapat dijalankan. Panggil teknisi.',
  },
  buttons: {
    all: 'Ketiganya berfungsi.',
    press: 'Tekan setiap tombol satu kali. Belum: #.',
    absent: 'Tidak tersambung: #. Pakai tombol di layar; beri tahu teknisi.',
    stuck: 'Ada tombol yang macet tertekan. Pakai layar; panggil teknisi.',
  },
  lights: {
    look: 'Tiga lampu menyala dan satu bunyi terdengar saat diperiksa.',
    absent: 'Tidak tersambung. Ikuti layar; beri tahu teknisi.',
  },
  printer: {
    ready: 'Siap.',
    'paper-low': 'Kertas hampir habis. Siapkan gulungan baru.',
    'no-paper': 'Kertas habis. Pasang gulungan baru.',
    'cover-open': 'Tutup terbuka. Tutup rapat.',
    error: 'Macet. Buka tutupnya dan rapikan kertasnya.',
    gone: 'Tidak tersambung. Periksa kabel dan sakelarnya.',
  },
  barcode: { there: 'Tersambung.', gone: 'Tidak tersambung. Periksa kabelnya; PIN saja juga dapat dipakai.' },
  disk: {
    enough: 'Sisa # GB.',
    low: 'Sisa # GB. Cukup untuk malam ini; beri tahu teknisi.',
    full: 'Sisa # GB, terlalu sedikit. Panggil teknisi.',
    fault: 'Tidak dapat diperiksa. Panggil teknisi.',
  },
  clock: {
    network: 'Disetel dari jaringan.',
    rtc: 'Dari jam baterai alat, belum dicocokkan. Sambungkan jaringan; hasil tetap dapat disimpan.',
    nobody: 'Belum disetel. Sambungkan jaringan; hasil tetap dapat disimpan.',
  },
  network: {
    connected: 'Tersambung ke pusat.',
    waiting: 'Belum tersambung. Hasil tetap aman dan terkirim sendiri begitu ada jaringan.',
  },
  certificate: {
    valid: 'Berlaku # hari lagi.',
    soon: 'Tinggal # hari. Beri tahu teknisi.',
    ended: 'Sudah habis. Panggil teknisi.',
  },
};
