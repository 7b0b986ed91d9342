/** The reader of badges and labels. It tells the text of a barcode, never what it means. */
export interface BarcodeReader {
  /** Calls `listener` once a barcode, in order, until the answer is called. */
  onScan(listener: (text: string) => void): () => void;
  /** Whether a device is there now; a reader that was pulled out is looked for again by itself. */
  isThere(): boolean;
  /** After this nothing is told any more. */
  close(): Promise<void>;
}

/** Longest barcode of ours; what is longer is noise on the line. */
const LONGEST = 128;

/** What of a line is a barcode: readers end it with CR, LF or both, and some begin it with STX. Null where nothing is left. */
export function barcodeIn(line: string): string | null {
  const text = line.replace(/[^\x20-\x7e]/g, '').trim();
  return text.length > 0 && text.length <= LONGEST ? text : null;
}
