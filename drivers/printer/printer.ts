/** What is printed on the strip of paper, from top to bottom. Text is plain ASCII: printers differ in everything else. */
export type Piece =
  | { readonly kind: 'line'; readonly text: string; readonly bold: boolean; readonly align: 'left' | 'centre' }
  | { readonly kind: 'qr'; readonly text: string }
  | { readonly kind: 'cut' };
export type Strip = readonly Piece[];

/**
 * no-paper, cover-open: a person can mend it. error: the printer says that it cannot go on. gone: it is not there,
 * or answers nothing.
 */
export const PRINTER_FAULTS = ['no-paper', 'cover-open', 'error', 'gone'] as const;
export type PrinterFault = (typeof PRINTER_FAULTS)[number];
/** paper-low: it prints, and will not for much longer. */
export const PRINTER_STATES = ['ready', 'paper-low', ...PRINTER_FAULTS] as const;
export type PrinterState = (typeof PRINTER_STATES)[number];

/** The receipt printer. Strips asked for at once are printed one after the other. */
export interface Printer {
  /** 'printed' only once the printer said that it has printed the whole strip; a fault says why it is not sure. */
  print(strip: Strip): Promise<'printed' | PrinterFault>;
  state(): Promise<PrinterState>;
  /** After this every answer is 'gone'. */
  close(): Promise<void>;
}
