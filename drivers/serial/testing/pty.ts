import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach } from 'vitest';

/** A serial device on this machine: the two ends of a pseudo-terminal pair, held by socat until it is pulled out. For tests of drivers. */
export interface Pty {
  /** What the driver opens. */
  readonly path: string;
  /** What the device does. */
  send(bytes: Uint8Array): Promise<void>;
  /** What the driver writes. */
  onData(listener: (bytes: Uint8Array) => void): void;
  /** Pulls the device out; `plug` puts it in again under the same name. */
  unplug(): Promise<void>;
  plug(): Promise<void>;
  close(): Promise<void>;
}

const PATIENCE_MS = 5_000;
/** For `vi.waitFor`: a device is noticed, or missed, in less. */
export const SOON = { timeout: PATIENCE_MS, interval: 20 };

/** Opens devices that are pulled out after each test of the file. */
export function ptysOfTests(): () => Promise<Pty> {
  const ptys: Pty[] = [];
  afterEach(async () => {
    for (const pty of ptys.splice(0)) await pty.close();
  });
  return async () => {
    const pty = await openPty();
    ptys.push(pty);
    return pty;
  };
}

async function openPty(): Promise<Pty> {
  const folder = mkdtempSync(join(tmpdir(), 'tps-kit-pty-'));
  const [path, device] = [join(folder, 'port'), join(folder, 'device')];
  const listeners: ((bytes: Uint8Array) => void)[] = [];
  let socat: ChildProcess | null = null;
  let end: Awaited<ReturnType<typeof open>> | null = null;

  async function plug(): Promise<void> {
    const ends = [path, device].map((link) => `pty,raw,echo=0,link=${link}`);
    const started = spawn('socat', ends, { stdio: 'ignore' });
    socat = started;
    const until = Date.now() + PATIENCE_MS;
    while (!end) {
      end = await open(device, 'r+').catch(() => null);
      if (Date.now() > until) throw new Error('socat gives no pseudo-terminals: is it installed?');
      if (!end) await sleep(10);
    }
    void listen(end);
  }

  async function listen(handle: NonNullable<typeof end>): Promise<void> {
    const stream = handle.createReadStream({ autoClose: false });
    stream.on('data', (bytes) => {
      for (const listener of listeners) listener(Buffer.from(bytes));
    });
    stream.on('error', () => undefined);
  }

  async function unplug(): Promise<void> {
    const [gone, handle] = [socat, end];
    socat = null;
    end = null;
    if (!gone || gone.exitCode !== null) return;
    const exited = new Promise((resolve) => gone.once('exit', resolve));
    gone.kill('SIGTERM');
    await exited;
    await handle?.close().catch(() => undefined);
  }

  await plug();
  return {
    path,
    async send(bytes) {
      await end?.write(bytes);
    },
    onData: (listener) => listeners.push(listener),
    unplug,
    plug,
    async close() {
      await unplug();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
