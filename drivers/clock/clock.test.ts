import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { clockContract } from './clock.contract.ts';
import { simulateClock } from './simulated-clock.ts';
import { systemClock } from './system-clock.ts';

const ELECTION_DAY = new Date('2024-11-27T07:00:00Z');

clockContract('the system clock', () => ({ clock: systemClock(), pass: (ms) => sleep(ms) }));
clockContract('the simulated clock', () => {
  const clock = simulateClock(ELECTION_DAY);
  return { clock, pass: async (ms) => clock.advance(ms) };
});

describe('the system clock', () => {
  it('keeps one boot id for all who ask', () => {
    expect(systemClock().bootId).toBe(systemClock().bootId);
  });
});

describe('the simulated clock', () => {
  it('is not trusted until it was set from the network', () => {
    const clock = simulateClock(ELECTION_DAY);
    expect(clock.isSynchronised()).toBe(false);
    clock.synchronise(new Date('2024-11-27T08:00:00Z'));
    expect([clock.isSynchronised(), clock.wall().toISOString()]).toEqual([true, '2024-11-27T08:00:00.000Z']);
  });
});
