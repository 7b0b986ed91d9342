import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** One of our own programs as a process of its own, run as its user would run it. */
export interface Program {
  /** Starts it and waits for a line that matches; answers that line. */
  start(ready: RegExp): Promise<string>;
  /** As an operator ends it. */
  stop(): Promise<void>;
  /** As a power cut ends it. */
  kill(): Promise<void>;
  running(): boolean;
  /** Process id while it runs. */
  pid(): number | undefined;
  /** Everything it has printed. */
  log(): string;
}

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const START_LIMIT_MS = 60_000;

/** A program of this project, named by its path from the top, as `agent/start`; a .ts file is run by this Node. */
export function program(path: string, ...parameters: readonly string[]): Program {
  return path.endsWith('.ts') ? command(process.execPath, path, ...parameters) : command(`./${path}`, ...parameters);
}

/** Any program, by the command that starts it. */
export function command(name: string, ...parameters: readonly string[]): Program {
  let child: ChildProcess | null = null;
  let log = '';

  async function end(signal: NodeJS.Signals): Promise<void> {
    const ending = child;
    child = null;
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return;
    const ended = once(ending, 'exit');
    ending.kill(signal);
    await ended;
  }

  return {
    async start(ready) {
      const started = spawn(name, parameters, {
        cwd: ROOT,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      child = started;
      return await new Promise((resolve, reject) => {
        let fresh = '';
        const late = setTimeout(() => reject(new Error(`${name} is not ready:\n${fresh}`)), START_LIMIT_MS);
        const hear = (chunk: Buffer) => {
          log += chunk.toString();
          fresh += chunk.toString();
          const line = fresh.split('\n').find((candidate) => ready.test(candidate));
          if (line === undefined) return;
          clearTimeout(late);
          resolve(line);
        };
        started.stdout.on('data', hear);
        started.stderr.on('data', hear);
        started.once('exit', (code, signal) => {
          clearTimeout(late);
          reject(new Error(`${name} ended (${signal ?? code}) before it was ready:\n${fresh}`));
        });
      });
    },
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    running: () => child !== null && child.exitCode === null && child.signalCode === null,
    pid: () => child?.pid,
    log: () => log,
  };
}
