import type { Reader } from '#agent/read/reading.ts';
import type { LinkState } from '#agent/uplink/connection.ts';
import type { BarcodeReader } from '#drivers/barcode/barcode.ts';
import type { Button, Buttons } from '#drivers/buttons/buttons.ts';
import type { Buzzer } from '#drivers/buzzer/buzzer.ts';
import { type Camera, noPicture } from '#drivers/camera/camera.ts';
import type { SetBy } from '#drivers/clock/clock.ts';
import type { Lights } from '#drivers/lights/lights.ts';
import type { Printer } from '#drivers/printer/printer.ts';
import { type Check, checksOf, type Facts, type Verdict, worstOf } from './checks.ts';
import { readKnownPage } from './known-page.ts';

/** The kit looks at itself: at every start, and whenever somebody asks. Nothing it photographs is kept. */
export interface Readiness {
  view(): ReadinessView;
  /**
   * Runs the self-test; one that runs already is not begun again. Only who asks for it has the camera tried:
   * what lies on the stand is never photographed by itself.
   */
  run(camera: 'with-camera' | 'without-camera'): Promise<void>;
  onChange(listener: () => void): () => void;
  close(): void;
}

export interface ReadinessView {
  readonly running: boolean;
  /** Empty before the first test has ended. */
  readonly checks: readonly Check[];
  readonly worst: Exclude<Verdict, 'look'> | null;
}

export interface ReadinessPorts {
  readonly camera: Camera;
  readonly reader: Reader;
  readonly buttons: Buttons;
  readonly lights: Lights;
  readonly buzzer: Buzzer;
  readonly printer: Printer | null;
  /** null where this kit has none. */
  readonly barcode: BarcodeReader | null;
  freeBytes(): Promise<number | null>;
  clock(): SetBy;
  link(): LinkState['kind'] | null;
  certificateDays(): number;
  /** The lamps show again what the session wants them to. */
  lightsBack(): void;
  /** Called with the outcome of every test. */
  tested(worst: Exclude<Verdict, 'look'>, checks: readonly Check[]): void;
  /** How often it is looked whether what was missing is there again, ms. */
  readonly lookEveryMs: number;
}

const NOT_TRIED = noPicture('no-sheet');
const NOT_THERE = noPicture('disconnected');
/** Long enough to look at three lamps, ms. */
const LAMPS_ON_MS = 2_000;

export function createReadiness(ports: ReadinessPorts): Readiness {
  const listeners = new Set<() => void>();
  const pressed = new Set<Button>();
  let view: ReadinessView = { running: false, checks: [], worst: null };
  let facts: Facts | null = null;

  const show = (next: Partial<ReadinessView>) => {
    view = { ...view, ...next };
    for (const listener of [...listeners]) listener();
  };
  const judge = (measured: Facts) => {
    facts = measured;
    const checks = checksOf(measured);
    show({ checks, worst: worstOf(checks) });
  };
  const stop = ports.buttons.onPress((button) => {
    if (pressed.has(button)) return;
    pressed.add(button);
    if (facts) judge({ ...facts, ...seenNow() });
  });
  const timer = setInterval(() => void lookAgain(), ports.lookEveryMs);
  timer.unref();

  /** What shows itself without a test. */
  function seenNow() {
    const { buttons, lights, buzzer, barcode } = ports;
    return {
      ...{ pressed, stuck: buttons.stuck(), absent: buttons.absent(), signals: lights.isThere() && buzzer.isThere() },
      ...{ barcode: barcode?.isThere() ?? null, clock: ports.clock(), link: ports.link() },
    };
  }

  /** What was missing may have been put in again: nobody is told of a fault that is mended. */
  async function lookAgain(): Promise<void> {
    const before = facts;
    if (!before || view.running) return;
    const missed = isMissing(before.camera);
    const camera = missed && (await ports.camera.isThere()) ? NOT_TRIED : before.camera;
    // A test that was begun or a key that was pressed meanwhile knows better.
    if (facts !== before || view.running) return;
    const measured = { ...before, camera, ...seenNow() };
    if (JSON.stringify(checksOf(measured)) !== JSON.stringify(view.checks)) judge(measured);
  }

  async function cameraNow(withPicture: boolean): Promise<Facts['camera']> {
    if (!withPicture) return (await ports.camera.isThere()) ? NOT_TRIED : NOT_THERE;
    const taken = await ports.camera.capture();
    if (taken.kind === 'no-picture') return taken;
    const reading = await ports.reader.read(taken.jpeg, null);
    if (reading.kind === 'read') return { kind: 'read' };
    ports.camera.remeasure();
    return reading;
  }

  async function measure(withCamera: boolean): Promise<Facts> {
    ports.lights.show({ green: 'on', amber: 'on', red: 'on' });
    ports.buzzer.play([{ on: 300, off: 0 }]);
    const lampsOn = new Promise((resolve) => setTimeout(resolve, LAMPS_ON_MS));
    const camera = await cameraNow(withCamera);
    const model = await readKnownPage(ports.reader);
    const printer = (await ports.printer?.state()) ?? null;
    const freeBytes = await ports.freeBytes();
    await lampsOn;
    ports.lightsBack();
    return { camera, model, printer, freeBytes, ...seenNow(), certificateDays: ports.certificateDays() };
  }

  return {
    view: () => view,
    async run(camera) {
      if (view.running) return;
      show({ running: true });
      judge(await measure(camera === 'with-camera'));
      show({ running: false });
      if (view.worst) ports.tested(view.worst, view.checks);
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      stop();
      clearInterval(timer);
    },
  };
}

function isMissing(camera: Facts['camera']): boolean {
  return camera.kind === 'no-picture' && camera.code === 'disconnected';
}
