import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectTo } from './lines.ts';
import type { Qmp } from './qmp.ts';

export const SERIAL_DEVICES = ['barcode', 'printer'] as const;
export type SerialDevice = (typeof SERIAL_DEVICES)[number];

/** Its lasting name in the machine. */
export function serialPath(device: SerialDevice): string {
  return `/dev/serial/by-id/usb-QEMU_QEMU_USB_SERIAL_${device}-if00-port0`;
}

/** A USB socket of the machine, and the serial device that may be in it. */
export interface SerialPlug {
  plug(): Promise<void>;
  unplug(): Promise<void>;
  /** Takes out the socket too: a machine's state cannot be saved with it. */
  remove(): Promise<void>;
  /** Into the machine; lost while it is unplugged. */
  send(bytes: Uint8Array): void;
  onData(listener: (bytes: Uint8Array) => void): void;
}

/** The chip is there for as long as somebody holds the other end of its line. */
export function serialPlug(qmp: Qmp, id: SerialDevice, path: string): SerialPlug {
  const listeners: ((bytes: Uint8Array) => void)[] = [];
  let isSoldered = false;
  let socket: Socket | null = null;
  return {
    async plug() {
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
    async remove() {
      if (!isSoldered) return;
      await this.unplug();
      await qmp.ask('device_del', { id });
      isSoldered = false;
      await sleep(1_000);
    },
    send: (bytes) => void socket?.write(bytes),
    onData: (listener) => void listeners.push(listener),
  };
}
