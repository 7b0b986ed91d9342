import type { Button, Buttons } from './buttons.ts';
import { type KeyEvent, noKeys, stepKeys, stuckKeys } from './keys.ts';

/** Lines that are low or high: GPIO on the kit, hands on a screen where there is none. */
export interface KeyLines {
  /** Calls `listener` at every change of a line, bounces included, until the answer is called. */
  onEdge(listener: (button: Button, isDown: boolean) => void): () => void;
  /** Keys whose line is not there. */
  absent(): readonly Button[];
  close(): Promise<void>;
}

/** Buttons behind lines: what bounces, sticks or slips is settled here. `nowMs` is monotonic. */
export function watchLines(lines: KeyLines, nowMs: () => number = () => performance.now()): Buttons {
  const listeners = new Set<(button: Button) => void>();
  const gripListeners = new Set<() => void>();
  let keys = noKeys();
  let timer: NodeJS.Timeout | null = null;

  function take(event: KeyEvent): void {
    const { keys: next, pressed, gripped, wakeAt } = stepKeys(keys, event);
    keys = next;
    if (timer) clearTimeout(timer);
    timer = wakeAt === null ? null : setTimeout(tick, Math.max(0, wakeAt - event.at));
    timer?.unref();
    for (const button of pressed) for (const listener of [...listeners]) listener(button);
    if (gripped) for (const listener of [...gripListeners]) listener();
  }

  function tick(): void {
    take({ kind: 'tick', at: nowMs() });
  }

  const stop = lines.onEdge((button, isDown) => take({ kind: 'edge', button, isDown, at: nowMs() }));
  return {
    onPress(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onGrip(listener) {
      gripListeners.add(listener);
      return () => gripListeners.delete(listener);
    },
    stuck: () => stuckKeys(keys),
    absent: lines.absent,
    async close() {
      stop();
      if (timer) clearTimeout(timer);
      listeners.clear();
      gripListeners.clear();
      await lines.close();
    },
  };
}
