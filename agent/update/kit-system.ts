import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';

/** The system under the kit's program, as far as an update needs it. */
export interface KitSystem {
  /** Debian's name of the machine's architecture. */
  architecture(): Promise<string>;
  /** Version of the program that is installed; null where none is. */
  installedVersion(): Promise<string | null>;
  isNewer(version: string, than: string): Promise<boolean>;
  /** Puts a package in place of what is installed, older or newer, also over one that was left halfway. */
  install(file: string): Promise<Did>;
  stop(): Promise<Did>;
  /** Resolves well once the kit says that it is ready. */
  start(): Promise<Did>;
  /** Whether the installed program works on this machine. */
  selfTest(): Promise<Did>;
  /** Brings the store back to the format of the older program. */
  undoMigrations(): Promise<void>;
}

export type Did = { readonly ok: true } | { readonly ok: false; readonly reason: string };

const UNIT = 'tps-kit.service';
const PROGRAM = '/usr/lib/tps-kit/tps-kit';
/** A package is unpacked in half a minute from a slow card. */
const INSTALL_MS = 600_000;
const START_MS = 240_000;
const TEST_MS = 300_000;

export interface DebianSetting {
  readonly configuration: string;
  /** At boot the system starts the kit itself, after this. */
  readonly startsKit: boolean;
  readonly undoMigrations: () => Promise<void>;
}

/** The real one: dpkg, systemd, and the program as it is installed then. Needs root. */
export function debianSystem({ configuration, startsKit, undoMigrations }: DebianSetting): KitSystem {
  return {
    architecture: () => output('dpkg', ['--print-architecture']),
    async installedVersion() {
      const told = await output('dpkg-query', ['--show', 'tps-kit']).catch(() => '');
      return told.split('\t')[1] || null;
    },
    isNewer: async (version, than) => (await did('dpkg', ['--compare-versions', version, 'gt', than])).ok,
    install: (file) =>
      onWritableRoot(() => did('dpkg', ['--install', '--force-downgrade', '--force-confold', file], INSTALL_MS)),
    stop: () => did('systemctl', ['stop', UNIT], START_MS),
    async start() {
      if (!startsKit) return { ok: true };
      await did('systemctl', ['reset-failed', UNIT]);
      return did('systemctl', ['start', UNIT], START_MS);
    },
    selfTest: () => did(PROGRAM, ['self-test', '--config', configuration], TEST_MS),
    undoMigrations,
  };
}

/** A kit's system may be mounted for reading alone; it is opened for as long as it is changed. */
async function onWritableRoot(change: () => Promise<Did>): Promise<Did> {
  const mounts = await readFile('/proc/mounts', 'utf8');
  const root = mounts
    .split('\n')
    .map((line) => line.split(' '))
    .findLast(([, at]) => at === '/');
  if (!root?.[3]?.split(',').includes('ro')) return change();
  const opened = await did('mount', ['-o', 'remount,rw', '/']);
  if (!opened.ok) return opened;
  const changed = await change();
  // It stays open while the program that is replaced, this one, still runs: then the unit closes it, or the next boot.
  await did('mount', ['-o', 'remount,ro', '/']);
  return changed;
}

function output(program: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(program, [...args], { timeout: 30_000, env: ENVIRONMENT }, (error, stdout) =>
      error ? reject(error) : resolve(stdout.trim()),
    );
  });
}

const ENVIRONMENT = { ...process.env, LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' };

function did(program: string, args: readonly string[], timeout = 30_000): Promise<Did> {
  return new Promise((resolve) => {
    execFile(program, [...args], { timeout, env: ENVIRONMENT, maxBuffer: 16e6 }, (error, stdout, stderr) => {
      if (!error) return resolve({ ok: true });
      const said = `${stdout}\n${stderr}`.trim().split('\n').slice(-5).join('\n');
      resolve({ ok: false, reason: `${program} ${args[0] ?? ''}: ${said || error.message}` });
    });
  });
}
