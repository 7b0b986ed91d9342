import type { Happened } from '#agent/event-log/catalogue.ts';
import type { Reader } from '#agent/read/reading.ts';
import type { Recovery } from '#agent/store/durable-file.ts';
import type { Store } from '#agent/store/store.ts';
import type { FormRegistry } from '#contract/form/registry.ts';
import type { Officer } from '#contract/officers/officer-register.ts';
import type { ResultRecord } from '#contract/wire/record.ts';
import type { Signed } from '#contract/wire/signature.ts';
import type { BarcodeReader } from '#drivers/barcode/barcode.ts';
import type { Buttons } from '#drivers/buttons/buttons.ts';
import type { Buzzer } from '#drivers/buzzer/buzzer.ts';
import type { Camera } from '#drivers/camera/camera.ts';
import type { Clock } from '#drivers/clock/clock.ts';
import type { Lights } from '#drivers/lights/lights.ts';
import type { Printer } from '#drivers/printer/printer.ts';
import type { Delays } from './delays.ts';
import type { SavedEvening } from './event.ts';
import type { SlipSetting } from './printing.ts';
import type { State } from './state.ts';

/** How the kit found its memory when it was started; damaged: what was kept last may be lost. restored: from the stick. */
export type FoundMemory = Recovery['kind'] | 'restored';

/** All a session needs of the world. It closes none of them. */
export interface SessionPorts {
  readonly kit: string;
  readonly tps: string;
  /** Version of the agent, for the record. */
  readonly agent: string;
  /** The forms this TPS fills, and no others. */
  readonly forms: FormRegistry;
  /** Who may work with the kit; empty where nobody is asked. */
  readonly officers: readonly Officer[];
  readonly delays: Delays;
  /** Opened with `evening: State` and `fresh: firstState()`. */
  readonly store: Store<State>;
  /** What the store said of the evening when it was opened. */
  readonly evening: SavedEvening;
  readonly memory: FoundMemory;
  readonly sign: (record: ResultRecord) => Promise<Signed>;
  /** Seals a picture for the central office. */
  readonly seal: (jpeg: Uint8Array) => Promise<Uint8Array>;
  readonly reader: Reader;
  readonly camera: Camera;
  readonly buttons: Buttons;
  /** Writes down what happened. */
  readonly note: (happened: Happened) => void;
  readonly barcode: BarcodeReader;
  /** null where this kit has none. */
  readonly printer: Printer | null;
  readonly slip: SlipSetting;
  readonly lights: Lights;
  readonly buzzer: Buzzer;
  readonly clock: Clock;
}
