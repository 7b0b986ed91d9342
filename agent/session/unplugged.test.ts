import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Officer } from '#contract/officers/officer-register.ts';
import { sampleOfficers } from '#contract/officers/testing/sample-officers.ts';
import { signRecord } from '#contract/wire/envelope.ts';
import type { Signer } from '#contract/wire/signature.ts';
import { openSerialBarcodeReader } from '#drivers/barcode/serial-barcode.ts';
import type { Button } from '#drivers/buttons/buttons.ts';
import { SETTLE_MS } from '#drivers/buttons/keys.ts';
import { watchLines } from '#drivers/buttons/line-buttons.ts';
import type { Camera } from '#drivers/camera/camera.ts';
import { openRpicamCamera, RPICAM } from '#drivers/camera/rpicam-camera.ts';
import { openUvcCamera, UVC } from '#drivers/camera/uvc-camera.ts';
import { type StandIns, standIns } from '#drivers/child/testing/stand-in.ts';
import { chip, KEYS } from '#drivers/gpio/testing/chip.ts';
import { SERIAL } from '#drivers/serial/serial-line.ts';
import { ptysOfTests } from '#drivers/serial/testing/pty.ts';
import { kitSigner } from '#test/kit-uplink.ts';
import { testAuthority } from '#test/mosquitto.ts';
import { powerCutDisk } from '#test/power-cut-disk.ts';
import type { SessionPorts } from './ports.ts';
import { KIT, scriptedKit, sheet, TPS } from './testing/scripted-kit.ts';
import { BESAR, pageEvidence, SMALL_FORMS, written } from './testing/small-forms.ts';

/** Every device of the kit pulled out in the middle of work, under the real drivers, and put in again: no stuck state. */

const PICTURE = Uint8Array.of(0xff, 0xd8, 0xff, 1);
const drawn = sheet(
  BESAR,
  1,
  pageEvidence(BESAR, 1, { l: written(1), p: written(2), j: written(3) }),
  () => PICTURE,
  PICTURE,
);
/** As a camera gives it: with an end. */
const PAGE = { ...drawn, jpeg: Buffer.concat([drawn.jpeg, Buffer.of(0xff, 0xd9)]) };
const SOON = { timeout: 15_000, interval: 20 };
const SOON_AGAIN = { firstMs: 20, longestMs: 100, watchMs: 30, tell: () => undefined };
let authority: { folder: string; remove(): void };
let signer: Signer;
beforeAll(async () => {
  authority = await testAuthority(KIT, TPS);
  signer = kitSigner({ authority: authority.folder, kit: KIT });
});
afterAll(() => authority.remove());

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function kit(
  devices: Partial<Pick<SessionPorts, 'camera' | 'buttons' | 'barcode' | 'printer'>>,
  officers: readonly Officer[] = [],
) {
  const at = await scriptedKit({
    ...{ disk: powerCutDisk(), folder: 'data', forms: SMALL_FORMS, sheets: [PAGE], officers, devices },
    sign: (record) => signRecord(record, signer),
  });
  closing.push(() => at.session.close());
  for (const device of Object.values(devices)) closing.push(() => device?.close());
  const becomes = (state: string) => vi.waitFor(() => expect(at.session.view().state).toBe(state), SOON);
  return { ...at, becomes };
}

/** What the stand-ins of both programs do when a picture is asked of them. */
const WORKS = 'cat sheet.jpg';
const HANGS_UNTIL_PULLED = 'touch busy; while [ -e plugged ]; do sleep 0.02; done; exit 1';
const CAMERAS: readonly (readonly [string, (at: StandIns) => Camera])[] = [
  [
    'the camera on the CSI connector',
    (at) => {
      const program = at.program('rpicam-still', '[ -e plugged ] || exit 255\n. ./behaves');
      return openRpicamCamera({ ...RPICAM, program, size: null, limitMs: 10_000, tell: () => undefined });
    },
  ],
  [
    'the webcam',
    (at) => {
      const format = "Width/Height : 1280/720\nPixel Format : 'MJPG'\nBytes per Line : 0";
      const program = at.program('v4l2-ctl', `case "$*" in *--get-fmt*) echo "${format}"; exit ;; esac\n. ./behaves`);
      const setting = { ...UVC, program, device: at.file('plugged', ''), size: { width: 1280, height: 720 } };
      return openUvcCamera({ ...setting, controls: {}, tell: () => undefined, encode: async () => null });
    },
  ],
];

describe.each(CAMERAS)('%s, in the middle of MEMOTRET', (_name, open) => {
  const at = standIns();
  at.file('sheet.jpg', PAGE.jpeg);

  it('pulled out is told at once; put in again, the next PINDAI reads the page', async () => {
    at.file('plugged', '');
    at.file('behaves', HANGS_UNTIL_PULLED);
    const { session, buttons, becomes } = await kit({ camera: open(at) });
    buttons.press('PINDAI');
    await becomes('memotret');
    await vi.waitFor(() => expect(at.lines('busy')).toEqual(['']), SOON);
    at.remove('plugged');
    await becomes('menunggu');
    expect(session.view().notice).toEqual({ kind: 'camera', code: 'disconnected' });
    buttons.press('PINDAI');
    await vi.waitFor(
      () => expect(session.view()).toMatchObject({ state: 'menunggu', notice: { kind: 'camera' } }),
      SOON,
    );
    at.file('plugged', '');
    at.file('behaves', WORKS);
    buttons.press('PINDAI');
    await vi.waitFor(() => expect(session.view().draft?.pages).toHaveLength(1), SOON);
    expect(session.view().notice).toBeNull();
  });

  it('whose picture cannot be read takes the next one anew', async () => {
    at.file('plugged', '');
    at.file('behaves', 'cat other.jpg');
    at.file('other.jpg', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0xff, 0xd9]));
    const { session, buttons } = await kit({ camera: open(at) });
    buttons.press('PINDAI');
    await vi.waitFor(() => expect(session.view().notice).toMatchObject({ kind: 'page-refused' }), SOON);
    at.file('behaves', WORKS);
    buttons.press('PINDAI');
    await vi.waitFor(() => expect(session.view().draft?.pages).toHaveLength(1), SOON);
  });

  it('that hangs is told after its time, and what it gives then is not counted; the next PINDAI works', async () => {
    at.file('plugged', '');
    at.file('behaves', 'sleep 7; cat sheet.jpg');
    const { session, buttons, becomes } = await kit({ camera: open(at) });
    buttons.press('PINDAI');
    await becomes('memotret');
    await becomes('menunggu');
    expect([session.view().notice, session.view().draft]).toEqual([{ kind: 'camera', code: 'timed-out' }, null]);
    at.file('behaves', WORKS);
    buttons.press('PINDAI');
    await vi.waitFor(() => expect(session.view().draft?.pages).toHaveLength(1), SOON);
  });
});

describe('the other devices', () => {
  const plugged = ptysOfTests();

  it('keys pulled out while one is held: the screen goes on, and the keys work when they are back', async () => {
    const wires = chip();
    const push = async (button: Button) => {
      wires.move(button, true);
      await sleep(SETTLE_MS + 30);
      wires.move(button, false);
    };
    const buttons = watchLines(wires.header.keys(KEYS));
    const { session, becomes } = await kit({ buttons });
    wires.move('YA', true);
    await sleep(SETTLE_MS + 30);
    wires.plug(false);
    await vi.waitFor(() => expect(buttons.absent()).toHaveLength(3), SOON);
    expect(await session.act(session.view().turn, { kind: 'press', button: 'PINDAI' })).toBe('done');
    await vi.waitFor(() => expect(session.view().draft?.pages).toHaveLength(1), SOON);
    wires.plug(true);
    await vi.waitFor(() => expect([buttons.absent(), buttons.stuck()]).toEqual([[], []]), SOON);
    const { turn } = session.view();
    await push('PINDAI');
    await vi.waitFor(() => expect(session.view().turn).toBeGreaterThan(turn), SOON);
    await becomes('menunggu');
  });

  it('the badge reader pulled out in the middle of a badge: the next badge is read when it is back', async () => {
    const pty = await plugged();
    const barcode = openSerialBarcodeReader({ ...SERIAL, ...SOON_AGAIN, path: pty.path });
    const { session } = await kit({ barcode }, await sampleOfficers());
    await vi.waitFor(() => expect(barcode.isThere()).toBe(true), SOON);
    await pty.send(Buffer.from('KPP'));
    await pty.unplug();
    await vi.waitFor(() => expect(barcode.isThere()).toBe(false), SOON);
    await pty.plug();
    await vi.waitFor(() => expect(barcode.isThere()).toBe(true), SOON);
    await pty.send(Buffer.from('KPPS-1\r'));
    await vi.waitFor(() => expect(session.view().badge).toBe('kpps-1'), SOON);
  });
});
