/** Width and height as the frame header tells them, px, before any turn EXIF asks for. */
export interface JpegSize {
  readonly width: number;
  readonly height: number;
}

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;

/**
 * Size of a JPEG whose every segment and whose end are there; null for anything else. The decoder
 * aborts the process on an empty buffer and fills the missing part of a torn file with gray without
 * a word, so a picture is walked from marker to marker before it is decoded.
 */
export function completeJpegSize(bytes: Uint8Array): JpegSize | null {
  if (bytes[0] !== 0xff || bytes[1] !== SOI) return null;
  let size: JpegSize | null = null;
  let at = 2;
  while (at + 1 < bytes.length) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === EOI) return size;
    const length = word(bytes, at + 2);
    if (length === null || length < 2) return null;
    if (isFrameHeader(marker)) size = frameSize(bytes, at + 4);
    at += 2 + length;
    if (marker === SOS) at = endOfScan(bytes, at);
  }
  return null;
}

/** SOF0 to SOF15, less the three codes between them that mean tables. */
function isFrameHeader(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

function frameSize(bytes: Uint8Array, at: number): JpegSize | null {
  const height = word(bytes, at + 1);
  const width = word(bytes, at + 3);
  return width && height ? { width, height } : null;
}

/** Where the entropy-coded data stops: the next marker that is neither a stuffed byte nor a restart. */
function endOfScan(bytes: Uint8Array, from: number): number {
  let at = bytes.indexOf(0xff, from);
  while (at >= 0) {
    const next = bytes[at + 1];
    if (next === undefined) break;
    const inScan = next === 0x00 || (next >= 0xd0 && next <= 0xd7);
    if (!inScan && next !== 0xff) return at;
    at = bytes.indexOf(0xff, next === 0xff ? at + 1 : at + 2);
  }
  return bytes.length;
}

function word(bytes: Uint8Array, at: number): number | null {
  const high = bytes[at];
  const low = bytes[at + 1];
  return high === undefined || low === undefined ? null : high * 256 + low;
}
