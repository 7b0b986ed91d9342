import type { Piece, PrinterState, Strip } from './printer.ts';

/** ESC/POS, as receipt printers of most makers speak it: the bytes of a strip, and what status bytes mean. Pure. */

const ESC = 0x1b;
const GS = 0x1d;
const DLE = 0x10;
const EOT = 0x04;
const LF = 0x0a;
/** Dots a module of the QR: 6 dots are 0.75 mm at 203 dpi, which a phone reads in poor light. */
const QR_MODULE = 6;
/** Lines fed before the knife, which sits above the head. */
const FEED_BEFORE_CUT = 4;

/** Asks for the offline causes and for the paper sensors; answered at once, whatever is being printed. */
export const ASK_OFFLINE = Uint8Array.of(DLE, EOT, 2);
export const ASK_PAPER = Uint8Array.of(DLE, EOT, 4);
/** Answered only when everything before it was printed. */
export const ASK_WHEN_PRINTED = Uint8Array.of(GS, 0x72, 1);

export function bytesOf(strip: Strip): Uint8Array {
  return Uint8Array.from([ESC, 0x40, ...strip.flatMap(bytesOfPiece)]);
}

function bytesOfPiece(piece: Piece): readonly number[] {
  switch (piece.kind) {
    case 'line':
      return [ESC, 0x61, piece.align === 'centre' ? 1 : 0, ESC, 0x45, piece.bold ? 1 : 0, ...ascii(piece.text), LF];
    case 'qr':
      return [ESC, 0x61, 1, ...qr(piece.text), LF];
    case 'cut':
      return [ESC, 0x64, FEED_BEFORE_CUT, GS, 0x56, 66, 0];
  }
}

/** GS ( k: model 2, module size, correction level M, store, print. */
function qr(text: string): readonly number[] {
  const data = ascii(text);
  const length = data.length + 3;
  return [
    ...[GS, 0x28, 0x6b, 4, 0, 49, 65, 50, 0],
    ...[GS, 0x28, 0x6b, 3, 0, 49, 67, QR_MODULE],
    ...[GS, 0x28, 0x6b, 3, 0, 49, 69, 49],
    ...[GS, 0x28, 0x6b, length % 256, Math.floor(length / 256), 49, 80, 48, ...data],
    ...[GS, 0x28, 0x6b, 3, 0, 49, 81, 48],
  ];
}

/** A character that is not printable ASCII would switch the printer's state or print anything. */
function ascii(text: string): readonly number[] {
  return [...text].map((character) => {
    const code = character.codePointAt(0) ?? 0;
    return code >= 0x20 && code <= 0x7e ? code : 0x3f;
  });
}

/** A real-time status byte has bits 1 and 4 set, bits 0 and 7 not: what else comes is none. */
export function isStatus(byte: number): boolean {
  return (byte & 0b1001_0011) === 0b0001_0010;
}

/** What the two status bytes say together: the reason a person can act on comes first. */
export function stateOf(offline: number, paper: number): PrinterState {
  if (offline & 0x04) return 'cover-open';
  if (offline & 0x20 || (paper & 0x60) === 0x60) return 'no-paper';
  if (offline & 0x40) return 'error';
  return (paper & 0x0c) === 0x0c ? 'paper-low' : 'ready';
}
