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

/** The camera on the stand. Captures asked for at once are taken one after the other. */
export interface Camera {
  /** Takes one picture of what lies on the stand now. */
  capture(): Promise<Capture>;
  /** After this every capture answers 'disconnected'. */
  close(): Promise<void>;
}

/** JPEG files begin with the bytes FF D8 FF. */
export function looksLikeJpeg(bytes: Uint8Array): boolean {
  return bytes.length > 3 && bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;
}
