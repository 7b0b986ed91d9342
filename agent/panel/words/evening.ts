import type { SessionView } from '#agent/session/session.ts';
import type { Stage, StateName } from '#agent/session/state.ts';
import type { Advice } from './advice.ts';

export const MODES = { latihan: 'LATIHAN', resmi: 'RESMI' } as const;

export const STATES: Readonly<Record<StateName, string>> = {
  menunggu: 'Menunggu',
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
  membaca: { title: 'Membaca…', hint: 'Biarkan kertas di tempatnya.' },
  menyimpan: { title: 'Menyimpan…', hint: 'Jangan matikan alat.' },
};

/** The one thing to do while the kit waits for a page. */
export function waitingFor({ draft, documents, correction, byHand }: SessionView): Advice {
  if (draft) {
    const document = documents.find(({ form }) => form === draft.form);
    if (document?.openEnded) {
      const todo = `${draft.label}: ada ${draft.pages.length}. PINDAI, atau YA bila sudah semua.`;
      return { what: 'Letakkan halaman berikutnya', todo };
    }
    const missing = document?.pages.filter(({ scanned }) => !scanned).map(({ page }) => page) ?? [];
    return { what: `Letakkan halaman ${missing.join(' atau ')}`, todo: `${draft.label}. Lalu tekan PINDAI.` };
  }
  if (byHand) return { what: 'Letakkan halaman 1', todo: `${byHand.label}, tanpa tanda. Lalu tekan PINDAI.` };
  if (correction)
    return {
      what: 'Perbaikan: letakkan satu halaman',
      todo: `${correction.label}, semua halamannya. Lalu tekan PINDAI.`,
    };
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

export const FINISHED: Readonly<Record<Stage, Advice>> = {
  tersimpan: { what: 'Tersimpan', todo: 'Aman di alat ini. Akan terkirim sendiri begitu ada jaringan.' },
  terkirim: { what: 'Terkirim', todo: 'Menunggu tanda terima dari pusat.' },
  'ditolak-pusat': { what: 'Pusat belum menerima', todo: 'Catatan tetap aman di alat ini. Panggil teknisi.' },
  'diterima-pusat': { what: 'Diterima pusat', todo: 'Tanda terima dari pusat sudah ada di alat ini.' },
};

export const STEPS = { tersimpan: 'Tersimpan', terkirim: 'Terkirim', 'diterima-pusat': 'Diterima pusat' } as const;

/** Official sheets that carry no tag are told by a person. */
export const BY_HAND = {
  open: 'Kertas tanpa tanda',
  which: 'Kertas apa yang tidak bertanda?',
  todo: 'Letakkan halamannya menurut urutan. Seluruh tepi kertas harus terlihat.',
  back: 'Kembali',
  end: 'Kertas bertanda lagi',
} as const;

export const CHECKLIST = {
  notYet: 'belum',
  partly: 'sedang dipindai',
  correcting: 'sedang diperbaiki',
  retake: 'potret ulang halaman',
  what: 'Sudah tersimpan. Apa yang ingin dilakukan?',
  back: 'Kembali',
} as const;
