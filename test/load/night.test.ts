import { describe, expect, test } from 'vitest';
import { GROUPS, planNight } from './night.ts';

const night = planNight({ kits: 2_272, seed: '1', lengthMs: 240_000 });

describe('the plan of a night', () => {
  test('is the same for the same seed, and another one for another', () => {
    expect(planNight({ kits: 2_272, seed: '1', lengthMs: 240_000 })).toEqual(night);
    expect(planNight({ kits: 2_272, seed: '2', lengthMs: 240_000 })).not.toEqual(night);
  });

  test('has a kit and a TPS of its own for each, and four documents one after another within the night', () => {
    expect(new Set(night.kits.map(({ kit }) => kit)).size).toBe(2_272);
    expect(new Set(night.kits.map(({ tps }) => tps)).size).toBe(2_272);
    for (const { tps, confirmMs } of night.kits) {
      expect(tps).toMatch(/^\d{10}(?!000)\d{3}$/);
      expect(confirmMs).toHaveLength(4);
      expect(confirmMs).toEqual(confirmMs.toSorted((a, b) => a - b));
      expect(confirmMs.every((at) => at > 0 && at < night.lengthMs)).toBe(true);
    }
  });

  test('takes the network from a fifth of the kits, and gives it back to all of them at the second restart', () => {
    const losing = night.kits.filter(({ group }) => group !== null).length / night.kits.length;
    expect(losing).toBeGreaterThan(0.17);
    expect(losing).toBeLessThan(0.23);
    const [, second] = night.restartsMs;
    expect(night.outages.filter(({ toMs }) => toMs === second)).toHaveLength(GROUPS);
  });
});
