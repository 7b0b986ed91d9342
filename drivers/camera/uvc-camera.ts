import { access } from 'node:fs/promises';
import { type Camera, type Capture, jpegIn, type NoPicture, noPicture } from './camera.ts';
import { faultOf, openProgramCamera, type ProgramCameraSetting, type Runs } from './program-camera.ts';

/** A picture as the sensor gives it: two pixels as luma, blue, luma, red, one byte each, row by row. */
export interface YuyvFrame {
  readonly width: number;
  readonly height: number;
  /** From one row to the next, bytes. */
  readonly stride: number;
  readonly bytes: Uint8Array;
}

export interface UvcSetting extends ProgramCameraSetting {
  /** Lasting name of the device: /dev/v4l/by-id/… or by-path/…. */
  readonly device: string;
  /** Asked for, px; the camera may give the nearest it has. */
  readonly size: { readonly width: number; readonly height: number };
  /** Controls of the camera that are set before every picture, such as a fixed focus: `v4l2-ctl --list-ctrls`. */
  readonly controls: Readonly<Record<string, number>>;
  /** Frames that are thrown away first: exposure and white balance begin anew whenever a stream does. */
  readonly settleFrames: number;
  /** The longest one run of the program takes, ms. */
  readonly limitMs: number;
  /** Makes a JPEG of what a camera without a JPEG encoder gives; null where that failed. */
  readonly encode: (frame: YuyvFrame) => Promise<Uint8Array | null>;
}

/** Webcams settle within half a second to a second, and give 15 to 30 frames a second where they compress. */
export const UVC = { program: 'v4l2-ctl', settleFrames: 20, limitMs: 7_000 } as const;

const MAX_FORMAT_BYTES = 100_000;
/** No frame of a webcam is larger, compressed or not. */
const MAX_FRAME_BYTES = 64_000_000;

/** Without the query a capture device sets itself to the signal it finds, whatever was agreed on. */
const STREAM = ['--stream-no-query', '--stream-mmap', '--stream-to', '-'] as const;

interface Format {
  readonly pixels: 'MJPG' | 'YUYV';
  readonly width: number;
  readonly height: number;
  readonly stride: number;
}
/** Frames that are JPEG already first. */
const WANTED = ['MJPG', 'YUYV'] as const;

/** A webcam, or anything else that is a Video4Linux device, through `v4l2-ctl`. */
export function openUvcCamera(setting: UvcSetting): Camera {
  const { device, size, controls, settleFrames, limitMs, encode, tell } = setting;
  const set = Object.entries(controls).map(([name, value]) => `${name}=${value}`);
  let known: Format | null = null;

  function asking(pixels: Format['pixels']): readonly string[] {
    return ['--device', device, '--set-fmt-video', `width=${size.width},height=${size.height},pixelformat=${pixels}`];
  }

  /** The format the camera takes of those that are understood here. */
  async function agree(runs: Runs): Promise<Format | NoPicture> {
    for (const pixels of WANTED) {
      const args = [...asking(pixels), '--get-fmt-video'];
      const end = await runs({ args, limitMs, maxBytes: MAX_FORMAT_BYTES });
      const fault = faultOf(end);
      if (fault || end.kind !== 'ended') return noPicture(fault ?? 'disconnected');
      const format = formatIn(end.output.toString());
      if (format?.pixels === pixels) return format;
    }
    tell(`${device} gives neither MJPG nor YUYV`);
    return noPicture('bad-picture');
  }

  async function picture(runs: Runs): Promise<Capture> {
    const format = known ?? (await agree(runs));
    if ('kind' in format) return format;
    const skip = ['--stream-skip', String(settleFrames), '--stream-count', '1'];
    const settings = set.length > 0 ? ['--set-ctrl', set.join(',')] : [];
    const args = [...asking(format.pixels), ...settings, ...STREAM, ...skip];
    const end = await runs({ args, limitMs, maxBytes: MAX_FRAME_BYTES });
    const fault = faultOf(end);
    if (fault || end.kind !== 'ended') return noPicture(fault ?? 'disconnected');
    if (end.output.length === 0) return noPicture('disconnected');
    const jpeg = format.pixels === 'MJPG' ? jpegIn(end.output).jpeg : await encoded(format, end.output);
    if (!jpeg) {
      const { pixels, width, height } = format;
      tell(`${device} gave ${end.output.length} bytes that are no ${pixels} frame of ${width} × ${height}`);
      return noPicture('bad-picture');
    }
    known = format;
    return { kind: 'picture', jpeg };
  }

  async function encoded({ width, height, stride }: Format, bytes: Buffer): Promise<Uint8Array | null> {
    return bytes.length < stride * height
      ? null
      : encode({ width, height, stride, bytes: bytes.subarray(0, stride * height) });
  }

  return openProgramCamera(setting, {
    async capture(runs) {
      if (!(await exists(device))) return noPicture('disconnected');
      const taken = await picture(runs);
      if (taken.kind === 'picture') return taken;
      // What comes back may be another camera.
      known = null;
      return (await exists(device)) ? taken : noPicture('disconnected');
    },
    isThere: () => exists(device),
    // Exposure begins anew with every picture.
    remeasure: () => undefined,
  });
}

/** What `--get-fmt-video` tells. */
function formatIn(text: string): Format | null {
  const [, width, height] = /^\s*Width\/Height\s*:\s*(\d+)\/(\d+)/m.exec(text) ?? [];
  const [, stride] = /^\s*Bytes per Line\s*:\s*(\d+)/m.exec(text) ?? [];
  const pixels = WANTED.find((wanted) => text.includes(`'${wanted}'`));
  if (!pixels || !width || !height) return null;
  return { pixels, width: Number(width), height: Number(height), stride: Number(stride) };
}

async function exists(device: string): Promise<boolean> {
  return access(device).then(
    () => true,
    () => false,
  );
}
