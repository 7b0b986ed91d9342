import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Part } from './progress.ts';
import { type Probe, startWatchdog } from './watchdog.ts';

const LIMIT = 60_000;
const WATCHDOG = 30_000;
const restful: Readonly<Record<Part, Probe>> = {
  session: async () => null,
  store: async () => null,
  uplink: async () => null,
};

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function watched(probes: Partial<Record<Part, Probe>>, watchdogMs: number | null = WATCHDOG) {
  const [fed, stuck]: [number[], Part[]] = [[], []];
  const stop = startWatchdog({
    manager: { watchdogMs, tell: () => fed.push(Date.now()) },
    probes: { ...restful, ...probes },
    monotonicMs: () => Date.now(),
    limitMs: LIMIT,
    onStuck: (part) => stuck.push(part),
  });
  return { fed, stuck, stop };
}

describe('the watchdog', () => {
  it('is fed three times in each of its spans while every part answers', async () => {
    const { fed, stuck, stop } = watched({});
    await vi.advanceTimersByTimeAsync(10 * WATCHDOG);
    stop();
    expect([fed.length, stuck]).toEqual([30, []]);
  });

  it.each<Part>(['session', 'store', 'uplink'])(
    'starves when the %s does not answer any more, and it is named once',
    async (part) => {
      const { fed, stuck, stop } = watched({ [part]: () => new Promise(() => undefined) });
      await vi.advanceTimersByTimeAsync(LIMIT);
      const before = fed.length;
      await vi.advanceTimersByTimeAsync(10 * WATCHDOG);
      stop();
      expect([fed.length, stuck]).toEqual([before, [part]]);
    },
  );

  it('starves when the session stays at one page for ever', async () => {
    const page = {};
    const { stuck, stop } = watched({ session: async () => page });
    await vi.advanceTimersByTimeAsync(3 * LIMIT);
    stop();
    expect(stuck).toEqual(['session']);
  });

  it('does nothing where no manager wants signs of life', async () => {
    const { fed, stop } = watched({}, null);
    await vi.advanceTimersByTimeAsync(10 * WATCHDOG);
    stop();
    expect(fed).toEqual([]);
  });
});
