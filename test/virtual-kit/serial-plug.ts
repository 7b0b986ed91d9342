import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectTo } from './lines.ts';
import type { Qmp } from './qmp.ts';

/** A USB socket of the machine, and the serial device that may be in it. */
export interface SerialPlug {
  /** Its lasting name in the machine. */
  readonly path: string;
  plug(): Promise<void>;
  unplug(): Promise<void>;
  /** Into the machine; lost while it is unplugged. */
  send(bytes: Uint8Array): void;
  onData(listener: (bytes: Uint8Array) => void): void;
}

/** The chip is there for as long as somebody holds the other end of its line. */
export function serialPlug(qmp: Qmp, id: string, path: string): SerialPlug {
  const listeners: ((bytes: Uint8Array) => void)[] = [];
  let isSoldered = false;
  let socket: Socket | null = null;
  return {
    path: `/dev/serial/by-id/usb-QEMU_QEMU_USB_SERIAL_${id}-if00-port0`,
    async plug() {
      // Not before the machine runs: its state could not be saved with it.
      if (!isSoldered) await qmp.ask('device_add', { driver: 'usb-serial', id, chardev: id, bus: 'usb.0', serial: id });
      isSoldered = true;
      socket = await connectTo(path);
      socket.on('error', () => undefined);
      socket.on('data', (bytes) => {
        for (const listener of listeners) listener(bytes);
      });
    },
    async unplug() {
      socket?.destroy();
      socket = null;
      // Nobody tells that the machine has seen it.
      await sleep(200);
    },
    send: (bytes) => void socket?.write(bytes),
    onData: (listener) => void listeners.push(listener),
  };
}
