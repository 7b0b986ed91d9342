import { describe, expect, it } from 'vitest';
import { standIns } from '../child/testing/stand-in.ts';
import { cameraContract } from './camera.contract.ts';
import { programCameraContract } from './program-camera.contract.ts';
import { openUvcCamera, UVC, type UvcSetting, type YuyvFrame } from './uvc-camera.ts';

/** A stand-in for `v4l2-ctl`: it agrees on a format it has, and then streams. */
const PROGRAM = `
echo "$*" >> runs
case "$*" in
  *--get-fmt-video*) case "$*" in *pixelformat=MJPG*) cat format-mjpg ;; *) cat format-yuyv ;; esac; exit 0 ;;
esac
. ./behaves`;
const WORKS = 'cat sheet.jpg';
const SHEET = Buffer.concat([Buffer.of(0xff, 0xd8, 0xff), Buffer.alloc(200, 0x5a), Buffer.of(0xff, 0xd9)]);

const told = (pixels: string, width: number, height: number, stride: number) => `Format Video Capture:
	Width/Height      : ${width}/${height}
	Pixel Format      : '${pixels}' (some words)
	Field             : None
	Bytes per Line    : ${stride}
	Size Image        : ${stride * height}
	Colorspace        : sRGB
`;
const MJPG = told('MJPG', 1280, 720, 0);
const YUYV = told('YUYV', 4, 2, 12);

const at = standIns();
at.file('sheet.jpg', SHEET);

function rig(setting: Partial<UvcSetting> = {}) {
  const log: string[] = [];
  const frames: YuyvFrame[] = [];
  const program = at.program('v4l2-ctl', PROGRAM);
  const device = at.file('camera', '');
  const behave = (script: string | null) => at.file('behaves', script ?? WORKS);
  const formats = (mjpg: string, yuyv: string) => {
    at.file('format-mjpg', mjpg);
    at.file('format-yuyv', yuyv);
  };
  at.remove('runs');
  behave(null);
  formats(MJPG, YUYV);
  const camera = openUvcCamera({
    ...{ ...UVC, program, device, size: { width: 1280, height: 720 }, controls: {}, limitMs: 20_000 },
    tell: (line) => log.push(line),
    encode: async (frame) => {
      frames.push(frame);
      return SHEET;
    },
    ...setting,
  });
  const install = (isThere: boolean) => {
    if (isThere) at.program('v4l2-ctl', PROGRAM);
    else at.remove('v4l2-ctl');
  };
  const runs = () => at.lines('runs');
  return { camera, at, behave, install, told: log, runs, frames, formats, device };
}

cameraContract('the webcam', {
  open: async () => rig().camera,
  gone: async () => rig({ device: '/dev/v4l/by-id/no-such-camera' }).camera,
});

programCameraContract('the webcam', (limitMs) => rig({ limitMs }));

describe('the webcam', () => {
  it('gives a frame that is JPEG already, and throws those away before exposure has settled', async () => {
    const { camera, runs, device } = rig();
    expect(await camera.capture()).toEqual({ kind: 'picture', jpeg: SHEET });
    expect(runs()).toEqual([
      `--device ${device} --set-fmt-video width=1280,height=720,pixelformat=MJPG --get-fmt-video`,
      `--device ${device} --set-fmt-video width=1280,height=720,pixelformat=MJPG --stream-no-query --stream-mmap --stream-to - --stream-skip 20 --stream-count 1`,
    ]);
  });

  it('agrees on the format once, as long as pictures come', async () => {
    const { camera, runs, behave } = rig();
    for (const script of [null, null, 'exit 1', null]) {
      behave(script);
      await camera.capture();
    }
    expect(runs().filter((run) => run.includes('--get-fmt-video'))).toHaveLength(2);
  });

  it('leaves away what stands behind the picture', async () => {
    const { camera, behave } = rig();
    behave('cat sheet.jpg; head -c 500 /dev/zero');
    expect(await camera.capture()).toEqual({ kind: 'picture', jpeg: SHEET });
  });

  it('has raw frames encoded where the camera gives no others', async () => {
    const { camera, behave, formats, frames, runs } = rig();
    formats(YUYV, YUYV);
    behave('printf "%s" 0123456789ab; printf "%s" cdefghijklmn');
    expect(await camera.capture()).toEqual({ kind: 'picture', jpeg: SHEET });
    expect(frames).toEqual([{ width: 4, height: 2, stride: 12, bytes: Buffer.from('0123456789abcdefghijklmn') }]);
    expect(runs().at(-1)).toContain('pixelformat=YUYV');
  });

  it('says so where a raw frame breaks off, or cannot be encoded', async () => {
    const torn = rig();
    torn.formats(YUYV, YUYV);
    torn.behave('printf "%s" 0123456789ab');
    expect([await torn.camera.capture(), torn.frames]).toEqual([{ kind: 'no-picture', code: 'bad-picture' }, []]);
    expect(torn.told.at(-1)).toContain('gave 12 bytes that are no YUYV frame of 4 × 2');
    const dead = rig({ encode: async () => null });
    dead.formats(YUYV, YUYV);
    dead.behave('printf "%s" 0123456789abcdefghijklmn');
    expect(await dead.camera.capture()).toEqual({ kind: 'no-picture', code: 'bad-picture' });
  });

  it('says so where the camera has no format that is understood', async () => {
    const other = told('NV12', 1280, 720, 1280);
    const { camera, formats, told: log } = rig();
    formats(other, other);
    expect(await camera.capture()).toEqual({ kind: 'no-picture', code: 'bad-picture' });
    expect(log.at(-1)).toContain('neither MJPG nor YUYV');
  });

  it('sets the controls that a technician fixed', async () => {
    const { camera, runs } = rig({ controls: { focus_automatic_continuous: 0, focus_absolute: 40 } });
    await camera.capture();
    expect(runs().at(-1)).toContain('--set-ctrl focus_automatic_continuous=0,focus_absolute=40 --stream-');
  });

  it('is told as unplugged when it goes in the middle of a picture, and works again when it is back', async () => {
    const { camera, behave, device } = rig();
    behave('rm camera; echo "VIDIOC_DQBUF: failed: No such device" >&2');
    expect(await camera.capture()).toEqual({ kind: 'no-picture', code: 'disconnected' });
    expect([await camera.isThere(), await camera.capture()]).toEqual([
      false,
      { kind: 'no-picture', code: 'disconnected' },
    ]);
    behave(null);
    at.file('camera', '');
    expect([device, await camera.isThere(), (await camera.capture()).kind]).toEqual([device, true, 'picture']);
  });
});
