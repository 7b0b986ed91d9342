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
import { openRpicamCamera, RPICAM } from '#drivers/camera/rpicam-camera.ts';
import { openUvcCamera, UVC, type UvcSetting } from '#drivers/camera/uvc-camera.ts';
import { openHeader } from '#drivers/gpio/header.ts';
import { sysfsLines } from '#drivers/gpio/sysfs-lines.ts';
import type { Lights } from '#drivers/lights/lights.ts';
import { lightsOnLines } from '#drivers/lights/line-lights.ts';
import { simulateLights } from '#drivers/lights/simulated-lights.ts';
import { LOOKING, type Looking } from '#drivers/looking.ts';
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

/** What devices need of the rest of the kit: an encoder for raw pictures, and the log. */
export type DevicePorts = Pick<UvcSetting, 'encode' | 'tell'>;

/** None that is missing or broken keeps the kit from beginning: each is looked for again, and the self-test tells of it. */
export function openDevices(configuration: Configuration, ports: DevicePorts): Devices {
  const { camera, barcode, printer } = configuration;
  if (camera.kind === 'tray') {
    const stand = simulateKit(camera.folder);
    return { ...stand, stand };
  }
  const looking = { ...LOOKING, tell: ports.tell };
  return {
    camera: cameraOf(camera, ports),
    ...handDevices(configuration, looking),
    barcode: barcode ? openSerialBarcodeReader({ ...SERIAL, ...looking, ...barcode }) : simulateBarcodeReader(),
    printer: printer ? openSerialPrinter({ ...SERIAL, ...looking, ...PRINTING, ...printer }) : null,
    stand: null,
  };
}

function cameraOf(camera: Exclude<Configuration['camera'], { kind: 'tray' }>, { encode, tell }: DevicePorts): Camera {
  switch (camera.kind) {
    case 'folder':
      return openFolderCamera(camera.folder);
    case 'csi':
      return openRpicamCamera({ ...RPICAM, size: camera.size ?? null, tell });
    case 'uvc':
      return openUvcCamera({ ...UVC, ...camera, controls: camera.controls ?? {}, encode, tell });
  }
}

/** Keys, lamps and buzzer: on the header's lines where the configuration names any. */
function handDevices({ gpio }: Configuration, looking: Looking): Pick<Devices, 'buttons' | 'lights' | 'buzzer'> {
  if (!gpio) return { buttons: simulateButtons(), lights: simulateLights(), buzzer: simulateBuzzer() };
  const { chip, keys, lamps, buzzer } = gpio;
  const header = openHeader(sysfsLines(chip), looking);
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
