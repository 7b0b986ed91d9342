import { type EscPosDevice, escPosDevice } from '#drivers/printer/testing/esc-pos-device.ts';
import type { SerialPlug } from './serial-plug.ts';

/** A receipt printer at the other end of a serial line. */
export function receiptPrinterAt(plug: SerialPlug): Pick<EscPosDevice, 'printed' | 'become'> {
  const device = escPosDevice();
  plug.onData((bytes) => plug.send(device.hear(bytes)));
  return device;
}
