import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { MODEL_FILE } from '#agent/read/model-file.ts';
import { type ReaderProcess, startReader } from '#agent/read/reader-process.ts';
import { simulateBarcodeReader } from '#drivers/barcode/simulated-barcode.ts';
import { BUTTONS } from '#drivers/buttons/buttons.ts';
import { simulateButtons } from '#drivers/buttons/simulated-buttons.ts';
import { simulateBuzzer } from '#drivers/buzzer/simulated-buzzer.ts';
import type { Camera } from '#drivers/camera/camera.ts';
import { simulateLights } from '#drivers/lights/simulated-lights.ts';
import { simulatePrinter } from '#drivers/printer/simulated-printer.ts';
import { readKnownPage } from './known-page.ts';
import { createReadiness, type ReadinessPorts } from './readiness.ts';

const SOON = { timeout: 8_000, interval: 20 };

let reader: ReaderProcess;
beforeAll(async () => {
  reader = await startReader({ modelFile: MODEL_FILE, limitMs: 30_000 });
});
afterAll(() => reader.close());

const opened: { close(): void }[] = [];
afterEach(() => {
  for (const readiness of opened.splice(0)) readiness.close();
});

function kit(changes: Partial<ReadinessPorts> = {}) {
  const [buttons, lights, printer] = [simulateButtons(), simulateLights(), simulatePrinter()];
  const capture = vi.fn<Camera['capture']>(async () => ({ kind: 'no-picture', code: 'no-sheet' }));
  const tested = vi.fn();
  const readiness = createReadiness({
    ...{ buttons, lights, printer, reader, buzzer: simulateBuzzer(), barcode: simulateBarcodeReader() },
    camera: { capture, isThere: async () => true, remeasure: () => undefined, close: async () => undefined },
    freeBytes: async () => 20e9,
    clock: () => 'network',
    link: () => 'connected',
    certificateDays: () => 90,
    lightsBack: () => lights.show({ green: 'slow', amber: 'off', red: 'off' }),
    tested,
    lookEveryMs: 30,
    ...changes,
  });
  opened.push(readiness);
  return { readiness, buttons, lights, printer, capture, tested };
}

describe('the readiness of a kit', () => {
  it('is found with the models that are installed, on a page whose figures are known', async () => {
    expect(await readKnownPage(reader)).toBe('right');
  });

  it('is told with lamps and sound, and then the lamps say again what they said', async () => {
    const at = kit();
    const run = at.readiness.run('without-camera');
    expect([at.readiness.view().running, at.lights.shown()]).toEqual([true, { green: 'on', amber: 'on', red: 'on' }]);
    await run;
    expect(at.lights.shown()).toEqual({ green: 'slow', amber: 'off', red: 'off' });
    expect(at.readiness.view()).toMatchObject({ running: false, worst: 'amber' });
    expect(at.tested).toHaveBeenCalledExactlyOnceWith('amber', at.readiness.view().checks);
  });

  it('never photographs what lies on the stand unless somebody asks', async () => {
    const at = kit();
    await at.readiness.run('without-camera');
    expect(at.capture).not.toHaveBeenCalled();
    await at.readiness.run('with-camera');
    expect(at.capture).toHaveBeenCalledOnce();
  });

  it('is not tested twice at once', async () => {
    const at = kit();
    await Promise.all([at.readiness.run('with-camera'), at.readiness.run('with-camera')]);
    expect(at.capture).toHaveBeenCalledOnce();
  });

  it('knows each key that was pressed since the start', async () => {
    const at = kit();
    at.buttons.press('PINDAI');
    await at.readiness.run('without-camera');
    const buttons = () => at.readiness.view().checks.find(({ id }) => id === 'buttons');
    expect(buttons()).toMatchObject({ verdict: 'amber', count: 2 });
    at.buttons.press('YA');
    at.buttons.press('ULANG');
    expect(buttons()).toMatchObject({ verdict: 'green' });
  });

  it('misses a camera without photographing, and is told when it is put in again', async () => {
    let isIn = false;
    const capture = vi.fn<Camera['capture']>(async () => ({ kind: 'no-picture', code: 'no-sheet' }));
    const at = kit({
      camera: { capture, isThere: async () => isIn, remeasure: () => undefined, close: async () => undefined },
    });
    await at.readiness.run('without-camera');
    const camera = () => at.readiness.view().checks.find(({ id }) => id === 'camera');
    expect([camera(), at.readiness.view().worst]).toMatchObject([{ verdict: 'red', code: 'disconnected' }, 'red']);
    isIn = true;
    await vi.waitFor(() => expect(camera()).toMatchObject({ verdict: 'amber', code: 'no-sheet' }), SOON);
    expect([at.readiness.view().worst, capture.mock.calls]).toEqual(['amber', []]);
  });

  it('misses keys, lamps and badge reader that are not wired, and is told when they are put in or pulled out', async () => {
    let isIn = false;
    const at = kit({
      buttons: { ...simulateButtons(), absent: () => (isIn ? [] : BUTTONS) },
      lights: { ...simulateLights(), isThere: () => isIn },
      barcode: { ...simulateBarcodeReader(), isThere: () => isIn },
    });
    await at.readiness.run('without-camera');
    const codes = () => {
      const { checks } = at.readiness.view();
      return (['buttons', 'lights', 'barcode'] as const).map((id) => checks.find((check) => check.id === id)?.code);
    };
    const [missing, there] = [
      ['absent', 'absent', 'gone'],
      ['press', 'look', 'there'],
    ];
    expect([codes(), at.readiness.view().worst]).toEqual([missing, 'amber']);
    isIn = true;
    await vi.waitFor(() => expect(codes()).toEqual(there), SOON);
    isIn = false;
    await vi.waitFor(() => expect(codes()).toEqual(missing), SOON);
  });

  it('is red with a reader that reads the known page wrong, or not at all', async () => {
    const blind = { ...reader, read: async () => ({ kind: 'refused', code: 'reader-died' }) as const };
    expect(await readKnownPage(blind)).toBe('dead');
    const at = kit({ reader: blind });
    await at.readiness.run('without-camera');
    expect(at.readiness.view().worst).toBe('red');
  });
});
