import { SerialPort } from 'serialport';

/**
 * A serial device that may be unplugged at any time: opened by its lasting name (/dev/serial/by-id/…), looked
 * for again when it is gone. What is written while it is away is not kept: the caller is told.
 */
export interface SerialLine {
  isThere(): boolean;
  onData(listener: (bytes: Uint8Array) => void): () => void;
  /** Resolves once the bytes left this machine; 'gone' where the device is not there or did not take them in time. */
  write(bytes: Uint8Array): Promise<'written' | 'gone'>;
  close(): Promise<void>;
}

export interface SerialLineSetting {
  readonly path: string;
  readonly baudRate: number;
  /** A device that is not there is looked for again after this, ms. */
  readonly lookEveryMs: number;
  /** A device that takes nothing for this long counts as gone, ms: a printer without paper holds the line. */
  readonly writeLimitMs: number;
}

export const SERIAL = { baudRate: 9_600, lookEveryMs: 2_000, writeLimitMs: 5_000 } as const;

export function openSerialLine({ path, baudRate, lookEveryMs, writeLimitMs }: SerialLineSetting): SerialLine {
  const listeners = new Set<(bytes: Uint8Array) => void>();
  let port: SerialPort | null = null;
  let closed = false;
  let timer: NodeJS.Timeout | null = null;

  function look(): void {
    timer = null;
    const candidate = new SerialPort({ path, baudRate, autoOpen: false });
    candidate.on('data', (bytes: Buffer) => {
      for (const listener of [...listeners]) listener(bytes);
    });
    // 'close' follows an unplugging; an 'error' without a listener would end the agent.
    candidate.on('error', () => undefined);
    candidate.on('close', () => lost(candidate));
    candidate.open((error) => {
      if (closed) candidate.close(() => undefined);
      else if (error) later();
      else port = candidate;
    });
  }

  function lost(gone: SerialPort): void {
    if (port === gone) port = null;
    later();
  }

  function later(): void {
    if (!closed && !timer) timer = setTimeout(look, lookEveryMs);
    timer?.unref();
  }

  look();
  return {
    isThere: () => port?.isOpen === true,
    onData(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    write(bytes) {
      const to = port;
      if (!to?.isOpen) return Promise.resolve('gone');
      return new Promise((resolve) => {
        const limit = setTimeout(() => resolve('gone'), writeLimitMs);
        const settle = (answer: 'written' | 'gone') => {
          clearTimeout(limit);
          resolve(answer);
        };
        to.write(Buffer.from(bytes), (error) => {
          if (error) settle('gone');
          else to.drain((fault) => settle(fault ? 'gone' : 'written'));
        });
      });
    },
    async close() {
      closed = true;
      if (timer) clearTimeout(timer);
      listeners.clear();
      const closing = port;
      port = null;
      if (closing?.isOpen) await new Promise<void>((resolve) => closing.close(() => resolve()));
    },
  };
}
