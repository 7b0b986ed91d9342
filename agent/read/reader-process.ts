import { type ChildProcess, fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { PageRefusal } from '#agent/page/refusal.ts';
import type { YuyvFrame } from '#drivers/camera/uvc-camera.ts';
import { inTurn } from '#drivers/in-turn.ts';
import { WORDS_MODEL_FILE } from './model-file.ts';
import type { PageChoice, PageReading, Reader } from './reading.ts';

/** What the parent asks of the seeing process, one at a time. */
export type SeeingRequest =
  | { readonly do: 'read'; readonly jpeg: Uint8Array; readonly choice: PageChoice | null }
  | { readonly do: 'encode'; readonly frame: YuyvFrame };

export interface ReaderProcessOptions {
  readonly modelFile: string;
  /** A read that takes longer is given up and its process replaced, ms. */
  readonly limitMs: number;
}

export interface ReaderProcess extends Reader {
  /** JPEG of a raw frame, made where native picture code runs anyway; null where that failed. */
  encode(frame: YuyvFrame): Promise<Uint8Array | null>;
  /** Id of the seeing process at work now; null between a death and the next read. */
  pid(): number | null;
}

const SEEING_ENVIRONMENT = {
  // Not as arguments: the installed executable takes none of Node's.
  NODE_OPTIONS: '--expose-gc --max-semi-space-size=2',
  OPENCV4NODEJS_DISABLE_AUTOBUILD: '1',
  ORT_DISABLE_TELEMETRY: '1',
  // glibc raises its limits after the first large block and then keeps photos it was given back:
  // fixed limits return every block of a photo to the system at once.
  MALLOC_ARENA_MAX: '2',
  MALLOC_MMAP_THRESHOLD_: '131072',
  MALLOC_TRIM_THRESHOLD_: '131072',
};

const CHILD = fileURLToPath(new URL('./reader-child.ts', import.meta.url));
const DIED: PageRefusal = { kind: 'refused', code: 'reader-died' };

/**
 * The reader as the agent sees it. Seeing runs in a child process, because native picture code can
 * abort: a death becomes a refusal of that one photo and the next read starts a fresh process.
 */
export async function startReader({ modelFile, limitMs }: ReaderProcessOptions): Promise<ReaderProcess> {
  const [model, wordsModel] = await Promise.all([sha256Of(modelFile), sha256Of(WORDS_MODEL_FILE)]);
  let child: ChildProcess | null = start();
  const queue = inTurn();

  function start(): ChildProcess {
    const started = fork(CHILD, [modelFile], {
      execArgv: [],
      serialization: 'advanced',
      // Native libraries chatter where they like; standard output belongs to the program that asks.
      stdio: ['ignore', process.stderr.fd, 'inherit', 'ipc'],
      env: { ...process.env, ...SEEING_ENVIRONMENT },
    });
    const forget = () => {
      if (child === started) child = null;
    };
    started.on('exit', forget);
    started.on('error', forget);
    return started;
  }

  function asked<T>(request: SeeingRequest): Promise<T | null> {
    return queue(() => {
      child ??= start();
      return ask<T>(child, request, limitMs);
    });
  }

  return {
    model,
    wordsModel,
    pid: () => child?.pid ?? null,
    read: async (jpeg, choice) => (await asked<PageReading | PageRefusal>({ do: 'read', jpeg, choice })) ?? DIED,
    encode: (frame) => asked<Uint8Array>({ do: 'encode', frame }),
    async close() {
      await queue(async () => undefined);
      const closing = child;
      if (!closing || closing.exitCode !== null || closing.signalCode !== null) return;
      const gone = new Promise((resolve) => closing.once('exit', resolve));
      closing.kill('SIGKILL');
      await gone;
    },
  };
}

async function sha256Of(file: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
}

/** null where the process died over it. */
function ask<T>(child: ChildProcess, request: SeeingRequest, limitMs: number): Promise<T | null> {
  return new Promise((resolve) => {
    const settle = (answer: T | null) => {
      clearTimeout(timer);
      child.off('message', onMessage);
      child.off('exit', onDeath);
      child.off('error', onDeath);
      resolve(answer);
    };
    // The child is this program's own code: what it sends has the type it declares.
    const onMessage = (message: unknown) => settle(message as T);
    const onDeath = () => settle(null);
    const timer = setTimeout(() => child.kill('SIGKILL'), limitMs);
    child.once('message', onMessage);
    child.once('exit', onDeath);
    child.once('error', onDeath);
    child.send(request, (error) => {
      if (error) child.kill('SIGKILL');
    });
  });
}
