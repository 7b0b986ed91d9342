import type { Clock } from './clock.ts';

export interface SimulatedClock extends Clock {
  /** Lets time pass, wall and monotonic alike. */
  advance(milliseconds: number): void;
  /** Sets the wall clock, as the network does when it corrects it. */
  synchronise(wall: Date): void;
}

export function simulateClock(start: Date): SimulatedClock {
  let wallMs = start.getTime();
  let monotonicMs = 0;
  let synchronised = false;
  return {
    wall: () => new Date(wallMs),
    monotonicMs: () => monotonicMs,
    bootId: 'simulated-boot',
    isSynchronised: () => synchronised,
    setBy: () => (synchronised ? 'network' : 'nobody'),
    advance(milliseconds) {
      wallMs += milliseconds;
      monotonicMs += milliseconds;
    },
    synchronise(wall) {
      wallMs = wall.getTime();
      synchronised = true;
    },
  };
}
