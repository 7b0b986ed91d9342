import type { BarcodeReader } from '#drivers/barcode/barcode.ts';
import { openSerialBarcodeReader } from '#drivers/barcode/serial-barcode.ts';
import { simulateBarcodeReader } from '#drivers/barcode/simulated-barcode.ts';
import type { Buttons } from '#drivers/buttons/buttons.ts';
import { watchLines } from '#drivers/buttons/line-buttons.ts';
import { simulateButtons } from '#drivers/buttons/simulated-buttons.ts';
import type { Buzzer } from '#drivers/buzzer/buzzer.ts';
import { buzzerOnLine } from '#drivers/buzzer/line-buzzer.ts';
import { simulateBuzzer } from '#drivers/buzzer/simulated-buzzer.ts';
import type { Camera } from '#drivers/camera/camera.ts';
import { openFolderCamera } from '#drivers/camera/folder-camera.ts';
import { openHeader } from '#drivers/gpio/gpio-lines.ts';
import type { Lights } from '#drivers/lights/lights.ts';
import { lightsOnLines } from '#drivers/lights/line-lights.ts';
import { simulateLights } from '#drivers/lights/simulated-lights.ts';
import type { Printer } from '#drivers/printer/printer.ts';
import { openSerialPrinter, PRINTING } from '#drivers/printer/serial-printer.ts';
import { SERIAL } from '#drivers/serial/serial-line.ts';
import { type SimulatedKit, simulateKit } from '#drivers/simulated-kit.ts';
import type { Configuration } from './configuration.ts';

/** What the kit sees, hears and speaks with. */
export interface Devices {
  readonly camera: Camera;
  readonly buttons: Buttons;
  readonly barcode: BarcodeReader;
  readonly lights: Lights;
  readonly buzzer: Buzzer;
  /** null where this kit has none. */
  readonly printer: Printer | null;
  /** The kit on screen, where all of them are simulated. */
  readonly stand: SimulatedKit | null;
}

/** Throws where the configuration names what the machine does not have, and says what. */
export function openDevices(configuration: Configuration): Devices {
  const { camera, barcode, printer } = configuration;
  if (camera.kind === 'tray') {
    const stand = simulateKit(camera.folder);
    return { ...stand, stand };
  }
  return {
    camera: openFolderCamera(camera.folder),
    ...handDevices(configuration),
    barcode: barcode ? openSerialBarcodeReader({ ...SERIAL, ...barcode }) : simulateBarcodeReader(),
    printer: printer ? openSerialPrinter({ ...SERIAL, ...PRINTING, ...printer }) : null,
    stand: null,
  };
}

/** Keys, lamps and buzzer: on the header's lines where the configuration names any. */
function handDevices({ gpio }: Configuration): Pick<Devices, 'buttons' | 'lights' | 'buzzer'> {
  if (!gpio) return { buttons: simulateButtons(), lights: simulateLights(), buzzer: simulateBuzzer() };
  const { keys, lamps, buzzer } = gpio;
  const header = openHeader();
  const lines = { green: header.output(lamps.green), amber: header.output(lamps.amber), red: header.output(lamps.red) };
  return {
    buttons: watchLines(header.keys(keys)),
    lights: lightsOnLines(lines),
    buzzer: buzzerOnLine(header.output(buzzer)),
  };
}

export async function closeDevices({ camera, buttons, barcode, lights, buzzer, printer }: Devices): Promise<void> {
  await Promise.all([camera, buttons, barcode, lights, buzzer, printer].map((device) => device?.close()));
}
