import type { PrinterView } from '#agent/session/printing.ts';
import type { SessionView } from '#agent/session/session.ts';
import type { PrinterFault } from '#drivers/printer/printer.ts';

export const PRINT = {
  slips: 'Cetak struk',
  again: 'Cetak salinan',
  printing: 'Struk sedang dicetak…',
  done: 'Struk sudah dicetak. Beri satu kepada setiap saksi.',
} as const;

/** Why the slips did not come out, and what to do. What was confirmed is safe whatever the printer does. */
export const PRINTER_FAULTS: Readonly<Record<PrinterFault, string>> = {
  'no-paper': 'Kertas struk habis. Pasang gulungan baru, lalu cetak lagi.',
  'cover-open': 'Tutup pencetak terbuka. Tutup rapat, lalu cetak lagi.',
  error: 'Pencetak macet. Buka tutupnya, rapikan kertasnya, lalu cetak lagi.',
  gone: 'Pencetak tidak tersambung. Periksa kabel dan sakelarnya, lalu cetak lagi.',
};

/** What the printer does, or did last; null where there is nothing to say here: a fault is told on every screen. */
export function printerText(printer: PrinterView, printed: number): string | null {
  switch (printer.kind) {
    case 'printing':
      return PRINT.printing;
    case 'fault':
      return null;
    case 'idle':
      return printed > 0 ? PRINT.done : null;
  }
}

export function printerFault({ printer }: SessionView): string | null {
  return printer?.kind === 'fault' ? PRINTER_FAULTS[printer.code] : null;
}
