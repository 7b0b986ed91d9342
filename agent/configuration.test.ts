import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadConfiguration } from './configuration.ts';

const GOOD = {
  kit: 'palembang-0001',
  tps: '1671010001001',
  mode: 'resmi',
  forms: ['c-hasil-kwk-gubernur'],
  data: 'data',
  camera: { kind: 'folder', folder: 'photos' },
  panel: { port: 8080 },
  broker: { url: 'mqtts://broker.example:8883', ca: 'root.crt', certificate: 'kit.crt', key: '/keys/kit.key' },
  signing: { certificate: 'kit.crt', key: '/keys/kit.key' },
  central: { certificate: 'central-signing.crt', sealing: 'central-sealing.pub' },
};

const SIZE = { width: 1920, height: 1080 };
const WEBCAM = { kind: 'uvc', device: '/dev/v4l/by-id/usb-Kamera_Meja-video-index0', size: SIZE };
const GPIO = { keys: { PINDAI: 5, YA: 6, ULANG: 13 }, lamps: { green: 17, amber: 27, red: 22 }, buzzer: 18 };

const folder = mkdtempSync(join(tmpdir(), 'tps-kit-configuration-'));
const file = join(folder, 'kit.json');
afterAll(() => rmSync(folder, { recursive: true }));

function load(text: string) {
  writeFileSync(file, text);
  return loadConfiguration(file);
}

function reasonAgainst(change: Readonly<Record<string, unknown>>): string {
  const loaded = load(JSON.stringify({ ...GOOD, ...change }));
  return loaded.ok ? 'accepted' : loaded.reason;
}

describe("a kit's configuration", () => {
  it('is read, and what it names is found beside it, wherever the kit is started', () => {
    expect(load(JSON.stringify(GOOD))).toEqual({
      ok: true,
      configuration: {
        slip: { columns: 32 },
        readLimit: 20,
        ...GOOD,
        data: join(folder, 'data'),
        camera: { kind: 'folder', folder: join(folder, 'photos') },
        broker: {
          url: ['mqtts://broker.example:8883'],
          ca: join(folder, 'root.crt'),
          certificate: join(folder, 'kit.crt'),
          key: '/keys/kit.key',
        },
        signing: { certificate: join(folder, 'kit.crt'), key: '/keys/kit.key' },
        central: { certificate: join(folder, 'central-signing.crt'), sealing: join(folder, 'central-sealing.pub') },
      },
    });
  });

  it.each([
    { camera: { kind: 'tray', folder: '/srv/tray' } },
    { camera: { kind: 'csi' } },
    { camera: { kind: 'csi', size: { width: 4608, height: 2592 } } },
    { camera: WEBCAM },
    { camera: { ...WEBCAM, controls: { focus_automatic_continuous: 0, focus_absolute: 40 } } },
    { gpio: GPIO },
    { gpio: { ...GPIO, chip: 'pl061' } },
  ])('may name the devices it has: %j', (devices) => {
    expect(load(JSON.stringify({ ...GOOD, ...devices }))).toMatchObject({ ok: true, configuration: devices });
  });

  it('may name several brokers', () => {
    const url = ['mqtts://first.example:8883', 'mqtts://second.example:8883'];
    expect(load(JSON.stringify({ ...GOOD, broker: { ...GOOD.broker, url } }))).toMatchObject({
      ok: true,
      configuration: { broker: { url } },
    });
  });

  it.each<[string, Readonly<Record<string, unknown>>, string]>([
    ['a kit id that cannot be a topic', { kit: 'Palembang/1' }, 'kit: a kit id: lower-case letters, digits and dashes'],
    ['a TPS code that is too short', { tps: '167101' }, 'tps: the public TPS code, 13 digits'],
    ['a TPS code as a number', { tps: 1671010001001 }, 'tps: '],
    ['a third mode', { mode: 'uji' }, 'mode: '],
    ['no form', { forms: [] }, 'forms: '],
    ['a kind of camera that there is not', { camera: { kind: 'cctv' } }, 'camera.kind: '],
    ['a folder of photos without a folder', { camera: { kind: 'folder' } }, 'camera.folder: '],
    ['a webcam without a device', { camera: { kind: 'uvc', size: SIZE } }, 'camera.device: '],
    ['a webcam by its number', { camera: { kind: 'uvc', device: '0', size: SIZE } }, 'camera.device: '],
    ['a size that is none', { camera: { kind: 'csi', size: { width: 0, height: 1080 } } }, 'camera.size.width: '],
    ['a control with a comma', { camera: { ...WEBCAM, controls: { 'a=1,b': 2 } } }, 'camera.controls.a=1,b: '],
    ['a line beyond the header', { gpio: { ...GPIO, buzzer: 28 } }, 'gpio.buzzer: '],
    ['a port that is none', { panel: { port: 70_000 } }, 'panel.port: '],
    ['a broker without TLS', { broker: { ...GOOD.broker, url: 'mqtt://b:1883' } }, 'broker.url.0: an mqtts:// address'],
    ['a broker without a name', { broker: { ...GOOD.broker, url: 'mqtts://' } }, 'broker.url.0: an mqtts:// address'],
    ['four brokers', { broker: { ...GOOD.broker, url: Array(4).fill('mqtts://b:1') } }, 'broker.url: at most three'],
    ['a missing part', { central: undefined }, 'central: '],
    ['a misspelt field', { tpss: '1671010001001' }, '(whole file): Unrecognized key: "tpss"'],
  ])('is refused with the field and the reason: %s', (_name, change, reason) => {
    expect(reasonAgainst(change)).toContain(`${file} is not a kit configuration:\n  ${reason}`);
  });

  it('is refused with every fault at once, so that it is mended in one go', () => {
    expect(reasonAgainst({ kit: 'X', tps: '1' }).split('\n')).toHaveLength(3);
  });

  it('is refused with the place where it is no JSON, or is not there', () => {
    expect(load('{"kit": }')).toMatchObject({ ok: false, reason: expect.stringContaining(`${file}: `) });
    expect(loadConfiguration(join(folder, 'none.json'))).toMatchObject({
      ok: false,
      reason: expect.stringContaining('no such file'),
    });
  });
});
