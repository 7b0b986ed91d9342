import { EventEmitter, once } from 'node:events';
import { createConnection, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

/** The other end of a unix socket that speaks in lines. */
export interface Lines {
  send(line: string): void;
  onLine(listener: (line: string) => void): void;
  /** The first line from now on that is wanted; rejects where the other end goes before it comes. */
  next(wanted: (line: string) => boolean): Promise<string>;
  close(): void;
}

const PATIENCE_MS = 10_000;

export async function connectLines(path: string): Promise<Lines> {
  const socket = await connectTo(path);
  const heard = new EventEmitter().setMaxListeners(0);
  createInterface({ input: socket }).on('line', (line) => heard.emit('line', line));
  // What it ends with is told by 'close', which follows.
  socket.on('error', () => undefined);
  return {
    send: (line) => void socket.write(`${line}\n`),
    onLine: (listener) => void heard.on('line', listener),
    next: (wanted) =>
      new Promise((resolve, reject) => {
        const gone = () => reject(new Error(`${path} is closed`));
        const hear = (line: string) => {
          if (!wanted(line)) return;
          heard.off('line', hear);
          socket.off('close', gone);
          resolve(line);
        };
        heard.on('line', hear);
        if (socket.destroyed) gone();
        else socket.once('close', gone);
      }),
    close: () => void socket.destroy(),
  };
}

/** Waits for the socket to be there: who listens may have been started just now. */
export async function connectTo(path: string): Promise<Socket> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const socket = createConnection(path);
    const [outcome] = await Promise.race([
      once(socket, 'connect').then(() => [null]),
      once(socket, 'error').then(([error]) => [error]),
    ]).catch((error: unknown) => [error]);
    if (outcome === null) return socket;
    if (Date.now() > end) throw outcome;
    await sleep(20);
  }
}
