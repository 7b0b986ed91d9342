import { describe, expect, it } from 'vitest';
import { standIns } from '../child/testing/stand-in.ts';
import { cameraContract } from './camera.contract.ts';
import { programCameraContract } from './program-camera.contract.ts';
import { openRpicamCamera, RPICAM, type RpicamSetting } from './rpicam-camera.ts';

/** A stand-in for `rpicam-still`: it gives the picture and then, as the real one does, what it measured. */
const PROGRAM = `
echo "$*" >> runs
case "$*" in *--list-cameras*) cat cameras; exit 0 ;; esac
. ./behaves`;
const WORKS = 'cat sheet.jpg metadata.json';
const LISTED =
  'Available cameras\n-----------------\n0 : imx708 [4608x2592 10-bit RGGB] (/base/soc/i2c0mux/i2c@1/imx708@1a)\n';
const SHEET = Buffer.concat([Buffer.of(0xff, 0xd8, 0xff), Buffer.alloc(200, 0x5a), Buffer.of(0xff, 0xd9)]);
const MEASURED = {
  ExposureTime: 19_985,
  AnalogueGain: 1.75,
  DigitalGain: 1.01,
  ColourGains: [2.125, 1.5],
  LensPosition: 2.25,
  Lux: 200,
  AeState: 2,
};

const at = standIns();
at.file('sheet.jpg', SHEET);

function rig(setting: Partial<RpicamSetting> = {}) {
  const told: string[] = [];
  const program = at.program('rpicam-still', PROGRAM);
  const behave = (script: string | null) => at.file('behaves', script ?? WORKS);
  const measure = (measured: object | string) =>
    at.file('metadata.json', typeof measured === 'string' ? measured : JSON.stringify(measured, null, 4));
  at.remove('runs');
  at.file('cameras', LISTED);
  behave(null);
  measure(MEASURED);
  const limits = { settleMs: 100, limitMs: 20_000, size: null, tell: (line: string) => told.push(line) };
  const camera = openRpicamCamera({ ...RPICAM, program, ...limits, ...setting });
  const install = (isThere: boolean) => {
    if (isThere) at.program('rpicam-still', PROGRAM);
    else at.remove('rpicam-still');
  };
  return { camera, at, behave, measure, install, told, runs: () => at.lines('runs') };
}

cameraContract('the camera behind rpicam-still', {
  open: async () => rig().camera,
  gone: async () => openRpicamCamera({ ...RPICAM, program: '/no/such/program', size: null, tell: () => undefined }),
});

programCameraContract('the camera behind rpicam-still', (limitMs) => rig({ limitMs }));

describe('the camera behind rpicam-still', () => {
  it('measures in a preview at the first picture, and takes the next at once as it was measured', async () => {
    const { camera, runs } = rig();
    const taken = [await camera.capture(), await camera.capture()];
    expect(taken).toEqual([1, 2].map(() => ({ kind: 'picture', jpeg: SHEET })));
    const [first, second] = runs();
    expect(first).toMatch(/--timeout 100 --autofocus-mode auto$/);
    expect(first).not.toMatch(/--immediate|--shutter|--gain|--awbgains|--lens-position/);
    expect(second).toContain(
      '--immediate --shutter 19985 --gain 1.7500 --awbgains 2.1250,1.5000 --autofocus-mode manual --lens-position 2.2500',
    );
    expect(second).not.toContain('--timeout');
  });

  it('moves no lens where there is none to move', async () => {
    const { LensPosition: _, ...fixed } = MEASURED;
    const { camera, runs, measure } = rig();
    measure(fixed);
    await camera.capture();
    await camera.capture();
    expect(runs().at(-1)).toMatch(/--awbgains 2.1250,1.5000$/);
  });

  it('measures anew, for the same press, when the light has changed', async () => {
    const { camera, runs, measure } = rig();
    await camera.capture();
    measure({ ...MEASURED, Lux: 40 });
    expect(await camera.capture()).toMatchObject({ kind: 'picture' });
    expect(runs().map((run) => run.includes('--immediate'))).toEqual([false, true, false]);
    await camera.capture();
    expect(runs().at(-1)).toContain('--immediate');
  });

  it('measures anew after a while', async () => {
    let now = 0;
    const { camera, runs } = rig({ nowMs: () => now });
    await camera.capture();
    now = RPICAM.lockMs;
    await camera.capture();
    expect(runs().some((run) => run.includes('--immediate'))).toBe(false);
  });

  it('measures anew after a fault', async () => {
    const { camera, runs, behave } = rig();
    await camera.capture();
    behave('exit 1');
    await camera.capture();
    behave(null);
    await camera.capture();
    expect(runs().map((run) => run.includes('--immediate'))).toEqual([false, true, false]);
  });

  it('measures anew after a picture that could not be read', async () => {
    const { camera, runs } = rig();
    await camera.capture();
    camera.remeasure();
    await camera.capture();
    await camera.capture();
    expect(runs().map((run) => run.includes('--immediate'))).toEqual([false, false, true]);
  });

  it.each(['', 'no json', '[]', '{"ExposureTime": -1}', '{"ExposureTime": 100, "AnalogueGain": 1}'])(
    'takes pictures, each measured, with a program that tells nothing to lock by: %s',
    async (measured) => {
      const { camera, runs, measure } = rig();
      measure(measured);
      expect([(await camera.capture()).kind, (await camera.capture()).kind]).toEqual(['picture', 'picture']);
      expect(runs().some((run) => run.includes('--immediate'))).toBe(false);
    },
  );

  it('asks for a size where one is set', async () => {
    const { camera, runs } = rig({ size: { width: 2304, height: 1296 } });
    await camera.capture();
    expect(runs().at(0)).toContain('--width 2304 --height 1296');
  });

  it('is gone where the program lists no camera, and takes no picture to find that out', async () => {
    const { camera, runs } = rig();
    at.file('cameras', 'No cameras available!\n');
    expect(await camera.isThere()).toBe(false);
    expect(runs()).toEqual(['--list-cameras']);
  });
});
