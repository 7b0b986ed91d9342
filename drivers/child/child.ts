import { type ChildProcess, spawn } from 'node:child_process';

/** A program that is run to its end, within limits, without a shell. */
export interface ChildOrder {
  /** A path, or a name that is looked for on PATH. */
  readonly program: string;
  readonly args: readonly string[];
  /** By then it has ended, or it is killed, ms. */
  readonly limitMs: number;
  /** What gives more is killed: memory is bounded, bytes. */
  readonly maxBytes: number;
  /** Ends it before its time. */
  readonly stop: AbortSignal;
}

/** says: the end of what it wrote to its error output, for the log. */
export type ChildEnd =
  | { readonly kind: 'ended'; readonly code: number; readonly output: Buffer; readonly says: string }
  /** stopped: its order's signal. */
  | { readonly kind: 'no-program' | 'timed-out' | 'flooded' | 'stopped'; readonly says: string };

export interface StartedChild {
  /** Never rejects. */
  readonly end: Promise<ChildEnd>;
  /** False for one that was killed while its device holds it in the kernel: it cannot be rid of. */
  isGone(): boolean;
}

/** Error output that is remembered, characters. */
const LONGEST_SAY = 2_000;
/** A killed process that is not gone by then is held by the kernel: nobody waits for it, ms. */
const DEATH_MS = 1_000;

/**
 * Starts a program as the leader of a process group of its own. However it ends, everything in that group is killed:
 * nothing it started stays behind with the device in its hands.
 */
export function startChild({ program, args, limitMs, maxBytes, stop }: ChildOrder): StartedChild {
  const child = spawn(program, args, {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    // What it says is looked at: in one language.
    env: { ...process.env, LC_ALL: 'C' },
  });
  const { promise: end, resolve } = Promise.withResolvers<ChildEnd>();
  const pieces: Buffer[] = [];
  let [bytes, says, gone] = [0, '', false];
  let killedFor: 'timed-out' | 'flooded' | 'stopped' | null = null;

  function kill(reason: NonNullable<typeof killedFor>): void {
    if (killedFor) return;
    killedFor = reason;
    killGroup(child);
    child.stdout.destroy();
    child.stderr.destroy();
    setTimeout(settle, DEATH_MS, { kind: reason, says }).unref();
  }

  function settle(ending: ChildEnd): void {
    clearTimeout(limit);
    stop.removeEventListener('abort', onStop);
    resolve(ending);
  }

  const limit = setTimeout(kill, limitMs, 'timed-out');
  const onStop = () => kill('stopped');
  stop.addEventListener('abort', onStop);
  child.stdout.on('data', (piece: Buffer) => {
    bytes += piece.length;
    if (bytes > maxBytes) kill('flooded');
    else pieces.push(piece);
  });
  child.stderr.on('data', (piece: Buffer) => {
    says = (says + piece.toString()).slice(-LONGEST_SAY);
  });
  child.once('exit', () => {
    gone = true;
    killGroup(child);
  });
  child.once('error', (error) => {
    gone = child.pid === undefined;
    settle({ kind: 'no-program', says: error.message });
  });
  child.once('close', (code) => {
    settle(
      killedFor ? { kind: killedFor, says } : { kind: 'ended', code: code ?? -1, output: Buffer.concat(pieces), says },
    );
  });
  return { end, isGone: () => gone };
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Nothing of the group is left.
  }
}
