import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** A wire to the broker that goes bad as networks do. What it does holds for all its links until it is told otherwise. */
export interface FaultProxy {
  readonly url: string;
  /** Bytes that reached the other side so far, from kit to broker and back. */
  readonly carried: Readonly<Record<Way, number>>;
  /** Ends every link, with a goodbye of TCP. */
  cut(): void;
  /** Resets the link after so many more bytes from the kit, in the middle of whatever that is. */
  resetAfter(bytes: number): void;
  /** Carries nothing this way any more, and keeps the links: nobody is told. */
  hold(...ways: readonly Way[]): void;
  /** Milliseconds every piece is late. */
  delay(ms: number): void;
  /** Bytes a second, each way. */
  throttle(rate: number): void;
  /** Takes no new link. */
  refuse(): void;
  /** A good wire again; what it held goes on its way. */
  heal(): void;
  close(): void;
}

export type Way = 'up' | 'down';

interface Faults {
  held: ReadonlySet<Way>;
  delayMs: number;
  rate: number;
  refusing: boolean;
  /** Bytes from the kit until the reset. */
  untilReset: number;
}

const GOOD: Faults = {
  held: new Set(),
  delayMs: 0,
  rate: Number.POSITIVE_INFINITY,
  refusing: false,
  untilReset: Number.POSITIVE_INFINITY,
};
/** A slow wire carries this much at a time, bytes. */
const PIECE = 512;
const POLL_MS = 5;

export async function faultProxy(port: number): Promise<FaultProxy> {
  const sockets = new Set<Socket>();
  const carried = { up: 0, down: 0 };
  let faults = { ...GOOD };

  const server = createServer((near) => {
    if (faults.refusing) return near.resetAndDestroy();
    const far = connect(port, '127.0.0.1');
    link(near, far, 'up');
    link(far, near, 'down');
  });

  function link(from: Socket, to: Socket, way: Way): void {
    sockets.add(from);
    from.setNoDelay(true);
    from.on('error', () => undefined);
    from.on('close', () => {
      sockets.delete(from);
      to.end();
    });
    from.on('data', (bytes) => {
      from.pause();
      void carry(bytes, from, to, way).then(() => from.resume());
    });
  }

  async function carry(bytes: Buffer, from: Socket, to: Socket, way: Way): Promise<void> {
    const size = Number.isFinite(faults.rate) || Number.isFinite(faults.untilReset) ? PIECE : bytes.length;
    for (let at = 0; at < bytes.length; at += size) {
      while (faults.held.has(way) && !from.destroyed) await pause(POLL_MS);
      if (faults.delayMs > 0) await pause(faults.delayMs);
      const piece = bytes.subarray(at, at + size);
      if (Number.isFinite(faults.rate)) await pause((1_000 * piece.length) / faults.rate);
      if (way === 'up') faults.untilReset -= piece.length;
      if (faults.untilReset <= 0) return reset(from, to);
      if (to.destroyed) return;
      to.write(piece);
      carried[way] += piece.length;
    }
  }

  function reset(...ends: readonly Socket[]): void {
    faults.untilReset = Number.POSITIVE_INFINITY;
    for (const socket of ends) socket.resetAndDestroy();
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const change = (to: Partial<Faults>) => {
    faults = { ...faults, ...to };
  };
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `mqtts://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    carried,
    cut,
    resetAfter: (bytes) => change({ untilReset: bytes }),
    hold: (...ways) => change({ held: new Set(ways) }),
    delay: (ms) => change({ delayMs: ms }),
    throttle: (rate) => change({ rate }),
    refuse: () => change({ refusing: true }),
    heal: () => change({ ...GOOD }),
    close() {
      cut();
      server.close();
    },
  };
}
