import { z } from 'zod';
import { type Camera, type Capture, jpegIn, type NoPicture, noPicture } from './camera.ts';
import { faultOf, openProgramCamera, type ProgramCameraSetting, type Runs } from './program-camera.ts';

export interface RpicamSetting extends ProgramCameraSetting {
  /** Size of the picture, px; null: all the sensor has. */
  readonly size: { readonly width: number; readonly height: number } | null;
  /** How long exposure, white balance and focus have to settle before a picture that measures them, ms. */
  readonly settleMs: number;
  /** Measured anew after this, ms. */
  readonly lockMs: number;
  /** The longest one run of the program takes beside settling, ms. */
  readonly limitMs: number;
  /** Monotonic. */
  readonly nowMs: () => number;
}

export const RPICAM = {
  ...{ program: 'rpicam-still', settleMs: 2_000, lockMs: 600_000, limitMs: 6_000 },
  nowMs: () => performance.now(),
} as const;

/** A 64-megapixel sensor gives some 30 MB as JPEG. */
const MAX_BYTES = 64_000_000;
const MAX_LIST_BYTES = 100_000;
/** Light that became so much more or less, in lux against lux, needs another exposure. */
const OTHER_LIGHT = 1.5;

/** What the program tells of a picture (libcamera's control names), of which these are used. */
const Metadata = z.object({
  /** µs */
  ExposureTime: z.number().positive(),
  AnalogueGain: z.number().positive(),
  /** Of red and blue. */
  ColourGains: z.tuple([z.number().positive(), z.number().positive()]),
  /** Dioptres; a lens that does not move has none. */
  LensPosition: z.number().nonnegative().optional(),
  Lux: z.number().nonnegative().optional(),
});
type Metadata = z.infer<typeof Metadata>;

/** Exposure and focus as they were measured. */
interface Lock {
  readonly measured: Metadata;
  readonly at: number;
}

type Shot = { readonly kind: 'picture'; readonly jpeg: Uint8Array; readonly metadata: Metadata | null };

/**
 * The camera on a Raspberry Pi's CSI connector, through `rpicam-still`. The first picture is taken after a preview in
 * which exposure, white balance and focus settle on the sheet; those that follow are taken at once with what was
 * measured then, so that the pages of a document look alike and nobody waits. It is measured anew after a fault, after
 * a picture that could not be read (focused on a hand, exposed for the bare table), after a while, and when the light
 * has changed.
 */
export function openRpicamCamera(setting: RpicamSetting): Camera {
  const { size, settleMs, lockMs, limitMs, nowMs } = setting;
  const always = [
    ...['--nopreview', '--encoding', 'jpg', '--thumb', 'none', '--output', '-', '--metadata', '-'],
    ...(size ? ['--width', String(size.width), '--height', String(size.height)] : []),
  ];
  let lock: Lock | null = null;

  async function shot(runs: Runs, args: readonly string[], ms: number): Promise<Shot | NoPicture> {
    const end = await runs({ args: [...always, ...args], limitMs: ms, maxBytes: MAX_BYTES });
    const fault = faultOf(end);
    if (fault || end.kind !== 'ended') return noPicture(fault ?? 'disconnected');
    if (end.output.length === 0) return noPicture('disconnected');
    const { jpeg, rest } = jpegIn(end.output);
    if (jpeg) return { kind: 'picture', jpeg, metadata: metadataIn(rest) };
    setting.tell(`the camera gave ${end.output.length} bytes that are no whole JPEG`);
    return noPicture('bad-picture');
  }

  async function measuredShot(runs: Runs): Promise<Capture> {
    lock = null;
    const args = ['--timeout', String(settleMs), '--autofocus-mode', 'auto'];
    const taken = await shot(runs, args, settleMs + limitMs);
    if (taken.kind === 'no-picture') return taken;
    lock = taken.metadata && { measured: taken.metadata, at: nowMs() };
    return { kind: 'picture', jpeg: taken.jpeg };
  }

  async function capture(runs: Runs): Promise<Capture> {
    if (!lock || nowMs() - lock.at >= lockMs) return measuredShot(runs);
    const { measured } = lock;
    const taken = await shot(runs, ['--immediate', ...lockedArgs(measured)], limitMs);
    if (taken.kind === 'picture' && isSameLight(measured, taken.metadata)) return { kind: 'picture', jpeg: taken.jpeg };
    lock = null;
    return taken.kind === 'picture' ? measuredShot(runs) : taken;
  }

  return openProgramCamera(setting, {
    capture,
    async isThere(runs) {
      const end = await runs({ args: ['--list-cameras'], limitMs, maxBytes: MAX_LIST_BYTES });
      return end.kind === 'ended' && /^\s*\d+ : /m.test(end.output.toString());
    },
    remeasure() {
      lock = null;
    },
  });
}

function lockedArgs({ ExposureTime, AnalogueGain, ColourGains, LensPosition }: Metadata): readonly string[] {
  const exposure = ['--shutter', String(Math.round(ExposureTime)), '--gain', AnalogueGain.toFixed(4)];
  const colours = ['--awbgains', ColourGains.map((gain) => gain.toFixed(4)).join(',')];
  const focus =
    LensPosition === undefined ? [] : ['--autofocus-mode', 'manual', '--lens-position', LensPosition.toFixed(4)];
  return [...exposure, ...colours, ...focus];
}

/** A camera that does not tell the light is measured anew only after a while. */
function isSameLight(measured: Metadata, now: Metadata | null): boolean {
  const [before, after] = [measured.Lux, now?.Lux];
  if (before === undefined || after === undefined) return true;
  return after <= before * OTHER_LIGHT && before <= after * OTHER_LIGHT;
}

function metadataIn(bytes: Buffer): Metadata | null {
  try {
    return Metadata.safeParse(JSON.parse(bytes.toString())).data ?? null;
  } catch {
    return null;
  }
}
