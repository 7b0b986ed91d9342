import { answered, begunAt, PARTS, type Part, stuckParts } from './progress.ts';
import type { ServiceManager } from './service-manager.ts';

/** Asks a part for a sign of life; it resolves with the work the part is at, null where it rests. */
export type Probe = () => Promise<unknown>;

export interface WatchdogSetting {
  readonly manager: ServiceManager;
  readonly probes: Readonly<Record<Part, Probe>>;
  readonly monotonicMs: () => number;
  /** A part without a sign of life for so long is stuck. */
  readonly limitMs: number;
  /** Called once for every part that has become stuck; from then on the manager hears nothing. */
  readonly onStuck: (part: Part) => void;
}

/** Longer than any work of the kit: reading a photo has its own limit, taking one and linking have 20 s. */
export function stuckAfterMs(readLimitMs: number): number {
  return readLimitMs + 40_000;
}

/**
 * Feeds the manager's watchdog while every part gets on with its work, and lets it starve when one does not: the
 * manager then kills the program and starts it again, and the kit goes on where the disk says that it was.
 */
export function startWatchdog({ manager, probes, monotonicMs, limitMs, onStuck }: WatchdogSetting): () => void {
  if (manager.watchdogMs === null) return () => undefined;
  const asked = new Set<Part>();
  const told = new Set<Part>();
  let progress = begunAt(monotonicMs());

  function ask(part: Part): void {
    if (asked.has(part)) return;
    asked.add(part);
    void probes[part]().then((work) => {
      asked.delete(part);
      progress = answered(progress, part, work, monotonicMs());
    });
  }

  const timer = setInterval(() => {
    const stuck = stuckParts(progress, monotonicMs(), limitMs);
    for (const part of stuck) {
      if (!told.has(part)) onStuck(part);
      told.add(part);
    }
    if (stuck.length === 0) manager.tell('WATCHDOG=1');
    PARTS.forEach(ask);
  }, manager.watchdogMs / 3);
  return () => clearInterval(timer);
}
