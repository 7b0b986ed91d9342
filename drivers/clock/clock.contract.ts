import { describe, expect, it } from 'vitest';
import type { Clock } from './clock.ts';

/** A clock under test, and a way to let a little time pass. */
export interface Rig {
  readonly clock: Clock;
  pass(milliseconds: number): Promise<void>;
}

export function clockContract(name: string, rig: () => Rig): void {
  describe(`${name} is a clock`, () => {
    it('counts from boot and never backwards', async () => {
      const { clock, pass } = rig();
      const before = clock.monotonicMs();
      await pass(5);
      expect(before).toBeGreaterThanOrEqual(0);
      expect(clock.monotonicMs()).toBeGreaterThan(before);
    });

    it('tells a wall time and whether to trust it', () => {
      const { clock } = rig();
      expect(Number.isNaN(clock.wall().getTime())).toBe(false);
      expect(clock.isSynchronised()).toBe(clock.setBy() === 'network');
    });

    it('names the boot', () => {
      expect(rig().clock.bootId).not.toBe('');
    });
  });
}
