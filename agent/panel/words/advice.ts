import type { PageRefusal } from '#agent/page/refusal.ts';
import type { Notice, StoreFault } from '#agent/session/state.ts';
import type { CornerName } from '#contract/form/definition.ts';
import type { CaptureFault } from '#drivers/camera/camera.ts';

/** What was wrong, and what to do: like every sentence a KPPS member reads, short, and saying what comes next. */
export interface Advice {
  readonly what: string;
  readonly todo: string;
}

export function adviceOf(notice: Notice, names: Readonly<Record<string, string>>): Advice {
  const name = (id: string) => names[id] ?? id;
  switch (notice.kind) {
    case 'page-refused':
      return refusalAdvice(notice.refusal, name);
    case 'already-scanned':
      return {
        what: `Halaman ${notice.page} sudah dipindai.`,
        todo: `Letakkan halaman lain. Untuk memotret ulang, ketuk halaman ${notice.page} di daftar.`,
      };
    case 'wrong-form':
      return { what: `Ini halaman ${name(notice.found)}.`, todo: `Selesaikan dahulu ${name(notice.expected)}.` };
    case 'form-not-expected':
      return {
        what: 'Formulir ini bukan untuk TPS ini.',
        todo: 'Periksa judul formulir, lalu letakkan formulir yang benar.',
      };
    case 'already-recorded':
      return {
        what: `${name(notice.form)} sudah tersimpan.`,
        todo: 'Letakkan formulir lain. Bila ada yang salah, ketuk formulir itu di daftar.',
      };
    case 'camera':
      return cameraAdvice(notice.code);
    case 'store':
      return storeAdvice(notice.code);
    case 'page-discarded':
      return {
        what: `Halaman ${notice.page} tidak dipakai lagi.`,
        todo: `Letakkan halaman ${notice.page}, lalu tekan PINDAI.`,
      };
    case 'ketua-needed':
      return {
        what: 'Hanya ketua KPPS yang menyimpan.',
        todo: 'Ketuk nama di atas untuk keluar, lalu ketua masuk dengan PIN.',
      };
    case 'pages-missing':
      return {
        what: `Halaman ${notice.pages.join(', ')} belum dipindai.`,
        todo: `Letakkan halaman ${notice.pages[0]}, lalu tekan PINDAI.`,
      };
    case 'restarted':
      return {
        what: 'Alat baru dinyalakan.',
        todo: 'Kertas yang ada di dudukan belum dihitung. Tekan PINDAI untuk memotretnya.',
      };
    case 'state-lost':
      return {
        what: 'Pekerjaan yang belum dikonfirmasi tidak dapat dilanjutkan.',
        todo: 'Pindai lagi semua halamannya.',
      };
  }
}

function refusalAdvice(refusal: PageRefusal, name: (id: string) => string): Advice {
  switch (refusal.code) {
    case 'not-a-picture':
      return { what: 'Kamera memberi gambar yang rusak.', todo: 'Tekan PINDAI sekali lagi.' };
    case 'picture-too-small':
      return { what: 'Formulir terlalu kecil di gambar.', todo: 'Dekatkan kamera. Jika tetap, panggil teknisi.' };
    case 'page-not-found':
      return {
        what: 'Formulir tidak terlihat.',
        todo: 'Letakkan satu halaman rata di dudukan, keempat sudutnya terlihat.',
      };
    case 'reader-died':
      return { what: 'Gagal membaca foto ini.', todo: 'Tekan PINDAI sekali lagi.' };
    case 'too-dark':
      return { what: 'Terlalu gelap.', todo: 'Nyalakan lampu atau dekatkan ke cahaya, lalu tekan PINDAI.' };
    case 'blurred':
      return { what: 'Foto buram.', todo: 'Tunggu kertas diam, jangan sentuh meja, lalu tekan PINDAI.' };
    case 'bent':
      return { what: 'Kertas melengkung.', todo: 'Ratakan dan tekan lipatannya, lalu tekan PINDAI.' };
    case 'corner-hidden':
      return {
        what: `Sudut ${CORNERS[refusal.corner]} tidak terlihat.`,
        todo: 'Singkirkan yang menutupinya atau geser formulir, lalu tekan PINDAI.',
      };
    case 'cut-off':
      return {
        what: `Sudut ${CORNERS[refusal.corner]} di luar gambar.`,
        todo: 'Geser formulir sampai keempat sudutnya terlihat.',
      };
    case 'glare':
      return {
        what: `Pantulan cahaya menutupi ${name(refusal.figure)}.`,
        todo: 'Geser lampu atau miringkan kertas, lalu tekan PINDAI.',
      };
    case 'practice-sheet':
      return { what: 'Ini lembar latihan, bukan formulir resmi.', todo: 'Letakkan formulir C.Hasil TPS ini.' };
    case 'unknown-tag':
      return {
        what: `Formulir ini tidak dikenal (tanda ${refusal.tag}).`,
        todo: 'Periksa judul formulir, lalu letakkan formulir yang benar.',
      };
  }
}

const CORNERS: Readonly<Record<CornerName, string>> = {
  tl: 'kiri atas',
  tr: 'kanan atas',
  br: 'kanan bawah',
  bl: 'kiri bawah',
};

function cameraAdvice(code: CaptureFault): Advice {
  switch (code) {
    case 'disconnected':
      return { what: 'Kamera tidak terhubung.', todo: 'Periksa kabel kamera, lalu tekan PINDAI.' };
    case 'timed-out':
      return {
        what: 'Kamera tidak menjawab.',
        todo: 'Tekan PINDAI sekali lagi. Bila tetap begitu, cabut dan pasang kabel kamera.',
      };
    case 'no-sheet':
      return { what: 'Tidak ada kertas di dudukan.', todo: 'Letakkan satu halaman, lalu tekan PINDAI.' };
    case 'bad-picture':
      return { what: 'Kamera memberi gambar yang rusak.', todo: 'Tekan PINDAI sekali lagi.' };
  }
}

export function storeAdvice(code: StoreFault): Advice {
  switch (code) {
    case 'disk-full':
      return {
        what: 'Penyimpanan penuh. Yang terakhir tidak tersimpan.',
        todo: 'Hasil yang sudah tersimpan aman. Panggil teknisi.',
      };
    case 'disk-fault':
      return {
        what: 'Penyimpanan rusak. Yang terakhir tidak tersimpan.',
        todo: 'Jangan matikan alat. Panggil teknisi.',
      };
  }
}
