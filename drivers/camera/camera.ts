/**
 * One capture. A camera answers, it does not throw: everything that goes wrong with a device in
 * normal life is a code. Nothing is stored by the camera.
 */
export type Capture =
  | { readonly kind: 'picture'; readonly jpeg: Uint8Array }
  | {
      readonly kind: 'no-picture';
      /**
       * disconnected: no camera answers; timed-out: it gave nothing in its own time;
       * no-sheet: it works and has nothing to photograph (the tray of a simulated camera is empty);
       * bad-picture: what it gave is no JPEG.
       */
      readonly code: CaptureFault;
    };
export const CAPTURE_FAULTS = ['disconnected', 'timed-out', 'no-sheet', 'bad-picture'] as const;
export type CaptureFault = (typeof CAPTURE_FAULTS)[number];

export type NoPicture = Extract<Capture, { kind: 'no-picture' }>;

export function noPicture(code: CaptureFault): NoPicture {
  return { kind: 'no-picture', code };
}

/** The camera on the stand. Captures asked for at once are taken one after the other. */
export interface Camera {
  /** Takes one picture of what lies on the stand now. */
  capture(): Promise<Capture>;
  /** Whether the device is there now, found out without taking a picture. */
  isThere(): Promise<boolean>;
  /** Its last picture could not be read: whatever the camera holds from picture to picture is measured anew. */
  remeasure(): void;
  /** After this every capture answers 'disconnected'. */
  close(): Promise<void>;
}

/** JPEG files begin with the bytes FF D8 FF. */
const BEGIN = Buffer.of(0xff, 0xd8, 0xff);
/** And end with FF D9, which their compressed data never holds. */
const END = Buffer.of(0xff, 0xd9);

export function looksLikeJpeg(bytes: Uint8Array): boolean {
  return bytes.length > BEGIN.length && BEGIN.equals(bytes.subarray(0, BEGIN.length));
}

/** A JPEG and what was written around it; jpeg is null where none is whole: a picture broke off, or there is none. */
export function jpegIn(bytes: Buffer): { readonly jpeg: Uint8Array | null; readonly rest: Buffer } {
  const from = bytes.indexOf(BEGIN);
  const to = bytes.lastIndexOf(END) + END.length;
  if (from < 0 || to < from + BEGIN.length + END.length) return { jpeg: null, rest: bytes };
  return { jpeg: bytes.subarray(from, to), rest: Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]) };
}
