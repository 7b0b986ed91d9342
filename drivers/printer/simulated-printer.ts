import type { Printer, PrinterState, Strip } from './printer.ts';

export interface SimulatedPrinter extends Printer {
  /** Every strip that was printed, oldest first. */
  printed(): readonly Strip[];
  /** Opens the cover, takes the paper out, pulls the plug; 'ready' mends all. */
  become(state: PrinterState): void;
  is(): PrinterState;
}

/** A printer for tests and the kit on screen; `onChange` is called when paper came out. */
export function simulatePrinter(onChange: () => void = () => undefined): SimulatedPrinter {
  const printed: Strip[] = [];
  let state: PrinterState = 'ready';
  let open = true;
  const is = (): PrinterState => (open ? state : 'gone');
  return {
    printed: () => printed,
    become(next) {
      state = next;
    },
    is,
    async state() {
      return is();
    },
    async print(strip) {
      const now = is();
      if (now !== 'ready' && now !== 'paper-low') return now;
      printed.push(strip);
      onChange();
      return 'printed';
    },
    async close() {
      open = false;
    },
  };
}
