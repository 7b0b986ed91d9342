import { type BarcodeReader, barcodeIn } from './barcode.ts';

export interface SimulatedBarcodeReader extends BarcodeReader {
  /** Holds a line of text under the reader. */
  scan(line: string): void;
}

/** A reader for tests and the kit on screen. */
export function simulateBarcodeReader(): SimulatedBarcodeReader {
  const listeners = new Set<(text: string) => void>();
  let open = true;
  return {
    scan(line) {
      const text = barcodeIn(line);
      if (text !== null) for (const listener of [...listeners]) listener(text);
    },
    onScan(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    isThere: () => open,
    async close() {
      open = false;
      listeners.clear();
    },
  };
}
