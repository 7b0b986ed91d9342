import type { Advice } from './advice.ts';

/**
 * Why the kit cannot begin. store-unreadable: both copies of the store's file are damaged. store-foreign:
 * it belongs to another kit, TPS or mode. store-newer: a newer
 * program wrote it. chain: its records are no chain. copy: the second copy cannot
 * be brought back. setting: certificates or forms are not there as the configuration says.
 */
export const START_FAULTS = [
  'store-unreadable',
  'store-foreign',
  'store-newer',
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
    case 'store-newer':
      return {
        what: 'Penyimpanan ini dibuat oleh program yang lebih baru.',
        todo: 'Hasil yang sudah tersimpan aman. Panggil teknisi untuk memasang program baru.',
      };
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
