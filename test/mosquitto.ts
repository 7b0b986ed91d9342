import { type ChildProcess, spawn } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { createAuthority, unlockAuthority } from '#provisioning/authority/authority.ts';
import { issueKit } from '#provisioning/authority/issue-kit.ts';
import { keptKits } from '#provisioning/authority/kit-files.ts';
import { writeKitRegister } from '#provisioning/authority/kit-register.ts';
import { writeMosquitto } from '#provisioning/authority/mosquitto.ts';

/** A real Mosquitto of a test's own: mutual TLS, the access list of the real centre, a free port. */
export interface TestBroker {
  readonly url: string;
  readonly port: number;
  /** Starts it (again, on the same port and with what it kept) and waits until it listens. */
  start(): Promise<void>;
  /** Ends it as an operator would. */
  stop(): Promise<void>;
  /** Ends it as a power cut would: whatever it had not saved is gone. */
  kill(): Promise<void>;
  /** What it has logged so far, every packet too. */
  log(): string;
}

/** Under which a machine in QEMU's user network finds the one that it runs on. */
export const VIRTUAL_GATEWAY = '10.0.2.2';

export const TEST_PASSPHRASES = { root: 'a safe in the election office', issuing: 'a locked drawer in the warehouse' };

/** An authority folder with one kit for one TPS, valid from yesterday for a month. */
export async function testAuthority(kit: string, tps: string): Promise<{ folder: string; remove(): void }> {
  const folder = mkdtempSync(join(tmpdir(), 'tps-kit-authority-'));
  await addTestKit(folder, kit, tps);
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** One more kit of that authority; its files are `kits/<kit>/kit.crt` and `.key`. */
export async function addTestKit(folder: string, kit: string, tps: string): Promise<void> {
  const day = 86_400_000;
  const validity = { from: new Date(Date.now() - day), until: new Date(Date.now() + 30 * day) };
  const setting = { folder, brokerHosts: ['localhost', '127.0.0.1', VIRTUAL_GATEWAY], validity, receivers: 2 };
  await createAuthority(setting, TEST_PASSPHRASES);
  const unlocked = unlockAuthority(folder, TEST_PASSPHRASES.issuing);
  if (!unlocked.ok) throw new Error(unlocked.code);
  const issued = await issueKit(unlocked.authority, { kit, tps, validity, at: new Date() });
  if (!issued.ok) throw new Error(issued.reason);
  await writeKitRegister(folder, await keptKits(folder));
}

/**
 * A broker that trusts that authority; not started yet. Its own files lie in the authority's folder.
 * `more`: lines for the end of its configuration. `at`: its port, where a kit knows it already.
 */
export async function testBroker(authority: string, more: readonly string[] = [], at?: number): Promise<TestBroker> {
  const port = at ?? (await freePort());
  const folder = mkdtempSync(join(authority, 'broker-'));
  const user = userInfo().username;
  const configuration = writeMosquitto({ port, host: '127.0.0.1', authority, folder, user });
  appendFileSync(configuration, more.map((line) => `${line}\n`).join(''));
  let broker: ChildProcess | null = null;
  let log = '';

  async function end(signal: NodeJS.Signals): Promise<void> {
    const ending = broker;
    broker = null;
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return;
    const ended = new Promise((resolve) => ending.once('exit', resolve));
    ending.kill(signal);
    await ended;
  }

  return {
    url: `mqtts://127.0.0.1:${port}`,
    port,
    async start() {
      if (broker) return;
      const started = spawn('mosquitto', ['-v', '-c', configuration], {
        stdio: ['ignore', 'ignore', 'pipe'],
        env: { ...process.env, PATH: `${process.env['PATH']}:/usr/sbin` },
      });
      started.stderr.on('data', (chunk: Buffer) => {
        log += chunk.toString();
      });
      broker = started;
      await listening(port, started, () => log);
    },
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    log: () => log,
  };
}

/** A port nobody listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

async function listening(port: number, process: ChildProcess, log: () => string): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (process.exitCode !== null) throw new Error(`mosquitto ended at once:\n${log()}`);
    if (await accepts(port)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`mosquitto does not listen on ${port}:\n${log()}`);
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
