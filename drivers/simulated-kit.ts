import { simulateBarcodeReader } from './barcode/simulated-barcode.ts';
import type { Button } from './buttons/buttons.ts';
import { simulateButtons } from './buttons/simulated-buttons.ts';
import type { Tune } from './buzzer/buzzer.ts';
import { simulateBuzzer } from './buzzer/simulated-buzzer.ts';
import { openTrayCamera } from './camera/tray-camera.ts';
import type { LightPattern } from './lights/lights.ts';
import { simulateLights } from './lights/simulated-lights.ts';
import type { PrinterState, Strip } from './printer/printer.ts';
import { simulatePrinter } from './printer/simulated-printer.ts';

/** All devices of a kit that lies on a screen instead of a table, and the hands that work them. */
export interface SimulatedKit {
  readonly camera: ReturnType<typeof openTrayCamera>;
  readonly buttons: ReturnType<typeof simulateButtons>;
  readonly lights: ReturnType<typeof simulateLights>;
  readonly buzzer: ReturnType<typeof simulateBuzzer>;
  readonly barcode: ReturnType<typeof simulateBarcodeReader>;
  readonly printer: ReturnType<typeof simulatePrinter>;
  look(): Promise<KitLook>;
  do(deed: Deed): void;
  /** Calls back when lamps, buzzer, paper or stand may look different; answers how to stop that. */
  onChange(listener: () => void): () => void;
}

/** What a person standing before the kit sees and hears beside its screen. */
export interface KitLook {
  readonly lights: LightPattern;
  /** Tunes begun so far; the last one is what sounds. */
  readonly tunes: number;
  readonly tune: Tune | null;
  /** Strips of paper, newest first. */
  readonly paper: readonly Strip[];
  readonly tray: readonly string[];
  readonly laid: string | null;
  readonly printer: PrinterState;
}

/** What hands do. */
export type Deed =
  | { readonly kind: 'press'; readonly button: Button }
  | { readonly kind: 'grip' }
  | { readonly kind: 'lay'; readonly sheet: string | null }
  | { readonly kind: 'badge'; readonly text: string }
  | { readonly kind: 'printer'; readonly state: PrinterState }
  | { readonly kind: 'camera'; readonly plugged: boolean };

export function simulateKit(tray: string): SimulatedKit {
  const listeners = new Set<() => void>();
  const tell = () => {
    for (const listener of [...listeners]) listener();
  };
  const camera = openTrayCamera(tray);
  const [buttons, barcode] = [simulateButtons(), simulateBarcodeReader()];
  const [lights, buzzer, printer] = [simulateLights(tell), simulateBuzzer(tell), simulatePrinter(tell)];

  return {
    ...{ camera, buttons, lights, buzzer, barcode, printer },
    async look() {
      const played = buzzer.played();
      return {
        ...{ lights: lights.shown(), tunes: played.length, tune: played.at(-1) ?? null, printer: printer.is() },
        ...{ paper: [...printer.printed()].reverse(), tray: await camera.tray(), laid: camera.laid() },
      };
    },
    do(deed) {
      switch (deed.kind) {
        case 'grip':
          buttons.grip();
          break;
        case 'press':
          buttons.press(deed.button);
          break;
        case 'lay':
          camera.lay(deed.sheet);
          break;
        case 'badge':
          barcode.scan(deed.text);
          break;
        case 'printer':
          printer.become(deed.state);
          break;
        case 'camera':
          camera.plug(deed.plugged);
          break;
      }
      tell();
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
