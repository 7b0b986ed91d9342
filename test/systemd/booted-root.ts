import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** A Debian root in which its own systemd runs as the first process (systemd-nspawn), on this machine's network. */
export interface BootedRoot {
  /** Runs a program in it and answers what it prints; throws where it fails. */
  run(program: string, ...args: readonly string[]): string;
  /** The command, from outside, that runs a program in it. */
  command(program: string, ...args: readonly string[]): readonly [string, ...string[]];
  /** A property of a unit, as systemd tells it. */
  property(unit: string, name: string): string;
  /** Waits until the unit is in this state. */
  until(unit: string, activeState: string, limitMs?: number): Promise<void>;
  shutDown(): Promise<void>;
}

const BOOT_MS = 60_000;

/** `more`: further words for systemd-nspawn. */
export async function boot(folder: string, ...more: readonly string[]): Promise<BootedRoot> {
  const args = ['-D', folder, '-b', '--keep-unit', '--register=no', '--console=pipe', ...more];
  const nspawn = spawn('systemd-nspawn', args, { stdio: ['ignore', 'ignore', 'ignore'] });
  const init = await firstProcessOf(nspawn);
  const inside = ['-t', String(init), '-m', '-u', '-i', '-n', '-p', '--'];
  const run = (program: string, ...rest: readonly string[]) =>
    execFileSync('nsenter', [...inside, program, ...rest], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  const property = (unit: string, name: string) =>
    run('systemctl', 'show', '--value', `--property=${name}`, unit).trim();
  await waitFor('systemd', BOOT_MS, () =>
    /running|degraded/.test(answerOf(() => run('systemctl', 'is-system-running'))),
  );
  return {
    run,
    command: (program, ...rest) => ['nsenter', ...inside, program, ...rest],
    property,
    until: (unit, state, limitMs = 60_000) =>
      waitFor(`${unit} to be ${state}`, limitMs, () => property(unit, 'ActiveState') === state),
    async shutDown() {
      const ended = new Promise((resolve) => nspawn.once('exit', resolve));
      // SIGRTMIN+4 asks the first process to power off.
      process.kill(init, 38);
      const late = setTimeout(() => nspawn.kill('SIGKILL'), 20_000);
      await ended;
      clearTimeout(late);
    },
  };
}

/** Waits for what is not told; rejects when it does not come. */
export async function waitFor(what: string, limitMs: number, isSo: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + limitMs;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`waited ${limitMs / 1000} s for ${what}`);
    await sleep(200);
  }
}

/** `systemctl` says what it finds and exits with 1 where that is not "running". */
function answerOf(run: () => string): string {
  try {
    return run();
  } catch (error) {
    return String((error as { stdout?: string }).stdout ?? '');
  }
}

async function firstProcessOf(nspawn: ChildProcess): Promise<number> {
  let found = 0;
  await waitFor('the first process', BOOT_MS, () => {
    const path = `/proc/${nspawn.pid}/task/${nspawn.pid}/children`;
    found = Number(readFileSync(path, 'utf8').trim().split(' ')[0] ?? 0);
    return found > 0;
  });
  return found;
}
