import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { DebugOrder } from './debug-order.ts';

const CHILD = fileURLToPath(new URL('./draw-child.ts', import.meta.url));
/** A picture takes seconds; a machine that has other work may take its time. */
const LIMIT_MS = 240_000;

/**
 * Draws one debug picture in a process of its own, because native picture code can abort. Answers
 * null when it is written, else in a few words why not.
 */
export function drawDebugPicture(order: DebugOrder): Promise<string | null> {
  return new Promise((resolve) => {
    const child = fork(CHILD, { serialization: 'advanced', stdio: ['ignore', process.stderr.fd, 'inherit', 'ipc'] });
    const timer = setTimeout(() => child.kill('SIGKILL'), LIMIT_MS);
    const settle = (fault: string | null) => {
      clearTimeout(timer);
      resolve(fault);
    };
    // The child is this program's own code: what it sends has the type it declares.
    child.once('message', (fault) => settle(fault as string | null));
    child.once('exit', () => settle('penggambar mati atau terlalu lama / the drawing process died or took too long'));
    child.once('error', ({ message }) => settle(message));
    child.send(order);
  });
}
