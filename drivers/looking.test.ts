import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { lookOut } from './looking.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

const LIMITS = { firstMs: 500, longestMs: 8_000 };

/** A device that is there when `isThere` says so, and the times at which it was looked for. */
function looked(isThere: () => boolean) {
  const [times, told]: [number[], string[]] = [[], []];
  const look = () => {
    times.push(performance.now());
    if (isThere()) lookout.there();
    else lookout.away('ENOENT');
  };
  const lookout = lookOut('the printer', look, { ...LIMITS, tell: (line) => told.push(line) });
  look();
  return { lookout, times, told, pauses: () => times.slice(1).map((time, n) => time - (times[n] ?? 0)) };
}

describe('looking for a device that is away', () => {
  it('is done less and less often, down to the longest pause', () => {
    const { pauses } = looked(() => false);
    vi.advanceTimersByTime(32_000);
    expect(pauses()).toEqual([500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000]);
  });

  it('is told once when it goes, and once when it comes', () => {
    let isThere = false;
    const { told } = looked(() => isThere);
    vi.advanceTimersByTime(10_000);
    isThere = true;
    vi.advanceTimersByTime(10_000);
    expect(told).toEqual(['the printer is not there: ENOENT', 'the printer is there']);
  });

  it('begins anew with short pauses after it has stayed, and not after it came for a moment', () => {
    let isThere = false;
    const { lookout, pauses, times } = looked(() => isThere);
    vi.advanceTimersByTime(7_500);
    isThere = true;
    vi.advanceTimersByTime(8_000);
    lookout.away('unplugged');
    vi.advanceTimersByTime(8_000);
    expect(pauses().slice(-2)).toEqual([8_000, 8_000]);
    vi.advanceTimersByTime(LIMITS.longestMs);
    const gone = performance.now();
    lookout.away('unplugged');
    vi.advanceTimersByTime(LIMITS.longestMs);
    expect((times.at(-1) ?? 0) - gone).toBe(LIMITS.firstMs);
  });

  it('ends when it is stopped', () => {
    const { lookout, times } = looked(() => false);
    lookout.stop();
    lookout.away('ENOENT');
    vi.advanceTimersByTime(60_000);
    expect(times).toHaveLength(1);
  });
});
