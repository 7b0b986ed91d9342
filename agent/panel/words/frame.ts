import type { SessionView } from '#agent/session/session.ts';
import type { AskView } from '#agent/session/view.ts';
import type { CopyState } from '#agent/store/second-copy.ts';
import type { LinkFault } from '#agent/uplink/link-fault.ts';
import type { Button } from '#drivers/buttons/buttons.ts';
import { isAnonymous } from './log-in.ts';
import { PRINT } from './printer.ts';

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

const LINK_FAULTS: Readonly<Record<LinkFault, string>> = {
  'no-network': 'Tidak ada jaringan',
  silent: 'Jaringan tidak menjawab',
  'clock-wrong': 'Jam alat salah',
  'certificate-expired': 'Sertifikat habis',
  'certificate-revoked': 'Alat ini dicabut',
  'not-trusted': 'Server tidak dikenal',
  refused: 'Ditolak server',
  lost: 'Sambungan putus',
};

/** What a person should know of what the kit remembers, the most pressing first; null where all is well. */
export function memoryText({ memory, copy }: Pick<SessionView, 'memory' | 'copy'>): string | null {
  if (memory === 'damaged') return 'Catatan terakhir mungkin hilang. Panggil teknisi.';
  return copyText({ copy }) ?? (memory === 'restored' ? 'Dipulihkan dari stik USB. Periksa daftar formulir.' : null);
}

/** What a person can do for the second copy; nothing where it is whole, on its way, or not kept at all. */
function copyText({ copy }: Pick<SessionView, 'copy'>): string | null {
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
  newer: 'Stik USB dari program yang lebih baru. Pasang yang lain.',
};

export const SCREEN = {
  lost: 'Layar terputus dari alat. Menyambung lagi…',
  blocked: 'Tidak dapat disimpan sekarang. Coba lagi.',
  buttons: 'Tombol alat',
} as const;

/** What each button would do now; null where it does nothing. */
export function buttonWords(view: SessionView): Readonly<Record<Button, string | null>> {
  const { state, ask, draft, correction } = view;
  if (isAnonymous(view)) return { PINDAI: null, YA: null, ULANG: null };
  const last = draft?.pages.at(-1)?.page;
  switch (state) {
    case 'menunggu':
      return {
        PINDAI: 'potret halaman',
        YA: draft && isOpenEnded(view) ? 'sudah semua' : null,
        ULANG: last === undefined ? correction && 'batal perbaikan' : `buang halaman ${last}`,
      };
    case 'periksa':
      return {
        PINDAI: null,
        YA: ask?.kind === 'breach' && ask.step === 'sure' ? 'sesuai kertas' : null,
        ULANG: ask && askBack(ask),
      };
    case 'konfirmasi':
      return {
        PINDAI: isOpenEnded(view) ? 'tambah halaman' : null,
        YA: CONFIRM_YES[view.confirmation?.sight ?? 'unseen'],
        ULANG: `potret ulang halaman ${last}`,
      };
    case 'tersimpan':
    case 'terkirim':
    case 'ditolak-pusat':
    case 'diterima-pusat':
      return { PINDAI: 'formulir berikutnya', YA: 'selesai', ULANG: printWords(view) };
    case 'memotret':
    case 'membaca':
    case 'menyimpan':
      return { PINDAI: null, YA: null, ULANG: null };
  }
}

function isOpenEnded({ draft, documents }: SessionView): boolean {
  return documents.some(({ form, openEnded }) => openEnded && form === draft?.form);
}

/** Of the document just stored; null where the kit has no printer, or it is at work. */
function printWords({ printer, record, documents }: SessionView): string | null {
  if (!printer || printer.kind === 'printing') return null;
  const printed = documents.find((document) => document.record?.sequence === record?.sequence)?.record?.printed ?? 0;
  return (printed > 0 ? PRINT.again : PRINT.slips).toLowerCase();
}

const CONFIRM_YES = { unseen: 'lihat ke bawah', seen: 'sebentar…', armed: 'simpan dan kirim' } as const;

function askBack(ask: AskView): string {
  const back = (ask.kind === 'breach' && ask.step === 'sure') || (ask.kind === 'figure' && ask.why === 'chosen');
  return back ? 'kembali' : `potret ulang halaman ${ask.page}`;
}
