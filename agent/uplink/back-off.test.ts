import { describe, expect, it } from 'vitest';
import { waitBefore } from './back-off.ts';

const BACK_OFF = { firstMs: 1_000, longestMs: 60_000, stableMs: 60_000 };

describe('the wait before an attempt to connect', () => {
  it('doubles its limit with every attempt, up to the longest', () => {
    const limits = [1, 2, 3, 6, 7, 50].map((attempt) => waitBefore(attempt, 1, BACK_OFF));
    expect(limits).toEqual([1_000, 2_000, 4_000, 32_000, 60_000, 60_000]);
  });

  it('may be anything from nothing to the limit, so that kits do not come back together', () => {
    expect(waitBefore(4, 0, BACK_OFF)).toBe(0);
    expect(waitBefore(4, 0.5, BACK_OFF)).toBe(4_000);
  });
});
