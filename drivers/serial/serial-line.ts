import { realpathSync } from 'node:fs';
import { SerialPort } from 'serialport';
import { type Looking, lookOut } from '../looking.ts';

/**
 * A serial device that may be unplugged at any time: opened by its lasting name (/dev/serial/by-id/…), looked
 * for again when it is gone. What is written while it is away is not kept: the caller is told.
 */
export interface SerialLine {
  isThere(): boolean;
  onData(listener: (bytes: Uint8Array) => void): () => void;
  /** Calls `listener` when the device is gone: what it was in the middle of will not be finished. */
  onGone(listener: () => void): () => void;
  /** Resolves once the bytes left this machine; 'gone' where the device is not there or did not take them in time. */
  write(bytes: Uint8Array): Promise<'written' | 'gone'>;
  close(): Promise<void>;
}

export interface SerialLineSetting extends Looking {
  readonly path: string;
  readonly baudRate: number;
  /** A device that takes nothing for this long counts as gone, ms: a printer without paper holds the line. */
  readonly writeLimitMs: number;
  /** How often it is looked whether the name still stands for the device that is open, ms. */
  readonly watchMs: number;
}

export const SERIAL = { baudRate: 9_600, writeLimitMs: 5_000, watchMs: 2_000 } as const;

interface Opened {
  readonly port: SerialPort;
  /** What the name stood for when it was opened. */
  readonly device: string | null;
}

export function openSerialLine({ path, baudRate, writeLimitMs, watchMs, ...looking }: SerialLineSetting): SerialLine {
  const [hearers, missers] = [new Set<(bytes: Uint8Array) => void>(), new Set<() => void>()];
  const lookout = lookOut(path, look, looking);
  let opened: Opened | null = null;
  let closed = false;

  function look(): void {
    const device = deviceOf(path);
    const port = new SerialPort({ path, baudRate, autoOpen: false });
    port.on('data', (bytes: Buffer) => {
      for (const listener of [...hearers]) listener(bytes);
    });
    // 'close' follows an unplugging; an 'error' without a listener would end the agent.
    port.on('error', () => undefined);
    port.on('close', () => lost(port));
    port.open((error) => {
      if (closed) port.close(() => undefined);
      else if (error) lookout.away(error.message);
      else {
        opened = { port, device };
        lookout.there();
      }
    });
  }

  function lost(port: SerialPort): void {
    if (opened?.port !== port) return;
    opened = null;
    for (const listener of [...missers]) listener();
    lookout.away('it was unplugged');
  }

  // Some devices go without a word: the line stays open, and nothing will ever come of it.
  const watch = setInterval(() => {
    if (!opened || deviceOf(path) === opened.device) return;
    const { port } = opened;
    lost(port);
    port.close(() => undefined);
  }, watchMs);
  watch.unref();

  look();
  return {
    isThere: () => opened?.port.isOpen === true,
    onData(listener) {
      hearers.add(listener);
      return () => hearers.delete(listener);
    },
    onGone(listener) {
      missers.add(listener);
      return () => missers.delete(listener);
    },
    write(bytes) {
      const port = opened?.port;
      if (!port?.isOpen) return Promise.resolve('gone');
      return new Promise((resolve) => {
        const settle = (answer: 'written' | 'gone') => {
          clearTimeout(limit);
          missers.delete(onGone);
          resolve(answer);
        };
        const onGone = () => settle('gone');
        const limit = setTimeout(settle, writeLimitMs, 'gone');
        missers.add(onGone);
        port.write(Buffer.from(bytes), (error) => {
          if (error) settle('gone');
          else port.drain((fault) => settle(fault ? 'gone' : 'written'));
        });
      });
    },
    async close() {
      closed = true;
      clearInterval(watch);
      lookout.stop();
      hearers.clear();
      const port = opened?.port;
      opened = null;
      for (const listener of [...missers]) listener();
      missers.clear();
      if (port?.isOpen) await new Promise<void>((resolve) => port.close(() => resolve()));
    },
  };
}

/** The device a name stands for now; null where it stands for none. */
function deviceOf(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}
