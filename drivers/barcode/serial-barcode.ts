import { openSerialLine, type SerialLineSetting } from '../serial/serial-line.ts';
import { type BarcodeReader, barcodeIn } from './barcode.ts';

/** A line that never ends is noise: it is forgotten beyond this, characters. */
const LONGEST_LINE = 1_024;

/** A barcode reader on a serial line (or a USB one in its serial mode), one line of text a barcode. */
export function openSerialBarcodeReader(setting: SerialLineSetting): BarcodeReader {
  const line = openSerialLine(setting);
  const listeners = new Set<(text: string) => void>();
  let begun = '';
  line.onData((bytes) => {
    const lines = (begun + Buffer.from(bytes).toString('latin1')).split(/[\r\n]+/);
    begun = (lines.pop() ?? '').slice(-LONGEST_LINE);
    for (const text of lines.map(barcodeIn)) {
      if (text !== null) for (const listener of [...listeners]) listener(text);
    }
  });
  // The rest of a barcode that was cut off must not become part of the next.
  line.onGone(() => {
    begun = '';
  });
  return {
    onScan(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    isThere: line.isThere,
    async close() {
      listeners.clear();
      await line.close();
    },
  };
}
