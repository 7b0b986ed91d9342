import { expect, test } from 'vitest';
import { type DocumentFate, drainedAfter, latencyOf, peakOf } from './report.ts';

const fate = (confirmedAt: number, receivedAt: number | null): DocumentFate => ({
  confirmedAt,
  receivedAt,
  losing: false,
});

test('latencies are of what was received, and the longest is among them', () => {
  const fates = [...Array.from({ length: 99 }, (_, n) => fate(n, n + 10)), fate(0, 5_000), fate(0, null)];
  expect(latencyOf(fates)).toEqual({ p50: 10, p95: 10, p99: 5_000, max: 5_000 });
});

test('the peak is of the busiest ten seconds', () => {
  expect(peakOf([fate(0, 100), fate(0, 9_900), fate(0, 10_100), fate(0, null)])).toBe(0.2);
  expect(peakOf([])).toBe(0);
});

test('a storm is over when the last of what was confirmed before it is received', () => {
  expect(drainedAfter([fate(0, 50), fate(80, 250), fate(120, 900)], 100)).toBe(150);
  expect(drainedAfter([fate(0, 50)], 100)).toBe(0);
});
