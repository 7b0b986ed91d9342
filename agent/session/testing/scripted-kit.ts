import { createHash } from 'node:crypto';
import type { Happened } from '#agent/event-log/catalogue.ts';
import type { PageRefusal } from '#agent/page/refusal.ts';
import type { PageReading, Reader } from '#agent/read/reading.ts';
import type { Disk } from '#agent/store/disk.ts';
import { openStore, type Store } from '#agent/store/store.ts';
import type { FigureEvidence } from '#agent/tally/evidence.ts';
import type { FigureId, FormDefinition } from '#contract/form/definition.ts';
import type { FormRegistry } from '#contract/form/registry.ts';
import type { Officer } from '#contract/officers/officer-register.ts';
import type { ResultRecord } from '#contract/wire/record.ts';
import type { Signed } from '#contract/wire/signature.ts';
import { simulateBarcodeReader } from '#drivers/barcode/simulated-barcode.ts';
import { simulateButtons } from '#drivers/buttons/simulated-buttons.ts';
import { simulateBuzzer } from '#drivers/buzzer/simulated-buzzer.ts';
import type { Camera } from '#drivers/camera/camera.ts';
import type { Clock } from '#drivers/clock/clock.ts';
import { systemClock } from '#drivers/clock/system-clock.ts';
import { simulateLights } from '#drivers/lights/simulated-lights.ts';
import { simulatePrinter } from '#drivers/printer/simulated-printer.ts';
import type { SessionPorts } from '../ports.ts';
import { createSession, type Session } from '../session.ts';
import { firstState, State } from '../state.ts';

/**
 * A kit for tests of the session and the panel: real session, store and tally; camera and reader are
 * scripts, for what they would see is not the point here.
 */

/** One sheet that is photographed, and what the reader makes of the photo. */
export interface ScriptedSheet {
  readonly jpeg: Uint8Array;
  readonly reading: PageReading | PageRefusal;
}

export interface ScriptedKit {
  readonly session: Session;
  readonly store: Store<State>;
  readonly buttons: ReturnType<typeof simulateButtons>;
  readonly barcode: ReturnType<typeof simulateBarcodeReader>;
  readonly printer: ReturnType<typeof simulatePrinter>;
  /** What was written down. */
  readonly events: readonly Happened[];
  readonly lights: ReturnType<typeof simulateLights>;
  readonly buzzer: ReturnType<typeof simulateBuzzer>;
}

export interface ScriptedKitSetting {
  readonly disk: Disk;
  readonly folder: string;
  readonly forms: FormRegistry;
  /** Each is laid on the stand once, in this order. */
  readonly sheets: readonly ScriptedSheet[];
  readonly sign: (record: ResultRecord) => Promise<Signed>;
  /** Nobody is asked who he is where there are none. */
  readonly officers?: readonly Officer[];
  readonly clock?: Clock;
  /** Devices in place of the scripted and simulated ones. */
  readonly devices?: Partial<Pick<SessionPorts, 'camera' | 'buttons' | 'barcode' | 'printer'>>;
}

export const KIT = 'palembang-0001';
export const TPS = '1671010001001';

/** A sheet whose photo says which sheet it is and whose reading is given. */
export function sheet(
  form: FormDefinition,
  page: number,
  evidence: Readonly<Record<FigureId, FigureEvidence>>,
  cutoutOf: (figure: FigureId) => Uint8Array,
  flattened: Uint8Array,
): ScriptedSheet {
  const jpeg = Uint8Array.of(0xff, 0xd8, 0xff, ...Buffer.from(`${form.id} ${page} ${JSON.stringify(evidence)}`));
  const cutouts = Object.fromEntries(Object.keys(evidence).map((id) => [id, cutoutOf(id)]));
  const ms = { decode: 0, page: 0, boxes: 0, digits: 0, words: 0, pictures: 0 };
  return { jpeg, reading: { kind: 'read', form: form.id, page, quality: null, evidence, cutouts, flattened, ms } };
}

export async function scriptedKit({
  disk,
  folder,
  forms,
  sheets,
  sign,
  officers,
  clock,
  devices,
}: ScriptedKitSetting): Promise<ScriptedKit> {
  const opened = await openStore<State>({
    disk,
    folder,
    kit: KIT,
    tps: TPS,
    mode: 'latihan',
    evening: State,
    fresh: firstState(),
  });
  if (!opened.ok) throw new Error(opened.reason);
  const { store } = opened;
  const [buttons, lights, buzzer] = [simulateButtons(), simulateLights(), simulateBuzzer()];
  const events: Happened[] = [];
  const [barcode, printer] = [simulateBarcodeReader(), simulatePrinter()];
  const session = await createSession({
    kit: KIT,
    tps: TPS,
    agent: '0.1.0',
    forms,
    officers: officers ?? [],
    delays: { capture: 5_000, read: 5_000, beforeConfirm: 5, saveAgain: 5 },
    store,
    evening: opened.evening,
    memory: opened.recovery.kind,
    sign,
    seal: async (jpeg) => Buffer.from(`sealed ${createHash('sha256').update(jpeg).digest('hex')}`),
    reader: scriptedReader(sheets),
    camera: scriptedCamera(sheets),
    buttons,
    barcode,
    note: (happened) => events.push(happened),
    printer,
    slip: { copies: 2, columns: 32, checkAt: null },
    lights,
    buzzer,
    clock: clock ?? systemClock(),
    ...devices,
  });
  return { session, store, buttons, barcode, printer, lights, buzzer, events };
}

function scriptedCamera(sheets: readonly ScriptedSheet[]): Camera {
  const tray = [...sheets];
  return {
    async capture() {
      const next = tray.shift();
      return next ? { kind: 'picture', jpeg: next.jpeg } : { kind: 'no-picture', code: 'no-sheet' };
    },
    isThere: async () => true,
    remeasure: () => undefined,
    async close() {},
  };
}

/** Knows a photo by the digest its file is named after. */
function scriptedReader(sheets: readonly ScriptedSheet[]): Reader {
  const readings = new Map(
    sheets.map(({ jpeg, reading }) => [createHash('sha256').update(jpeg).digest('hex'), reading]),
  );
  return {
    model: 'f'.repeat(64),
    wordsModel: 'd'.repeat(64),
    async read(jpeg) {
      return (
        readings.get(createHash('sha256').update(jpeg).digest('hex')) ?? { kind: 'refused', code: 'page-not-found' }
      );
    },
    async close() {},
  };
}
