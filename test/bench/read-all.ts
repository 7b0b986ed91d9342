import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { TpsScore, TpsTask } from './tps.ts';

/**
 * Photographs and reads every TPS, one process a core, and notes each score as it comes. A process
 * that dies is replaced: the seeds that cost one come back.
 */
export async function readAll(
  tasks: readonly TpsTask[],
  processes: number,
  note: (score: TpsScore) => void,
): Promise<readonly string[]> {
  const waiting = [...tasks];
  const died: string[] = [];
  const work = async (): Promise<void> => {
    let child = start();
    for (let task = waiting.shift(); task; task = waiting.shift()) {
      const score = await ask(child, task);
      if (score) note(score);
      else {
        died.push(task.seed);
        if (died.length === MOST_DEATHS) throw new Error(`the reading processes keep dying: ${died.join(', ')}`);
        child = start();
      }
    }
    child.disconnect();
  };
  await Promise.all(Array.from({ length: Math.min(processes, tasks.length) }, work));
  return died;
}

/** More than a few forms on which native code aborts: something is wrong with all of them. */
const MOST_DEATHS = 20;

/** With one thread for OpenCV, as the models have: the cores are shared out already. Rare collections save a twentieth. */
function start(): ChildProcess {
  return fork(fileURLToPath(new URL('./read-tps.ts', import.meta.url)), {
    serialization: 'advanced',
    env: { ...process.env, OPENCV_FOR_THREADS_NUM: '1' },
    execArgv: ['--max-semi-space-size=64'],
  });
}

/** Null where the process dies of it. */
function ask(child: ChildProcess, task: TpsTask): Promise<TpsScore | null> {
  return new Promise((resolve) => {
    const ended = () => resolve(null);
    child.once('exit', ended);
    child.once('message', (score) => {
      child.off('exit', ended);
      resolve(score as TpsScore);
    });
    child.send(task);
  });
}
