import type { PageRefusal } from '#agent/page/refusal.ts';
import type { SessionView } from '#agent/session/session.ts';
import type { Notice, Stage, StateName, StoreFault } from '#agent/session/state.ts';
import type { AskView, BreachView, FigureView } from '#agent/session/view.ts';
import type { CopyState } from '#agent/store/second-copy.ts';
import type { AskReason } from '#agent/tally/accept.ts';
import type { LinkFault } from '#agent/uplink/link-fault.ts';
import type { CornerName } from '#contract/form/definition.ts';
import type { FigureValue } from '#contract/form/rules.ts';
import type { Button } from '#drivers/buttons/buttons.ts';
import type { CaptureFault } from '#drivers/camera/camera.ts';

/**
 * Every sentence a KPPS member reads on the kit: short, and saying what to do next. The browser loads
 * this very file, so it may import types only.
 */

export const MODES = { latihan: 'LATIHAN', resmi: 'RESMI' } as const;

export const STATES: Readonly<Record<StateName, string>> = {
  menunggu: 'Menunggu kertas',
  memotret: 'Memotret',
  membaca: 'Membaca',
  periksa: 'Periksa',
  konfirmasi: 'Konfirmasi',
  menyimpan: 'Menyimpan',
  tersimpan: 'Tersimpan',
  terkirim: 'Terkirim',
  'ditolak-pusat': 'Ditolak pusat',
  'diterima-pusat': 'Diterima pusat',
};

export const BUSY: Readonly<Record<'memotret' | 'membaca' | 'menyimpan', { title: string; hint: string }>> = {
  memotret: { title: 'Memotret…', hint: 'Jangan gerakkan kertas.' },
  membaca: { title: 'Membaca…', hint: 'Foto sudah aman tersimpan.' },
  menyimpan: { title: 'Menyimpan…', hint: 'Jangan matikan alat.' },
};

/** What was wrong, and what to do. */
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
        todo: 'Letakkan formulir lain. Yang tersimpan tidak berubah.',
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
      return { what: 'Tidak ada foto lagi.', todo: 'Letakkan halaman berikutnya, lalu tekan PINDAI.' };
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

/**
 * Why the kit cannot begin. store-unreadable: both copies of the store's file are damaged. store-foreign:
 * it belongs to another kit, TPS or mode. chain: its records are no chain. copy: the second copy cannot
 * be brought back. setting: certificates or forms are not there as the configuration says.
 */
export const START_FAULTS = [
  'store-unreadable',
  'store-foreign',
  'disk-full',
  'disk-fault',
  'chain',
  'copy',
  'setting',
  'model',
] as const;
export type StartFault = (typeof START_FAULTS)[number];

export function startAdvice(fault: StartFault): Advice {
  switch (fault) {
    case 'store-unreadable':
      return {
        what: 'Penyimpanan alat ini rusak.',
        todo: 'Pasang stik USB salinan, lalu matikan dan nyalakan alat. Jika tetap begini, panggil teknisi.',
      };
    case 'store-foreign':
      return { what: 'Kartu ini milik alat atau TPS lain.', todo: 'Panggil teknisi. Pakai kartu alat ini sendiri.' };
    case 'disk-full':
      return { what: 'Penyimpanan penuh.', todo: 'Hasil yang sudah tersimpan aman. Panggil teknisi.' };
    case 'disk-fault':
      return {
        what: 'Kartu penyimpanan tidak dapat ditulisi.',
        todo: 'Matikan dan nyalakan alat. Jika tetap begini, panggil teknisi.',
      };
    case 'chain':
      return { what: 'Catatan di alat ini telah diubah.', todo: 'Simpan alat ini apa adanya. Panggil teknisi.' };
    case 'copy':
      return { what: 'Salinan USB tidak dapat dipulihkan.', todo: 'Biarkan stik terpasang. Panggil teknisi.' };
    case 'setting':
      return { what: 'Alat ini belum disiapkan.', todo: 'Panggil teknisi.' };
    case 'model':
      return { what: 'Program pembaca tidak dapat dijalankan.', todo: 'Panggil teknisi.' };
  }
}

/** The one thing to do while the kit waits for a page. */
export function waitingFor({ draft, documents }: SessionView): Advice {
  if (draft) {
    const document = documents.find(({ form }) => form === draft.form);
    const missing = document?.pages.filter(({ scanned }) => !scanned).map(({ page }) => page) ?? [];
    return { what: `Letakkan halaman ${missing.join(' atau ')}`, todo: `${draft.label}. Lalu tekan PINDAI.` };
  }
  const open = documents.filter(({ stage }) => stage === null);
  if (open.length === 0)
    return { what: 'Semua formulir sudah tersimpan', todo: 'Biarkan alat menyala sampai semuanya diterima pusat.' };
  return { what: 'Letakkan satu halaman', todo: 'Halaman mana saja boleh dahulu. Lalu tekan PINDAI.' };
}

/** After a document is stored: what is still to be done tonight. */
export function nextDocument({ documents }: SessionView): string {
  const next = documents.find(({ stage }) => stage === null);
  return next
    ? `Berikutnya: ${next.label}.`
    : 'Semua formulir sudah tersimpan. Biarkan alat menyala sampai semuanya diterima pusat.';
}

export function valueText(value: FigureValue): string {
  return value === null ? 'kosong' : String(value);
}

export function reasonText(ask: Extract<AskView, { kind: 'figure' }>): string {
  switch (ask.why) {
    case 'unsure':
      return ask.reasons.map((reason) => REASONS[reason])[0] ?? REASONS.margin;
    case 'moved':
      return 'Karena jawaban tadi, angka ini dibaca lain. Lihat kertasnya.';
    case 'chosen':
      return 'Tulis angka yang ada di kertas.';
  }
}

const REASONS: Readonly<Record<AskReason, string>> = {
  'unusual-pattern': 'Letak angkanya tidak biasa.',
  unreadable: 'Ada kotak yang tidak terbaca.',
  'sources-disagree': 'Angka berbeda dari bulatan, turus, atau hurufnya.',
  'not-filled-in': 'Baris ini tampak kosong.',
  'rule-broken': 'Jumlahnya tidak cocok.',
  margin: 'Angka ini kurang jelas.',
};

/** The sum as it stands on the paper, e.g. "120 + 130 = 250, tertulis 260". */
export function breachText(breach: BreachView, figures: Readonly<Record<string, FigureView>>): string {
  const [judged, ...others] = breach.figures.map((id) => figures[id]?.value ?? null);
  const sum = others.reduce<number>((total, value) => total + (value ?? 0), 0);
  switch (breach.kind) {
    case 'sum':
      return `${others.map(valueText).join(' + ')} = ${sum}, tertulis ${valueText(judged ?? null)}`;
    case 'at-most':
      return `${valueText(judged ?? null)} lebih dari ${valueText(others[0] ?? null)}`;
    case 'limit':
    case 'reserve':
      return `tertulis ${valueText(judged ?? null)}`;
  }
}

export const QUESTION = {
  figure: 'Apa yang tertulis di kertas?',
  inWords: 'Hurufnya terbaca:',
  picturePending: 'Gambar sedang disiapkan. Lihat kertasnya.',
  typed: 'Angka lain',
  use: 'Pakai',
  erase: 'Hapus',
  empty: 'Baris ini kosong',
  breach: 'Jumlahnya tidak cocok',
  breachTodo: 'Ketuk angka yang salah dibaca. Bila kertasnya sendiri memang begitu:',
  declare: 'Sesuai kertas walau jumlahnya tidak cocok',
  sure: 'Kertasnya sendiri tertulis begini?',
  sureTodo:
    'Angka dikirim apa adanya, dengan tanda bahwa jumlah di kertas tidak cocok. YA bila benar, ULANG untuk kembali.',
} as const;

/** What the number is written as in words, read by itself. */
export function inWordsText(words: string): string {
  return `${QUESTION.inWords} ${words.toUpperCase()}`;
}

export function waitingQuestions(waiting: number): string {
  return waiting === 0 ? 'Pertanyaan terakhir' : `Masih ${waiting} pertanyaan sesudah ini`;
}

export const CONFIRM = {
  title: 'Cocokkan setiap angka dengan kertas',
  todo: 'Ketuk angka yang salah.',
  changed: 'Diubah petugas',
  read: 'terbaca',
  page: 'Halaman',
  declared: 'Sesuai kertas, walau jumlahnya tidak cocok',
  warning: 'Perhatikan',
  end: 'Semua angka sudah tampil. YA untuk menyimpan dan mengirim.',
} as const;

export const FINISHED: Readonly<Record<Stage, Advice>> = {
  tersimpan: { what: 'Tersimpan', todo: 'Aman di alat ini. Akan terkirim sendiri begitu ada jaringan.' },
  terkirim: { what: 'Terkirim', todo: 'Menunggu tanda terima dari pusat.' },
  'ditolak-pusat': { what: 'Pusat belum menerima', todo: 'Catatan tetap aman di alat ini. Panggil teknisi.' },
  'diterima-pusat': { what: 'Diterima pusat', todo: 'Tanda terima dari pusat sudah ada di alat ini.' },
};

export const STEPS = { tersimpan: 'Tersimpan', terkirim: 'Terkirim', 'diterima-pusat': 'Diterima pusat' } as const;

export const CHECKLIST = { notYet: 'belum', partly: 'sedang dipindai', retake: 'potret ulang halaman' } as const;

export function connectionText({ uplink }: SessionView): string {
  switch (uplink?.link.kind) {
    case 'connected': {
      const left = uplink.records.waiting + uplink.pictures.waiting;
      return left === 0 ? 'Tersambung' : `Mengirim, sisa ${left}`;
    }
    case 'waiting':
      return LINK_FAULTS[uplink.link.fault];
    case 'connecting':
      return 'Menyambung…';
    case 'closed':
    case undefined:
      return 'Belum tersambung';
  }
}

/** What a person can do for the second copy; nothing where it is whole, on its way, or not kept at all. */
export function copyText({ copy }: Pick<SessionView, 'copy'>): string | null {
  switch (copy?.kind) {
    case 'absent':
      return 'Salinan USB tidak ada. Pasang stik USB.';
    case 'fault':
      return COPY_FAULTS[copy.code];
    case 'behind':
    case 'whole':
    case undefined:
      return null;
  }
}

const COPY_FAULTS: Readonly<Record<Extract<CopyState, { kind: 'fault' }>['code'], string>> = {
  'disk-full': 'Stik USB penuh. Pasang yang lain.',
  'disk-fault': 'Stik USB rusak. Pasang yang lain.',
  unreadable: 'Stik USB rusak. Pasang yang lain.',
  foreign: 'Stik USB milik alat lain. Pasang yang lain.',
};

const LINK_FAULTS: Readonly<Record<LinkFault, string>> = {
  'no-network': 'Tidak ada jaringan',
  silent: 'Jaringan tidak menjawab',
  'clock-wrong': 'Jam alat salah',
  'certificate-expired': 'Sertifikat habis',
  'not-trusted': 'Server tidak dikenal',
  refused: 'Ditolak server',
  lost: 'Sambungan putus',
};

export const SCREEN = {
  lost: 'Layar terputus dari alat. Menyambung lagi…',
  blocked: 'Tidak dapat disimpan sekarang. Coba lagi.',
  damaged: 'Catatan terakhir mungkin hilang. Panggil teknisi.',
  buttons: 'Tombol alat',
} as const;

/** What each button would do now; null where it does nothing. */
export function buttonWords(view: SessionView): Readonly<Record<Button, string | null>> {
  const { state, ask, draft } = view;
  const last = draft?.pages.at(-1)?.page;
  switch (state) {
    case 'menunggu':
      return { PINDAI: 'potret halaman', YA: null, ULANG: last === undefined ? null : `buang halaman ${last}` };
    case 'periksa':
      return {
        PINDAI: null,
        YA: ask?.kind === 'breach' && ask.step === 'sure' ? 'sesuai kertas' : null,
        ULANG: ask && askBack(ask),
      };
    case 'konfirmasi':
      return {
        PINDAI: null,
        YA: CONFIRM_YES[view.confirmation?.sight ?? 'unseen'],
        ULANG: `potret ulang halaman ${last}`,
      };
    case 'tersimpan':
    case 'terkirim':
    case 'ditolak-pusat':
    case 'diterima-pusat':
      return { PINDAI: 'formulir berikutnya', YA: 'selesai', ULANG: null };
    case 'memotret':
    case 'membaca':
    case 'menyimpan':
      return { PINDAI: null, YA: null, ULANG: null };
  }
}

const CONFIRM_YES = { unseen: 'lihat ke bawah', seen: 'sebentar…', armed: 'simpan dan kirim' } as const;

function askBack(ask: AskView): string {
  const back = (ask.kind === 'breach' && ask.step === 'sure') || (ask.kind === 'figure' && ask.why === 'chosen');
  return back ? 'kembali' : `potret ulang halaman ${ask.page}`;
}
