import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { EVENTS_FILE, eventsIn } from '#agent/event-log/event-log.ts';
import { cv } from '#agent/page/opencv.ts';
import type { PanelView } from '#agent/panel/panel-view.ts';
import { standIns } from '#drivers/child/testing/stand-in.ts';
import { kppsAt, toldNow } from './kpps.ts';
import { type Scene, setScene } from './scene.ts';
import { yuyvFrame } from './yuyv-frame.ts';

/** A kit with the devices of a real one in its configuration: what is not there is told, and the kit goes on. */
const OWNER = { kit: 'palembang-0001', tps: '1671010001001', forms: ['c-hasil-kwk-gubernur'] } as const;
const GPIO = { keys: { PINDAI: 5, YA: 6, ULANG: 13 }, lamps: { green: 17, amber: 27, red: 22 }, buzzer: 18 };
const SOON = { timeout: 60_000, interval: 200 };
const PATH = process.env['PATH'] ?? '';

const work = mkdtempSync(join(tmpdir(), 'tps-kit-devices-'));
const at = standIns();
let scene: Scene | null = null;
afterEach(async () => {
  process.env['PATH'] = PATH;
  await scene?.stop();
});
afterAll(() => rmSync(work, { recursive: true }));

async function kitWith(name: string, devices: object) {
  const folder = join(work, name);
  scene = await setScene({ folder, photos: work, ...OWNER });
  const file = join(folder, 'kit.json');
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), ...devices }));
  const panel = await scene.startKit();
  const { origin } = new URL(panel);
  const seen = async () => (await toldNow(`${origin}/events`)) as PanelView;
  return {
    folder,
    kpps: kppsAt(panel, {}),
    check: () =>
      fetch(`${origin}/check`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin },
        body: '{"what":"run"}',
      }),
    codes: async () => {
      const checks = (await seen()).readiness?.checks ?? [];
      return Object.fromEntries(checks.map(({ id, code }) => [id, code]));
    },
    log: () => scene?.kit.log() ?? '',
  };
}

test.each(['csi', 'uvc'])('a kit without any of its devices (%s) begins, tells of each, and goes on', async (kind) => {
  const { folder, kpps, codes, log } = await kitWith(`none-${kind}`, {
    camera:
      kind === 'csi' ? { kind } : { kind, device: '/dev/v4l/by-id/no-such-camera', size: { width: 1280, height: 720 } },
    gpio: GPIO,
    barcode: { path: '/dev/serial/by-id/no-such-reader' },
    printer: { path: '/dev/serial/by-id/no-such-printer' },
  });
  const missing = { camera: 'disconnected', buttons: 'absent', lights: 'absent', barcode: 'gone', printer: 'gone' };
  await vi.waitFor(async () => expect(await codes()).toMatchObject(missing), SOON);
  await kpps.act({ kind: 'press', button: 'PINDAI' });
  const told = await kpps.until('the camera to be missed', ({ notice }) => notice !== null);
  expect([told.state, told.notice]).toEqual(['menunggu', { kind: 'camera', code: 'disconnected' }]);
  const { events } = eventsIn(readFileSync(join(folder, 'kit', 'resmi', EVENTS_FILE), 'utf8'));
  expect(events.find(({ id }) => id === 'readiness-checked')?.details).toMatchObject({ worst: 'red', ...missing });
  for (const name of ['GPIO line 5', 'GPIO line 18', 'no-such-reader', 'no-such-printer']) {
    expect(log()).toMatch(new RegExp(`${name} is not there: .+`));
  }
});

test('a webcam without a JPEG encoder is read, missed while it is pulled out, and read again', async () => {
  const photo = cv.imread(join(import.meta.dirname, '../agent/health/known-page/page.jpg'));
  const { cols, rows } = photo;
  const width = cols - (cols % 2);
  at.file('frame', yuyvFrame(photo.getRegion(new cv.Rect(0, 0, width, rows))));
  const format = `Width/Height : ${width}/${rows}\nPixel Format : 'YUYV'\nBytes per Line : ${2 * width}`;
  at.program('v4l2-ctl', `case "$*" in *--get-fmt*) echo "${format}" ;; *) cat frame ;; esac`);
  process.env['PATH'] = `${at.folder}:${PATH}`;
  const device = at.file('camera', '');
  const { kpps, check, codes } = await kitWith('webcam', {
    camera: { kind: 'uvc', device, size: { width, height: rows } },
  });
  await vi.waitFor(async () => expect(await codes()).toMatchObject({ camera: 'no-sheet', model: 'right' }), SOON);
  await check();
  await vi.waitFor(async () => expect(await codes()).toMatchObject({ camera: 'sharp' }), SOON);
  at.remove('camera');
  await check();
  await vi.waitFor(async () => expect(await codes()).toMatchObject({ camera: 'disconnected' }), SOON);
  at.file('camera', '');
  await vi.waitFor(async () => expect(await codes()).toMatchObject({ camera: 'no-sheet' }), SOON);
  await kpps.act({ kind: 'press', button: 'PINDAI' });
  const read = await kpps.until('the page to be read', ({ draft }) => draft !== null);
  expect(read.draft?.figures['suara.sah']).toMatchObject({ value: 346 });
});
